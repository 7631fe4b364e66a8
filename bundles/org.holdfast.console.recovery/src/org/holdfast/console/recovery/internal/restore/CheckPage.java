package org.holdfast.console.recovery.internal.restore;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.RawPath;
import org.holdfast.console.client.recover.RestorePlan;
import org.holdfast.console.client.recover.RestoreReport;
import org.holdfast.console.client.recover.RestoreReport.Outcome;
import org.holdfast.console.recovery.internal.Messages;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;

/** Last page: what the restore would do, found out by a dry run while the page is shown. */
final class CheckPage extends WizardPage {
    private final RestoreWizard wizard;
    private StatePanel panel;
    private Label target;
    private ReportView report;
    private RestoreJob job;
    private RestorePlan checked;

    CheckPage(RestoreWizard wizard) {
        super("check", Messages.check_title, null);
        this.wizard = wizard;
        setDescription(Messages.check_description);
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        panel = new StatePanel(parent, "check");
        var body = new Composite(panel.content(), SWT.NONE);
        body.setLayout(Ui.grid(1, 10));
        body.setLayoutData(Ui.fill());
        target = new Label(body, SWT.NONE);
        target.setLayoutData(Ui.wide());
        report = new ReportView(body, wizard.wording().formats());
        report.control().setLayoutData(Ui.fill());
        setControl(panel);
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            run();
        } else {
            stop();
        }
    }

    /** Starts a dry run, unless the same plan was checked already. */
    private void run() {
        RestorePlan plan = wizard.plan();
        if (plan.equals(checked)) {
            return;
        }
        stop();
        checked = null;
        setMessage(null);
        panel.showLoading(Messages.check_running);
        var mine = RestoreJob.dryRun(wizard.connection(), plan);
        job = mine;
        mine.answer().whenCompleteAsync((result, thrown) -> {
            if (mine == job && !panel.isDisposed() && result != null) {
                job = null;
                show(plan, result);
            }
        }, wizard.ui());
        mine.schedule();
    }

    private void show(RestorePlan plan, RestoreReport result) {
        if (result.failure() != null) {
            if (result.outcome() != Outcome.CANCELLED) {
                panel.showError(result.failure(), this::run);
            }
            return;
        }
        checked = plan;
        RawPath to = plan.target();
        target.setText(to == null ? Messages.check_toOriginal : Ui.plain(NLS.bind(Messages.check_to, to)));
        report.show(result);
        panel.showContent();
        if (!result.warnings().isEmpty()) {
            setMessage(Messages.check_warnings, IMessageProvider.WARNING);
        }
    }

    /** Stops the dry run that may be running. */
    void stop() {
        if (job != null) {
            job.cancel();
            job = null;
        }
    }
}
