package org.holdfast.console.servers.internal.editor;

import java.util.concurrent.CompletableFuture;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.wizard.Wizard;
import org.eclipse.jface.wizard.WizardDialog;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.StepJob;
import org.holdfast.console.ui.Ui;

/**
 * Changes the properties of a server: name, tags and labels; bandwidth; and how to change what only its own
 * administrator can. It can be finished on every page. When the vault says no, everything that was entered stays.
 */
public final class ChangePropertiesWizard extends Wizard {
    private final Row<ServerSummary> server;
    private final PropertiesChange change;
    private final NamePage name;
    private final BandwidthPage bandwidth;
    private volatile boolean described;
    private volatile boolean throttled;
    private boolean working;

    /** @param server whose properties change */
    public ChangePropertiesWizard(Row<ServerSummary> server) {
        this.server = server;
        change = new PropertiesChange(server);
        name = new NamePage(server.value());
        bandwidth = new BandwidthPage(change, Formats.local());
        setWindowTitle(NLS.bind(Messages.change_title, server.value().name()));
        setHelpAvailable(false);
    }

    /** Opens it. */
    public static void open(Shell parent, Row<ServerSummary> server) {
        var dialog = new WizardDialog(parent, new ChangePropertiesWizard(server)) {
            @Override
            protected void configureShell(Shell shell) {
                super.configureShell(shell);
                Ui.id(shell, "change");
            }

            @Override
            protected Button createButton(Composite row, int id, String label, boolean isDefault) {
                return Ui.id(super.createButton(row, id, label, isDefault), switch (id) {
                    case IDialogConstants.FINISH_ID -> "change.finish";
                    case IDialogConstants.NEXT_ID -> "change.next";
                    case IDialogConstants.BACK_ID -> "change.back";
                    default -> "change.button" + id;
                });
            }

            @Override
            protected void createButtonsForButtonBar(Composite row) {
                super.createButtonsForButtonBar(row);
                Buttons.name(this::getButton);
            }
        };
        dialog.setBlockOnOpen(false);
        dialog.open();
    }

    @Override
    public void addPages() {
        addPage(name);
        addPage(bandwidth);
        addPage(new OnServerPage());
    }

    @Override
    public boolean canFinish() {
        return !working && super.canFinish();
    }

    @Override
    public boolean performFinish() {
        var page = (WizardPage) getContainer().getCurrentPage();
        var job = new StepJob<>(NLS.bind(Messages.change_title, server.value().name()), send());
        working = true;
        page.setMessage(Messages.dialog_saving, IMessageProvider.INFORMATION);
        getContainer().updateButtons();
        job.answer().whenComplete((done, thrown) -> Ui.async(getShell(), () -> {
            working = false;
            if (thrown == null) {
                getShell().close();
            } else {
                Failure failure = Failure.of(thrown);
                page.setMessage((failure.message() + ' ' + failure.advice()).strip(), IMessageProvider.ERROR);
                getContainer().updateButtons();
            }
        }));
        job.schedule();
        return false;
    }

    /** What was sent with success is not sent again when a later step failed. */
    private CompletableFuture<Void> send() {
        CompletableFuture<Void> first = described || !name.isChanged() ? CompletableFuture.completedFuture(null)
                : change.describe(name.name(), name.tags(), name.labels()).thenRun(() -> described = true);
        if (throttled || !bandwidth.isChanged()) {
            return first;
        }
        var rates = bandwidth.bandwidth();
        boolean forOne = bandwidth.forOne();
        String own = forOne ? change.ownName() : "";
        return first.thenCompose(x -> forOne ? change.throttleOne(rates, own) : change.throttleAll(rates))
                .thenRun(() -> throttled = true);
    }
}
