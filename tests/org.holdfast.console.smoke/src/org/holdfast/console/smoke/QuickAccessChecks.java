package org.holdfast.console.smoke;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

import org.eclipse.core.commands.Command;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.IPerspectiveDescriptor;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;
import org.eclipse.ui.views.IViewDescriptor;
import org.holdfast.console.smoke.Report.Findings;

/** Quick access finds every view, every perspective and every command of ours that can be used now. */
final class QuickAccessChecks {
    private static final String OURS = "org.holdfast.console.";
    private static final String COMMAND = "org.eclipse.ui.window.quickAccess";

    private final Screen screen;

    QuickAccessChecks(Screen screen) {
        this.screen = screen;
    }

    int everythingIsListed(Findings findings) throws Exception {
        Set<String> names = names();
        Set<Shell> before = Set.of(screen.display().getShells());
        screen.workbench().getService(IHandlerService.class).executeCommand(COMMAND, null);
        Shell[] found = new Shell[1];
        boolean open = screen.holds(() -> {
            found[0] = Stream.of(screen.display().getShells()).filter(s -> !before.contains(s) && s.isVisible()
                    && !Screen.shown(s, Text.class).isEmpty()).findFirst().orElse(null);
            return found[0] != null;
        });
        if (!open) {
            findings.add("quick access did not open");
            return 0;
        }
        Text text = Screen.shown(found[0], Text.class).getFirst();
        for (String name : names) {
            text.setText(name);
            if (!screen.holds(() -> lists(found[0], name))) {
                findings.add("'" + name + "' is not found");
            }
        }
        screen.picture(found[0], "quick-access");
        found[0].close();
        screen.settle();
        return names.size();
    }

    private Set<String> names() throws Exception {
        var names = new LinkedHashSet<String>();
        for (IViewDescriptor view : screen.workbench().getViewRegistry().getViews()) {
            if (view.getId().startsWith(OURS)) {
                names.add(view.getLabel());
            }
        }
        for (IPerspectiveDescriptor perspective : screen.workbench().getPerspectiveRegistry().getPerspectives()) {
            names.add(perspective.getLabel());
        }
        for (Command command : screen.workbench().getService(ICommandService.class).getDefinedCommands()) {
            if (command.getId().startsWith(OURS) && command.isHandled() && command.isEnabled()) {
                names.add(command.getName());
            }
        }
        return names;
    }

    private static boolean lists(Shell dialog, String name) {
        return Screen.shown(dialog, Table.class).stream().flatMap(t -> Stream.of(t.getItems()))
                .anyMatch(i -> i.getText(1).contains(name) || i.getText(0).contains(name));
    }
}
