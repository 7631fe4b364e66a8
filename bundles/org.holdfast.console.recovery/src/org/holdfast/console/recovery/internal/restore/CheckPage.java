package org.holdfast.console.recovery.internal.restore;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.recover.AgentRestore;
import org.holdfast.console.client.recover.RestorePlan;
import org.holdfast.console.client.recover.RestoreReport;
import org.holdfast.console.client.recover.RestoreReport.Outcome;
import org.holdfast.console.recovery.internal.Messages;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;

/** Last page: what the restore would do, found out by a dry run while the page is shown. */
final class CheckPage extends WizardPage {
    /** A folder that is not there. */
    private static final RawPath NOWHERE = RawPath.of("/" + UUID.randomUUID());

    private final RestoreWizard wizard;
    private StatePanel panel;
    private Label target;
    private ReportView report;
    private RestoreJob job;
    private Object checked;
    private Label estimate;

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
        estimate = Ui.id(new Label(body, SWT.WRAP), "check.estimate");
        estimate.setLayoutData(Ui.wide());
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
        AgentRestore agent = wizard.agentRestore();
        boolean there = agent != null && agent.target().now().connected();
        setDescription(agent == null || there ? Messages.check_description : Messages.check_descriptionAgent);
        Object wanted = agent == null ? plan : List.of(plan, agent.target().server().id());
        if (wanted.equals(checked)) {
            return;
        }
        stop();
        checked = null;
        setMessage(null);
        panel.showLoading(there ? NLS.bind(Messages.check_runningOn, agent.target().server().name())
                : Messages.check_running);
        if (there) {
            start(RestoreJob.dryRun(agent, plan, wizard.passphrase(), wizard.sourcePassphrase()), result -> {
                boolean unable = result.failure() != null && result.outcome() != Outcome.CANCELLED
                        && result.failure().problem() != Problem.WRONG_PASSPHRASE;
                if (unable) {
                    startHere(plan, agent, wanted, result.failure());
                } else {
                    show(plan, agent, wanted, result, null);
                }
            });
        } else {
            startHere(plan, agent, wanted, null);
        }
    }

    /** What would be read, found out by this computer. */
    private void startHere(RestorePlan plan, AgentRestore agent, Object wanted, Failure before) {
        start(RestoreJob.dryRun(wizard.connection(), agent == null ? plan : elsewhere(plan)),
                result -> show(plan, agent, wanted, result, before));
    }

    private void start(RestoreJob mine, Consumer<RestoreReport> then) {
        job = mine;
        mine.answer().whenCompleteAsync((result, thrown) -> {
            if (mine == job && !panel.isDisposed() && result != null) {
                job = null;
                then.accept(result);
            }
        }, wizard.ui());
        mine.schedule();
    }

    /** Nothing of this computer is to be compared with what another one gets. */
    private static RestorePlan elsewhere(RestorePlan plan) {
        return new RestorePlan(plan.items(), NOWHERE, plan.ifExists(), plan.owners(), plan.permissions());
    }

    private void show(RestorePlan plan, AgentRestore agent, Object wanted, RestoreReport result, Failure before) {
        if (result.failure() != null) {
            if (result.outcome() != Outcome.CANCELLED) {
                panel.showError(result.failure(), this::run);
            }
            return;
        }
        checked = wanted;
        RawPath to = plan.target();
        if (agent == null) {
            target.setText(to == null ? Messages.check_toOriginal : Ui.plain(NLS.bind(Messages.check_to, to)));
            estimate.setText("");
        } else {
            String server = agent.target().server().name();
            target.setText(Ui.plain(to == null ? NLS.bind(Messages.check_onAgentOriginal, server)
                    : NLS.bind(Messages.check_onAgent, server, to)));
            estimate.setText(Ui.plain(estimate(agent, server, result.bytes()) + room(server, result)));
        }
        report.show(result);
        panel.showContent();
        panel.content().layout(true, true);
        if (result.isTooLarge()) {
            setMessage(Messages.check_noRoom, IMessageProvider.WARNING);
        } else if (before != null) {
            setMessage(NLS.bind(Messages.check_unable, agent.target().server().name(), before.message()),
                    IMessageProvider.WARNING);
        } else if (!result.warnings().isEmpty()) {
            setMessage(Messages.check_warnings, IMessageProvider.WARNING);
        } else if (agent != null && !agent.target().now().connected()) {
            setMessage(NLS.bind(Messages.check_notConnected, agent.target().server().name()),
                    IMessageProvider.WARNING);
        }
    }

    private String room(String server, RestoreReport result) {
        return result.freeBytes() < 0 ? ""
                : '\n' + NLS.bind(Messages.check_room, server, wizard.wording().formats().size(result.freeBytes()));
    }

    private String estimate(AgentRestore agent, String server, long bytes) {
        var f = wizard.wording().formats();
        double rate = agent.lastRate();
        return rate <= 0 ? NLS.bind(Messages.check_noEstimate, server)
                : NLS.bind(Messages.check_estimate, new Object[] {
                        f.duration(Duration.ofSeconds(Math.max(1, (long) Math.ceil(bytes / rate)))), f.rate(rate),
                        server });
    }

    /** Stops the dry run that may be running. */
    void stop() {
        if (job != null) {
            job.cancel();
            job = null;
        }
    }
}
