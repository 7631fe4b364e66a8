package org.holdfast.console.recovery.internal;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.ProgressBar;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.Problem;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Problems;
import org.holdfast.console.ui.Ui;

/**
 * Asks where a vault is and for its passphrase or recovery key. Opening runs in a job; when it fails the dialog says
 * why and keeps all that was typed.
 */
public final class OpenVaultDialog extends TitleAreaDialog {
    private final RecoverSession session;
    private final RecentVaults recent;
    private final String proposed;
    private LocalResourceManager resources;
    private Combo location;
    private Button browse;
    private SecretInput secret;
    private ProgressBar progress;
    private OpenVaultJob job;

    /** @param proposed directory to begin with, may be empty */
    public OpenVaultDialog(Shell parent, RecoverSession session, RecentVaults recent, String proposed) {
        super(parent);
        this.session = session;
        this.recent = recent;
        this.proposed = proposed;
        setHelpAvailable(false);
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.open_title);
        Ui.id(shell, "open");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        resources = new LocalResourceManager(JFaceResources.getResources(), parent);
        setTitle(Messages.open_heading);
        setMessage(Messages.open_prompt);
        setTitleImage(resources.create(Icon.VAULT_BANNER.descriptor()));
        var area = (Composite) super.createDialogArea(parent);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(3, 12));
        body.setLayoutData(Ui.fill());
        Ui.label(body, Messages.open_location);
        location = Ui.name(Ui.id(new Combo(body, SWT.DROP_DOWN), "open.location"), Messages.open_locationName);
        location.setItems(recent.locations().toArray(String[]::new));
        location.setText(proposed.isEmpty() ? recent.locations().stream().findFirst().orElse("") : proposed);
        var wide = Ui.wide();
        wide.widthHint = convertWidthInCharsToPixels(58);
        location.setLayoutData(wide);
        location.addListener(SWT.Modify, e -> update());
        browse = Ui.button(body, "open.browse", Messages.open_browse, this::browse);
        secret = new SecretInput(body, 3, "open", false, this::update);
        progress = Ui.name(Ui.id(new ProgressBar(body, SWT.INDETERMINATE), "open.progress"), Messages.open_opening);
        progress.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 3, 1));
        progress.setVisible(false);
        Ui.async(location, () -> {
            if (location.getText().isEmpty()) {
                location.setFocus();
            } else {
                secret.setFocus();
            }
        });
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.open_ok, true), "open.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), false), "open.cancel");
        update();
    }

    private void browse() {
        var dialog = new DirectoryDialog(getShell());
        dialog.setText(Messages.open_heading);
        dialog.setFilterPath(location.getText());
        String chosen = dialog.open();
        if (chosen != null) {
            location.setText(chosen);
            secret.setFocus();
        }
    }

    private void update() {
        Button ok = getButton(IDialogConstants.OK_ID);
        if (ok != null) {
            ok.setEnabled(job == null && !location.getText().isBlank() && !secret.isEmpty());
        }
    }

    @Override
    protected void okPressed() {
        char[] typed = secret.typed();
        boolean key = secret.isRecoveryKey();
        String where = location.getText().strip();
        var vaults = session.vaults();
        connect(where, () -> key ? vaults.openWithRecoveryKey(where, new String(typed).strip())
                : vaults.open(where, typed));
    }

    /** Opens the vault with a passphrase from a file as soon as the dialog is shown. */
    void openWith(Path passphraseFile) {
        create();
        String where = location.getText().strip();
        var vaults = session.vaults();
        connect(where, () -> vaults.open(where, PassphraseFile.read(passphraseFile)));
        open();
    }

    private void connect(String where, Supplier<CompletableFuture<VaultConnection>> question) {
        var mine = new OpenVaultJob(session.vaults(), where, question);
        job = mine;
        setBusy(true);
        setMessage(Messages.open_opening);
        mine.answer().whenCompleteAsync((connection, thrown) -> opened(mine, connection, thrown), session.ui());
        mine.schedule();
    }

    private void opened(OpenVaultJob from, VaultConnection connection, Throwable thrown) {
        if (from != job || getShell() == null || getShell().isDisposed()) {
            return;
        }
        job = null;
        if (thrown == null) {
            recent.add(connection.location());
            session.show(connection);
            super.okPressed();
            return;
        }
        setBusy(false);
        Failure failure = Failure.of(thrown);
        if (failure.problem() == Problem.WRONG_PASSPHRASE) {
            boolean key = secret.isRecoveryKey();
            setMessage(key ? Messages.open_wrongKey : Messages.open_wrongPassphrase, IMessageProvider.ERROR);
            secret.again();
        } else {
            setMessage(Problems.title(failure.problem()) + ": " + failure.message()
                    + (failure.advice().isEmpty() ? "" : '\n' + failure.advice()), IMessageProvider.ERROR);
            location.setFocus();
        }
    }

    private void setBusy(boolean busy) {
        progress.setVisible(busy);
        location.setEnabled(!busy);
        browse.setEnabled(!busy);
        secret.setEnabled(!busy);
        update();
    }

    @Override
    public boolean close() {
        if (job != null) {
            job.cancel();
        }
        return super.close();
    }
}
