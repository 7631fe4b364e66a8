package org.holdfast.console.recovery.internal.restore;

import java.util.List;
import java.util.concurrent.Executor;

import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.recover.Basket;
import org.holdfast.console.client.recover.RestorePlan;
import org.holdfast.console.recovery.internal.Messages;
import org.holdfast.console.recovery.internal.Wording;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;

/**
 * Asks what to restore, where to, and what to do with files that are there; shows what it would do; starts it. Can be
 * finished as soon as it is known where to.
 */
public final class RestoreWizard extends Wizard {
    private final VaultConnection connection;
    private final Executor ui;
    private final Wording wording = new Wording(Formats.local());
    private final WhatPage what;
    private final WherePage where;
    private final ConflictsPage conflicts;
    private final CheckPage check;
    private LocalResourceManager resources;
    private RestoreDialog dialog;

    /** @param items what the person gathered, not empty */
    public RestoreWizard(VaultConnection connection, Executor ui, List<Basket.Item> items) {
        this.connection = connection;
        this.ui = ui;
        setWindowTitle(Messages.restore_title);
        setNeedsProgressMonitor(false);
        setHelpAvailable(false);
        what = new WhatPage(wording, items);
        where = new WherePage();
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
        var job = new RestoreJob(connection, plan());
        dialog = new RestoreDialog(getShell().getParent().getShell(), job, wording);
        dialog.open();
        job.schedule();
        return true;
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
