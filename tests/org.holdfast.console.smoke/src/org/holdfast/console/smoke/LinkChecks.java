package org.holdfast.console.smoke;

import java.util.Map;
import java.util.stream.Stream;

import org.eclipse.core.commands.Command;
import org.eclipse.core.commands.ParameterizedCommand;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Text;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.handlers.IHandlerService;
import org.holdfast.console.smoke.Report.Findings;
import org.holdfast.console.ui.Ui;

/** The commands behind the numbers of the overview reach the part that shows the rows, and filter it. */
final class LinkChecks {
    private static final String TEXT = "only these";

    private final Screen screen;

    LinkChecks(Screen screen) {
        this.screen = screen;
    }

    int openTheirRows(Findings findings) throws Exception {
        opens("org.holdfast.console.monitor.showJobs", "org.holdfast.console.monitor.jobs", "jobs.filter", findings);
        opens("org.holdfast.console.monitor.showAlerts", "org.holdfast.console.monitor.alerts", "alerts.filter",
                findings);
        opens("org.holdfast.console.servers.showServers", "org.holdfast.console.servers.servers", "servers.filter",
                findings);
        return 3;
    }

    private void opens(String id, String view, String filter, Findings findings) throws Exception {
        Command command = screen.workbench().getService(ICommandService.class).getCommand(id);
        screen.workbench().getService(IHandlerService.class).executeCommand(
                ParameterizedCommand.generateCommand(command, Map.of(id + ".text", TEXT)), null);
        screen.settle();
        var part = screen.page().getActivePart();
        if (part == null || !part.getSite().getId().equals(view)) {
            findings.add(id + " leads to " + (part == null ? "nothing" : part.getSite().getId()));
        }
        if (all(screen.window().getShell()).filter(c -> filter.equals(c.getData(Ui.ID)))
                .noneMatch(c -> c instanceof Text text && text.getText().equals(TEXT))) {
            findings.add(id + " does not filter " + view);
        }
    }

    private static Stream<Control> all(Control root) {
        return Stream.concat(Stream.of(root), root instanceof Composite composite
                ? Stream.of(composite.getChildren()).flatMap(LinkChecks::all)
                : Stream.empty());
    }
}
