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
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
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
    private Button byPassphrase;
    private Button byRecoveryKey;
    private Label secretLabel;
    private Text secret;
    private Button visible;
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
        Ui.label(body, Messages.open_with);
        var kinds = new Composite(body, SWT.NONE);
        kinds.setLayout(Ui.grid(2));
        kinds.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
        byPassphrase = kind(kinds, "open.byPassphrase", Messages.open_byPassphrase);
        byRecoveryKey = kind(kinds, "open.byRecoveryKey", Messages.open_byRecoveryKey);
        byPassphrase.setSelection(true);
        secretLabel = Ui.label(body, Messages.open_passphrase);
        secret = Ui.id(new Text(body, SWT.BORDER | SWT.PASSWORD), "open.secret");
        Ui.name(secret, Messages.open_secretName);
        secret.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
        secret.addListener(SWT.Modify, e -> update());
        Ui.label(body, "");
        visible = Ui.id(new Button(body, SWT.CHECK), "open.visible");
        visible.setText(Messages.open_visible);
        visible.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
        visible.addListener(SWT.Selection, e -> secret.setEchoChar(visible.getSelection() ? '\0' : '\u2022'));
        progress = Ui.name(Ui.id(new ProgressBar(body, SWT.INDETERMINATE), "open.progress"), Messages.open_opening);
        progress.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 3, 1));
        progress.setVisible(false);
        Ui.async(secret, () -> (location.getText().isEmpty() ? location : secret).setFocus());
        return area;
    }

    private Button kind(Composite parent, String id, String text) {
        var button = Ui.id(new Button(parent, SWT.RADIO), id);
        button.setText(text);
        button.addListener(SWT.Selection, e -> {
            if (button.getSelection()) {
                boolean key = byRecoveryKey.getSelection();
                secretLabel.setText(key ? Messages.open_recoveryKey : Messages.open_passphrase);
                visible.setSelection(key);
                secret.setEchoChar(key ? '\0' : '\u2022');
                secretLabel.requestLayout();
            }
        });
        return button;
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
            ok.setEnabled(job == null && !location.getText().isBlank() && secret.getCharCount() > 0);
        }
    }

    @Override
    protected void okPressed() {
        char[] typed = secret.getTextChars();
        boolean key = byRecoveryKey.getSelection();
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
            boolean key = byRecoveryKey.getSelection();
            setMessage(key ? Messages.open_wrongKey : Messages.open_wrongPassphrase, IMessageProvider.ERROR);
            secret.selectAll();
            secret.setFocus();
        } else {
            setMessage(Problems.title(failure.problem()) + ": " + failure.message()
                    + (failure.advice().isEmpty() ? "" : '\n' + failure.advice()), IMessageProvider.ERROR);
            location.setFocus();
        }
    }

    private void setBusy(boolean busy) {
        progress.setVisible(busy);
        for (Control control : new Control[] { location, browse, byPassphrase, byRecoveryKey, secret, visible }) {
            control.setEnabled(!busy);
        }
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
