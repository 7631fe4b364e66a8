package org.holdfast.console.vaults.internal;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StepJob;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.fleet.CreateVault;

/**
 * Makes a vault: its name and labels, how its data is kept, a look at all of it. It can be finished as soon as the name
 * is known to be free. The vault server is asked in a job; when it says no, everything that was entered stays.
 */
public final class CreateVaultWizard extends Wizard {
    private final Consumer<Row<VaultSummary>> created;
    private final VaultWords words = new VaultWords(Formats.local());
    private final NamePage name;
    private final KeepingPage keeping;
    private final ReviewPage review;
    private LocalResourceManager resources;
    private Executor ui;
    private StepJob<VaultSummary> job;

    /**
     * @param sessions the vault servers on which the person may make vaults, at least one
     * @param selected the vault server of the first one is proposed
     * @param created told the new vault
     */
    public CreateVaultWizard(List<FleetSession> sessions, List<Row<VaultSummary>> selected,
            Consumer<Row<VaultSummary>> created) {
        this.created = created;
        setWindowTitle(Messages.create_title);
        setNeedsProgressMonitor(false);
        setHelpAvailable(false);
        FleetSession proposed = selected.stream().map(Row::session).filter(sessions::contains).findFirst()
                .orElse(sessions.getFirst());
        name = new NamePage(sessions, proposed);
        keeping = new KeepingPage();
        review = new ReviewPage(this);
    }

    @Override
    public void addPages() {
        addPage(name);
        addPage(keeping);
        addPage(review);
    }

    @Override
    public void createPageControls(Composite container) {
        resources = new LocalResourceManager(JFaceResources.getResources(), container);
        ui = Ui.executor(container.getDisplay());
        setDefaultPageImageDescriptor(Icon.VAULT_BANNER.descriptor());
        super.createPageControls(container);
    }

    /** The vault as described so far. */
    CreateVault wanted() {
        return new CreateVault(name.vaultName(), name.region(), name.group(), name.subscription(), Map.of(),
                keeping.redundancy(), keeping.immutability(), keeping.softDelete(), null, null);
    }

    FleetSession session() {
        return name.session();
    }

    VaultWords words() {
        return words;
    }

    @Override
    public boolean canFinish() {
        return job == null && name.isPageComplete();
    }

    @Override
    public boolean performFinish() {
        if (!canFinish()) {
            return false;
        }
        FleetSession where = session();
        var mine = new StepJob<>(NLS.bind(Messages.create_job, name.vaultName(), where.connection().name()),
                where.api().vaults().create(wanted()));
        job = mine;
        busy(true);
        ((WizardPage) getContainer().getCurrentPage()).setErrorMessage(null);
        ((WizardPage) getContainer().getCurrentPage()).setMessage(mine.getName());
        mine.answer().whenCompleteAsync((vault, thrown) -> {
            if (mine != job || getShell() == null || getShell().isDisposed()) {
                return;
            }
            job = null;
            if (thrown == null) {
                ((WizardDialog) getContainer()).close();
                created.accept(new Row<>(where, vault));
            } else {
                busy(false);
                Failure failure = Failure.of(thrown);
                ((WizardPage) getContainer().getCurrentPage()).setMessage(failure.message()
                        + (failure.advice().isEmpty() ? "" : '\n' + failure.advice()), IMessageProvider.ERROR);
            }
        }, ui);
        mine.schedule();
        return false;
    }

    private void busy(boolean busy) {
        getContainer().getCurrentPage().getControl().setEnabled(!busy);
        getContainer().updateButtons();
    }

    @Override
    public boolean performCancel() {
        stop();
        return true;
    }

    private void stop() {
        if (job != null) {
            job.cancel();
            job = null;
        }
    }

    @Override
    public void dispose() {
        stop();
        name.stop();
        if (resources != null) {
            resources.dispose();
        }
        super.dispose();
    }
}
