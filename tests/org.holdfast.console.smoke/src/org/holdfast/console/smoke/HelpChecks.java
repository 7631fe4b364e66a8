package org.holdfast.console.smoke;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

import org.eclipse.core.commands.Command;
import org.eclipse.core.commands.ParameterizedCommand;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.views.IViewDescriptor;
import org.holdfast.console.app.internal.HelpTopics;
import org.holdfast.console.smoke.Report.Findings;
import org.holdfast.console.ui.Ui;

/** F1 explains the active part, and dialogs; the diagnostics archive can be saved. */
final class HelpChecks {
    private static final String OURS = "org.holdfast.console.";
    private static final String HELP = "org.holdfast.console.app.helpHere";
    private static final String VIEW = "org.holdfast.console.app.help";

    private final Screen screen;
    private final HelpTopics topics = new HelpTopics(Locale.getDefault());

    HelpChecks(Screen screen) {
        this.screen = screen;
    }

    /** A view without a text of its own shows the general one, which is noted. */
    int followsTheParts(Findings findings, Report report) throws Exception {
        int seen = 0;
        screen.workbench().showPerspective("org.holdfast.console.app.protect", screen.window());
        screen.page().resetPerspective();
        screen.page().showView("org.holdfast.console.servers.servers");
        run(HELP, Map.of());
        expect(screen.window().getShell(), "org.holdfast.console.servers.servers", findings);
        screen.picture(screen.window().getShell(), "help");
        for (IViewDescriptor view : screen.workbench().getViewRegistry().getViews()) {
            if (view.getId().startsWith(OURS) && !view.getId().equals(VIEW)) {
                screen.page().showView(view.getId());
                screen.settle();
                if (topics.has(view.getId())) {
                    seen++;
                    expect(screen.window().getShell(), view.getId(), findings);
                } else {
                    report.note("without-help " + view.getId());
                }
            }
        }
        screen.page().showView(VIEW);
        run(HELP, Map.of());
        if (screen.page().findView(VIEW) != null) {
            findings.add("F1 in the help does not close it");
        }
        return seen;
    }

    private void expect(Shell shell, String id, Findings findings) {
        String title = topics.find(java.util.List.of(id)).title();
        if (!screen.holds(() -> Screen.all(shell, StyledText.class).stream()
                .anyMatch(t -> "help.text".equals(t.getData(Ui.ID)) && t.getText().startsWith(title + "\n")))) {
            findings.add("no help for " + id);
        }
    }

    /** The help of a modal dialog is in the dialog. */
    int standsBesideDialogs(Findings findings) throws Exception {
        beside("org.holdfast.console.app.about", "about", findings);
        beside("org.holdfast.console.servers.connect", "connect", findings);
        return 2;
    }

    private void beside(String command, String id, Findings findings) throws Exception {
        screen.display().asyncExec(() -> {
            Shell dialog = null;
            try {
                if (!screen.holds(() -> dialog(id) != null)) {
                    findings.add(command + " opened no dialog");
                    return;
                }
                dialog = dialog(id);
                run(HELP, Map.of());
                expect(dialog, id, findings);
                screen.picture(dialog, "help-" + id);
            } catch (Exception e) {
                findings.add(id + ": " + e);
            } finally {
                if (dialog != null && dialog.getData() instanceof Window window) {
                    window.close();
                }
            }
        });
        run(command, Map.of());
    }

    private Shell dialog(String id) {
        return Stream.of(screen.display().getShells()).filter(s -> s.isVisible() && id.equals(s.getData(Ui.ID)))
                .findFirst().orElse(null);
    }

    int diagnosticsAreSaved(Findings findings) throws Exception {
        Path file = Path.of(System.getProperty("user.home"), "diagnostics.zip");
        run("org.holdfast.console.app.diagnostics",
                Map.of("org.holdfast.console.app.diagnostics.file", file.toString()));
        if (!screen.holds(() -> Files.exists(file))) {
            findings.add("nothing was saved");
            return 0;
        }
        try (var zip = new ZipFile(file.toFile())) {
            return zip.size();
        }
    }

    private void run(String id, Map<String, String> parameters) throws Exception {
        Command command = screen.workbench().getService(ICommandService.class).getCommand(id);
        screen.workbench().getService(IHandlerService.class)
                .executeCommand(ParameterizedCommand.generateCommand(command, parameters), null);
        screen.settle();
    }
}
