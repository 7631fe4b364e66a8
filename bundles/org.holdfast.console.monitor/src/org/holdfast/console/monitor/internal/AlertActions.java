package org.holdfast.console.monitor.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.eclipse.jface.window.Window;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.console.model.ManyAction;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.ManyDialog;
import org.holdfast.console.ui.Ui;

/** What is done to the selected alerts; each opens a window with a result for every alert. */
public final class AlertActions {
    private static final int AT_ONCE = 8;

    private final Shell shell;
    private final Clock clock;

    /**
     * @param shell parent of the windows
     * @param clock tells until when an alert is muted
     */
    public AlertActions(Shell shell, Clock clock) {
        this.shell = shell;
        this.clock = clock;
    }

    /** Asks for what is needed, then does it. */
    public void ask(AlertAction action, List<Row<AlertSummary>> alerts) {
        switch (action) {
            case ACKNOWLEDGE -> {
                var dialog = new AcknowledgeDialog(shell, alerts);
                if (dialog.open() == Window.OK) {
                    acknowledge(alerts, dialog.remark());
                }
            }
            case MUTE -> {
                var dialog = new MuteDialog(shell, alerts, clock);
                if (dialog.open() == Window.OK) {
                    mute(alerts, dialog.end());
                }
            }
            case UNMUTE -> run(AlertAction.UNMUTE, Messages.alert_unmuteText, alerts,
                    row -> row.session().api().alerts().mute(row.value().id(), null));
        }
    }

    /** Somebody takes care of them. */
    public void acknowledge(List<Row<AlertSummary>> alerts, String remark) {
        run(AlertAction.ACKNOWLEDGE, Messages.alert_acknowledgeText, alerts,
                row -> row.session().api().alerts().acknowledge(row.value().id(), remark));
    }

    /** Nobody is told of them until then. */
    public void mute(List<Row<AlertSummary>> alerts, Instant until) {
        run(AlertAction.MUTE, Messages.alert_muteText, alerts,
                row -> row.session().api().alerts().mute(row.value().id(), until));
    }

    private void run(AlertAction action, String heading, List<Row<AlertSummary>> alerts,
            Function<Row<AlertSummary>, CompletableFuture<?>> how) {
        var many = new ManyAction<>(alerts, action::skip, how, AT_ONCE, Ui.executor(shell.getDisplay()));
        new ManyDialog<>(shell, action.title(), heading, many, row -> NLS.bind(Messages.alert_of,
                AlertWords.cause(row.value().kind()), AlertWords.about(row))).open();
    }
}
