package org.holdfast.console.smoke;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.core.runtime.IStatus;
import org.eclipse.core.runtime.Platform;
import org.eclipse.ui.IStartup;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.PlatformUI;

/** Goes through the console and closes it. Does nothing unless {@code holdfast.smoke.report} names a file. */
public final class Tour implements IStartup {
    private static final String REPORT = "holdfast.smoke.report";
    /** Names the bundle of a plug-in: then the report says what is seen of it, and nothing else is looked at. */
    private static final String PLUG_IN = "holdfast.smoke.plugin";

    private final List<String> logged = new CopyOnWriteArrayList<>();

    /** Called by the workbench. */
    public Tour() {
        // nothing to prepare
    }

    @Override
    public void earlyStartup() {
        if (FleetTour.wanted() || FleetBench.wanted()) {
            IWorkbench workbench = PlatformUI.getWorkbench();
            var screen = new CompletableFuture<Screen>();
            workbench.getDisplay().asyncExec(() -> screen.complete(new Screen(workbench)));
            if (Pictures.wanted()) {
                Pictures.go(screen.join());
            } else if (FleetBench.wanted()) {
                FleetBench.go(screen.join());
            } else {
                new FleetTour(new Hands(screen.join())).go();
            }
            workbench.getDisplay().asyncExec(workbench::close);
            return;
        }
        String file = System.getProperty(REPORT);
        if (file == null) {
            return;
        }
        // Warnings too: a text that is missing in a language is one.
        Platform.addLogListener((status, plugin) -> {
            if (status.getSeverity() >= IStatus.WARNING) {
                logged.add(plugin + ": " + status.getMessage() + ' ' + status.getException());
            }
        });
        IWorkbench workbench = PlatformUI.getWorkbench();
        workbench.getDisplay().asyncExec(() -> {
            var report = new Report();
            report.note("start-milliseconds " + ManagementFactory.getRuntimeMXBean().getUptime());
            try {
                String plugIn = System.getProperty(PLUG_IN);
                if (plugIn == null) {
                    go(new Screen(workbench), report);
                } else {
                    report.check("plugin", new PlugInChecks(new Screen(workbench), plugIn, report)::look);
                }
            } finally {
                report.write(Path.of(file));
                workbench.close();
            }
        });
    }

    private void go(Screen screen, Report report) {
        var registry = new RegistryChecks();
        report.check("commands", registry::commandsAreHandled);
        report.check("ids", registry::idsExist);
        report.check("classes", registry::classesLoad);
        report.check("icons", registry::iconsExist);
        report.check("texts", registry::textsAreThere);
        report.check("platform-texts", PlatformTextChecks::fitTheirHosts);
        report.check("keys", new KeyChecks(screen)::nothingClashes);
        var workbench = new WorkbenchChecks(screen);
        report.check("perspectives", workbench::perspectives);
        report.check("views", workbench::views);
        report.check("links", new LinkChecks(screen)::openTheirRows);
        report.check("menus", workbench::menus);
        report.check("preferences", workbench::preferences);
        report.check("themes", workbench::themes);
        var help = new HelpChecks(screen);
        report.check("help", findings -> help.followsTheParts(findings, report));
        report.check("dialog-help", help::standsBesideDialogs);
        report.check("diagnostics", help::diagnosticsAreSaved);
        report.check("quick-access", new QuickAccessChecks(screen)::everythingIsListed);
        report.check("local-vault", new LocalVaultChecks(screen)::startsAndStops);
        report.check("log", findings -> {
            logged.forEach(findings::add);
            return 0;
        });
    }
}
