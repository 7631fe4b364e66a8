package org.holdfast.console.recovery.internal.restore;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.core.runtime.IProgressMonitor;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.Vaults;
import org.holdfast.console.client.recover.AgentRestore;
import org.holdfast.console.client.recover.Basket;
import org.holdfast.console.client.recover.RestorePlan;
import org.holdfast.console.recovery.internal.Messages;
import org.holdfast.console.recovery.internal.ServerChooser;
import org.holdfast.console.recovery.internal.Wording;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Problems;

/**
 * Asks what to restore, where to, and what to do with files that are there; shows what it would do; starts it. Can be
 * finished as soon as it is known where to.
 */
public final class RestoreWizard extends Wizard {
    private final VaultConnection connection;
    private final Executor ui;
    private final Vaults vaults;
    private final Wording wording = new Wording(Formats.local());
    private final WhatPage what;
    private final WherePage where;
    private final ConflictsPage conflicts;
    private final CheckPage check;
    private LocalResourceManager resources;
    private RestoreDialog dialog;
    private AgentRestoreDialog agents;

    /** @param items what the person gathered, not empty */
    public RestoreWizard(VaultConnection connection, Executor ui, List<Basket.Item> items) {
        this(connection, ui, items, null, null);
    }

    /**
     * @param items what the person gathered, not empty
     * @param vaults opens the data of another server that is to restore; null for a vault in a directory
     * @param chooser lets the person choose that server; null for a vault in a directory
     */
    public RestoreWizard(VaultConnection connection, Executor ui, List<Basket.Item> items, Vaults vaults,
            ServerChooser chooser) {
        this.connection = connection;
        this.ui = ui;
        this.vaults = vaults;
        setWindowTitle(Messages.restore_title);
        setNeedsProgressMonitor(connection.place() != null);
        setHelpAvailable(false);
        what = new WhatPage(wording, items);
        where = new WherePage(connection, chooser, vaults, ui);
        conflicts = new ConflictsPage(where);
        check = new CheckPage(this);
    }

    @Override
    public void addPages() {
        addPage(what);
        addPage(where);
        addPage(conflicts);
        addPage(check);
    }

    @Override
    public void createPageControls(Composite container) {
        resources = new LocalResourceManager(JFaceResources.getResources(), container);
        setDefaultPageImageDescriptor(Icon.RESTORE_BANNER.descriptor());
        super.createPageControls(container);
    }

    /** The restore as described so far. */
    RestorePlan plan() {
        return new RestorePlan(what.items(), where.target(), conflicts.ifExists(), conflicts.owners(),
                conflicts.permissions());
    }

    /** The restore that an agent is to do, or null when this computer does it. */
    AgentRestore agentRestore() {
        ServerPlace server = where.server();
        return server == null ? null : new AgentRestore(vaults, connection, server, plan(), conflicts.throttle());
    }

    /** Passphrase of the server that restores, to be wiped by the caller. */
    char[] passphrase() {
        return where.computer().passphrase();
    }

    /** Passphrase of the server the data came from, to be wiped by the caller. */
    char[] sourcePassphrase() {
        return where.computer().sourcePassphrase();
    }

    VaultConnection connection() {
        return connection;
    }

    Executor ui() {
        return ui;
    }

    Wording wording() {
        return wording;
    }

    /** The dialog that follows the restore, once it was started. */
    public RestoreDialog dialog() {
        return dialog;
    }

    @Override
    public boolean canFinish() {
        return what.isPageComplete() && where.isPageComplete();
    }

    @Override
    public boolean performCancel() {
        check.stop();
        return true;
    }

    @Override
    public boolean performFinish() {
        check.stop();
        AgentRestore restore = agentRestore();
        if (restore != null) {
            return start(restore);
        }
        var job = new RestoreJob(connection, plan());
        dialog = new RestoreDialog(getShell().getParent().getShell(), job, wording);
        dialog.open();
        job.schedule();
        return true;
    }

    /** Waits with a progress bar, because a wrong passphrase is to be typed again on the same page. */
    private boolean start(AgentRestore restore) {
        String server = restore.target().server().name();
        char[] passphrase = where.computer().passphrase();
        char[] source = where.computer().sourcePassphrase();
        var jobs = new AtomicReference<List<JobSummary>>();
        try {
            getContainer().run(true, false, monitor -> {
                monitor.beginTask(NLS.bind(Messages.restore_agentStarting, server), IProgressMonitor.UNKNOWN);
                try {
                    jobs.set(restore.start(passphrase, source));
                } finally {
                    Arrays.fill(passphrase, '\0');
                    Arrays.fill(source, '\0');
                }
            });
        } catch (InvocationTargetException e) {
            refused(Failure.of(e.getCause()), server);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        agents = new AgentRestoreDialog(getShell().getParent().getShell(), restore.target(), jobs.get(), plan(),
                wording);
        agents.open();
        return true;
    }

    private void refused(Failure failure, String server) {
        boolean wrong = failure.problem() == Problem.WRONG_PASSPHRASE;
        if (wrong) {
            getContainer().showPage(where);
        }
        var page = (WizardPage) getContainer().getCurrentPage();
        page.setErrorMessage(wrong ? NLS.bind(Messages.restore_agentPassphrase, server)
                : Problems.title(failure.problem()) + ": " + failure.message() + ' ' + failure.advice());
        if (wrong) {
            where.computer().again();
        }
    }

    /** The dialog that follows the jobs of agents, once they were started. */
    public AgentRestoreDialog agents() {
        return agents;
    }

    @Override
    public void dispose() {
        check.stop();
        if (resources != null) {
            resources.dispose();
        }
        super.dispose();
    }
}
