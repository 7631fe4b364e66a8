package org.holdfast.console.recovery.internal;

import java.util.concurrent.CompletableFuture;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.recover.RecoverSession;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Problems;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;

/**
 * Asks for a protected server and for its passphrase, and opens its data over the wire. What is open already is shown
 * again without a passphrase. When it fails the dialog says why and keeps what was chosen.
 */
public final class ServerDialog extends TitleAreaDialog {
    private final RecoverSession session;
    private final Row<ServerSummary> proposed;
    private LocalResourceManager resources;
    private ServerTable servers;
    private SecretInput secret;
    private ProgressBar progress;
    private Row<ServerSummary> chosen;
    private OpenVaultJob job;

    /** @param proposed server to begin with, or null */
    public ServerDialog(Shell parent, RecoverSession session, Row<ServerSummary> proposed) {
        super(parent);
        this.session = session;
        this.proposed = proposed;
        setHelpAvailable(false);
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.open_title);
        Ui.id(shell, "server");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        resources = new LocalResourceManager(JFaceResources.getResources(), parent);
        setTitle(Messages.server_heading);
        setMessage(Messages.server_prompt);
        setTitleImage(resources.create(Icon.RESTORE_BANNER.descriptor()));
        var area = (Composite) super.createDialogArea(parent);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(1, 8));
        body.setLayoutData(Ui.fill());
        servers = new ServerTable(body, session.fleet(), session.ui(), "server", row -> true, this::choose,
                () -> secret.setFocus());
        var fields = new Composite(body, SWT.NONE);
        fields.setLayout(Ui.grid(2, 4));
        fields.setLayoutData(Ui.wide());
        secret = new SecretInput(fields, 2, "server", true, session.vaults().keys() != null, this::update);
        Ui.label(fields, "");
        var note = new Label(fields, SWT.WRAP);
        note.setText(Messages.server_secretText);
        note.setForeground(Tone.MUTED.on(fields));
        note.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false));
        progress = Ui.name(Ui.id(new ProgressBar(body, SWT.INDETERMINATE), "server.progress"), Messages.open_opening);
        progress.setLayoutData(Ui.wide());
        progress.setVisible(false);
        if (proposed == null) {
            Ui.async(body, servers::setFocus);
        } else {
            servers.propose(proposed);
            Ui.async(body, secret::setFocus);
        }
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.open_ok, true), "server.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), false), "server.cancel");
        update();
    }

    private void choose(Row<ServerSummary> row) {
        boolean other = row != null && (chosen == null || !row.value().id().equals(chosen.value().id()));
        chosen = row;
        if (other && job == null) {
            // Rows come anew with each call of an agent; what went wrong stays to be read then.
            boolean may = row.session().may("object.read");
            setMessage(may ? Messages.server_prompt
                    : NLS.bind(Messages.server_noRight, row.session().connection().user()),
                    may ? IMessageProvider.NONE : IMessageProvider.WARNING);
        }
        update();
    }

    private void update() {
        Button ok = getButton(IDialogConstants.OK_ID);
        if (ok != null) {
            ok.setEnabled(job == null && chosen != null && (!secret.isEmpty() || isOpen()));
        }
    }

    private boolean isOpen() {
        return session.opened(new ServerPlace(chosen.session(), chosen.value())) != null;
    }

    @Override
    protected void okPressed() {
        var place = new ServerPlace(chosen.session(), chosen.value());
        VaultConnection known = session.opened(place);
        if (known != null) {
            session.show(known);
            super.okPressed();
            return;
        }
        char[] typed = secret.typed();
        boolean key = secret.isRecoveryKey();
        String file = secret.isFile() ? secret.file() : null;
        String url = secret.isKeyVault() ? secret.file() : null;
        var vaults = session.vaults();
        var mine = new OpenVaultJob(vaults, place.title(),
                () -> url != null ? vaults.openServerFrom(place, url)
                        : file == null ? open(place, typed, key) : PassphrasesFile.open(vaults, place, file, typed));
        job = mine;
        setBusy(true);
        setMessage(NLS.bind(Messages.server_opening, place.server().name()));
        mine.answer().whenCompleteAsync((connection, thrown) -> opened(mine, place, connection, thrown),
                session.ui());
        mine.schedule();
    }

    private CompletableFuture<VaultConnection> open(ServerPlace place, char[] typed, boolean key) {
        if (!key) {
            return session.vaults().openServer(place, typed);
        }
        var text = new String(typed).strip();
        java.util.Arrays.fill(typed, '\0');
        return session.vaults().openServerWithRecoveryKey(place, text);
    }

    private void opened(OpenVaultJob from, ServerPlace place, VaultConnection connection, Throwable thrown) {
        if (from != job || getShell() == null || getShell().isDisposed()) {
            return;
        }
        job = null;
        if (thrown == null) {
            session.show(connection);
            super.okPressed();
            return;
        }
        setBusy(false);
        Failure failure = Failure.of(thrown);
        if (failure.problem() == Problem.WRONG_PASSPHRASE) {
            setMessage(
                    secret.isFile() ? failure.message() + ' ' + failure.advice()
                            : secret.isRecoveryKey() ? Messages.open_wrongKey
                                    : NLS.bind(Messages.server_wrongPassphrase, place.server().name()),
                    IMessageProvider.ERROR);
            secret.again();
        } else {
            setMessage(Problems.title(failure.problem()) + ": " + failure.message()
                    + (failure.advice().isEmpty() ? "" : '\n' + failure.advice()), IMessageProvider.ERROR);
            servers.setFocus();
        }
    }

    private void setBusy(boolean busy) {
        progress.setVisible(busy);
        servers.setEnabled(!busy);
        secret.setEnabled(!busy);
        update();
    }

    @Override
    protected boolean isResizable() {
        return true;
    }

    @Override
    public boolean close() {
        if (job != null) {
            job.cancel();
        }
        return super.close();
    }
}
