package org.holdfast.console.monitor.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.console.model.ManyAction;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.ManyDialog;
import org.holdfast.console.ui.Ui;

/** What is done to the selected jobs; each opens a window with a result for every job. */
public final class JobActions {
    private static final int AT_ONCE = 8;

    private final Shell shell;

    /** @param shell parent of the windows */
    public JobActions(Shell shell) {
        this.shell = shell;
    }

    /** Asks first when work would be lost, then does it. */
    public void ask(JobAction action, List<Row<JobSummary>> jobs) {
        if (action != JobAction.CANCEL || confirm(jobs.stream().filter(j -> action.skip(j) == null).count())) {
            run(action, jobs);
        }
    }

    private boolean confirm(long count) {
        String number = Formats.local().count(count);
        return new MessageDialog(shell, Messages.action_cancel, null, NLS.bind(Messages.cancel_text, number),
                MessageDialog.WARNING, 1, NLS.bind(Messages.cancel_ok, number), Messages.cancel_keep).open() == 0;
    }

    /** Does it. */
    public void run(JobAction action, List<Row<JobSummary>> jobs) {
        Map<Row<JobSummary>, UUID> ids = new HashMap<>();
        jobs.forEach(row -> ids.put(row, UUID.randomUUID()));
        var many = new ManyAction<>(jobs, action::skip, row -> action.apply(row, ids.get(row)), AT_ONCE,
                Ui.executor(shell.getDisplay()));
        new ManyDialog<>(shell, action.title(), action.heading(), many, row -> NLS.bind(Messages.job_of,
                JobWords.kind(row.value().kind()), row.value().server())).open();
    }
}
