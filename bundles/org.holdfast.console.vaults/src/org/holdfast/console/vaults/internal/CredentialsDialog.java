package org.holdfast.console.vaults.internal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StepJob;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.people.CredentialsView;

/** The vault credentials files that a vault gave out; makes new ones and revokes. */
public final class CredentialsDialog extends TitleAreaDialog {
    private static final String ACTIVE = "active";

    private final FleetSession session;
    private final VaultSummary vault;
    private final Executor background;
    private final Formats formats = Formats.local();
    private DataTable<CredentialsView> table;
    private List<CredentialsView> files = List.of();
    private Button create;
    private Button revoke;
    private StepJob<?> job;

    /**
     * @param row the vault
     * @param background where files are stored
     */
    public CredentialsDialog(Shell parent, Row<VaultSummary> row, Executor background) {
        super(parent);
        session = row.session();
        vault = row.value();
        this.background = background;
        setHelpAvailable(false);
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.credentials_title);
        Ui.id(shell, "credentials");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(NLS.bind(Messages.credentials_heading, vault.name(), session.connection().name()));
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(1, 10));
        body.setLayoutData(Ui.fill());
        table = new DataTable<>(body, SWT.SINGLE | SWT.BORDER, "credentials.table", Messages.credentials_title,
                columns());
        var data = Ui.fill();
        data.heightHint = convertHeightInCharsToPixels(14);
        data.widthHint = convertWidthInCharsToPixels(140);
        table.setLayoutData(data);
        table.onSelect(rows -> update());
        table.locateBy(this::place);
        table.setSource(new RowSource<>() {
            @Override
            public int size() {
                return files.size();
            }

            @Override
            public CredentialsView row(int index) {
                return files.get(index);
            }
        });
        var actions = new Composite(body, SWT.NONE);
        actions.setLayout(Ui.grid(3));
        create = Ui.button(actions, "credentials.create", Messages.credentials_create, this::newFile);
        revoke = Ui.button(actions, "credentials.revoke", Messages.credentials_revoke, this::revoke);
        Ui.button(actions, "credentials.refresh", Messages.credentials_refresh, () -> load(say()));
        load(say());
        return area;
    }

    private List<Column<CredentialsView>> columns() {
        return List.of(
                Column.<CredentialsView>text("state", Messages.credentials_state, 14, v -> state(v.state()))
                        .with(v -> ACTIVE.equals(v.state()) ? Icon.COMPLETED : Icon.REMOVED),
                Column.number("uses", Messages.credentials_uses, 13, v -> NLS.bind(Messages.credentials_usesLeft,
                        formats.count(v.usesLeft()), formats.count(v.uses()))),
                Column.text("expires", Messages.credentials_expires, 24, v -> formats.time(v.expires())),
                Column.text("policy", Messages.credentials_policy, 20,
                        v -> v.policy() == null ? Messages.credentials_default : v.policy()),
                Column.<CredentialsView>text("tags", Messages.credentials_tags, 18, v -> String.join(", ", v.tags()))
                        .growing(),
                Column.text("created", Messages.credentials_created, 24, v -> formats.time(v.created())),
                Column.text("by", Messages.credentials_by, 12, CredentialsView::createdBy));
    }

    private static String state(String state) {
        return switch (state) {
            case ACTIVE -> Messages.credentials_active;
            case "expired" -> Messages.credentials_expired;
            case "revoked" -> Messages.credentials_revoked;
            case "exhausted" -> Messages.credentials_exhausted;
            default -> state;
        };
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.close(), false), "credentials.close");
    }

    private int place(CredentialsView view) {
        for (int i = 0; i < files.size(); i++) {
            if (files.get(i).id().equals(view.id())) {
                return i;
            }
        }
        return -1;
    }

    private boolean manages() {
        return session.may("credentials.manage");
    }

    private void update() {
        create.setEnabled(job == null && manages());
        revoke.setEnabled(job == null && manages() && !table.selection().isEmpty()
                && ACTIVE.equals(table.selection().getFirst().state()));
    }

    /** What is said when the list has come. */
    private Runnable say() {
        return () -> setMessage(files.isEmpty() ? Messages.credentials_none
                : manages() ? Messages.credentials_prompt : Messages.credentials_readOnly);
    }

    private void load(Runnable then) {
        work(Messages.credentials_loading, session.api().credentials().list(vault.name()), list -> {
            files = list;
            table.shapeChanged();
            then.run();
        });
    }

    private void newFile() {
        new CreateCredentialsDialog(getShell(), session, vault, background, file -> {
            if (getShell() != null && !getShell().isDisposed()) {
                load(() -> setMessage(NLS.bind(Messages.credentials_saved, file), IMessageProvider.INFORMATION));
            }
        }).open();
    }

    private void revoke() {
        CredentialsView chosen = table.selection().getFirst();
        new RevokeDialog(getShell(), formats, chosen, () -> work(Messages.credentials_revoking,
                session.api().credentials().revoke(vault.name(), chosen.id()), done -> load(
                        () -> setMessage(Messages.credentials_wasRevoked, IMessageProvider.INFORMATION))))
                .open();
    }

    private <T> void work(String what, CompletableFuture<T> question, Consumer<T> then) {
        var mine = new StepJob<>(NLS.bind(what, vault.name()), question);
        job = mine;
        setMessage(mine.getName());
        update();
        mine.answer().whenCompleteAsync((value, thrown) -> {
            if (mine == job && getShell() != null && !getShell().isDisposed()) {
                job = null;
                if (thrown == null) {
                    then.accept(value);
                } else {
                    Failure failure = Failure.of(thrown);
                    setMessage(failure.message() + (failure.advice().isEmpty() ? "" : '\n' + failure.advice()),
                            IMessageProvider.ERROR);
                }
                update();
            }
        }, Ui.executor(getShell() == null ? table.control().getDisplay() : getShell().getDisplay()));
        mine.schedule();
    }

    @Override
    public boolean close() {
        if (job != null) {
            job.cancel();
        }
        return super.close();
    }
}
