package org.holdfast.console.smoke;

import java.lang.reflect.Proxy;

import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.Platform;
import org.eclipse.e4.core.contexts.ContextInjectionFactory;
import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Menu;
import org.eclipse.swt.widgets.MenuItem;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.servers.page.OpenServer;
import org.holdfast.console.servers.page.ServerPage;

/** What can be seen of a plug-in: a line {@code seen KIND ID-OR-TEXT} for each page, tile and command,
 * and a line {@code item TEXT} for each item of a menu. */
final class PlugInChecks {
    private static final String OVERVIEW = "org.holdfast.console.monitor.overview";
    private static final String ID = "org.holdfast.console.ui.id";

    private final Screen screen;
    private final String bundle;
    private final Report report;
    private int seen;

    PlugInChecks(Screen screen, String bundle, Report report) {
        this.screen = screen;
        this.bundle = bundle;
        this.report = report;
    }

    int look(Report.Findings findings) throws Exception {
        for (IConfigurationElement page : Platform.getExtensionRegistry()
                .getConfigurationElementsFor("org.holdfast.console.servers.serverPage")) {
            if (page.getContributor().getName().equals(bundle)) {
                make(page, findings);
            }
        }
        screen.page().showView(OVERVIEW);
        screen.settle();
        tiles(screen.window().getShell(), findings);
        for (IConfigurationElement command : Platform.getExtensionRegistry()
                .getConfigurationElementsFor("org.eclipse.ui.commands")) {
            if (command.getContributor().getName().equals(bundle) && command.getName().equals("command")) {
                saw("command", command.getAttribute("id"));
            }
        }
        menus(screen.window().getShell().getMenuBar());
        return seen;
    }

    private void saw(String kind, String what) {
        seen++;
        report.note("seen " + kind + ' ' + what);
    }

    /** The page as the editor makes it, but of no server. */
    private void make(IConfigurationElement element, Report.Findings findings) throws Exception {
        var page = (ServerPage) ContextInjectionFactory.make(
                Platform.getBundle(bundle).loadClass(element.getAttribute("class")),
                screen.workbench().getService(IEclipseContext.class));
        var server = (OpenServer) Proxy.newProxyInstance(OpenServer.class.getClassLoader(),
                new Class<?>[] { OpenServer.class }, (proxy, method, arguments) -> {
                    throw new IllegalStateException("there is no server");
                });
        var shell = new Shell(screen.window().getShell(), SWT.DIALOG_TRIM);
        try {
            var parent = new Composite(shell, SWT.NONE);
            parent.setLayout(new GridLayout());
            page.create(parent, server);
            if (parent.getChildren().length == 0) {
                findings.add(element.getAttribute("id") + " is empty");
            }
        } finally {
            shell.dispose();
            page.dispose();
        }
        saw("page", element.getAttribute("id"));
    }

    private void tiles(Control control, Report.Findings findings) {
        Object id = control.getData(ID);
        if (control instanceof Group group && id instanceof String name && name.startsWith(bundle)) {
            if (group.getChildren().length == 0) {
                findings.add(name + " is empty");
            }
            for (Control child : group.getChildren()) {
                if ((name + ".failed").equals(child.getData(ID))) {
                    findings.add(name + " failed");
                }
            }
            saw("tile", name);
        } else if (control instanceof Composite composite) {
            for (Control child : composite.getChildren()) {
                tiles(child, findings);
            }
        }
    }

    private void menus(Menu menu) {
        menu.notifyListeners(SWT.Show, new Event());
        screen.settle();
        for (MenuItem item : menu.getItems()) {
            if (item.getMenu() != null) {
                menus(item.getMenu());
            } else if ((item.getStyle() & SWT.SEPARATOR) == 0) {
                String text = item.getText();
                report.note("item " + text.split("\t")[0].replace("&", ""));
            }
        }
        menu.notifyListeners(SWT.Hide, new Event());
        screen.settle();
    }
}
