package org.holdfast.console.vaults.internal.editor;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.console.client.fleet.UserCalls;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StatePanel;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.pages.Asked;
import org.holdfast.console.ui.pages.Bar;
import org.holdfast.console.ui.pages.ListRows;
import org.holdfast.console.vaults.page.OpenVault;
import org.holdfast.console.vaults.page.VaultPage;
import org.holdfast.protocol.people.ChangePassword;
import org.holdfast.protocol.people.ChangeUser;
import org.holdfast.protocol.people.UserView;

/** The accounts of the vault server, with their roles; adds, changes, disables and removes them. */
public final class UsersPage implements VaultPage {
    private static final String MANAGE = "user.manage";

    private final Formats formats = Formats.local();
    private final ListRows<UserView> rows = new ListRows<>();
    private OpenVault vault;
    private Composite parent;
    private Label note;
    private Bar bar;
    private StatePanel panel;
    private DataTable<UserView> table;
    private Asked<List<UserView>> asked;

    /** Called by the editor. */
    public UsersPage() {
        // nothing to prepare
    }

    @Override
    public void create(Composite body, OpenVault open) {
        vault = open;
        parent = body;
        note = Ui.id(new Label(body, SWT.WRAP), "users.note");
        var wide = Ui.wide();
        wide.widthHint = Ui.chars(note, 60);
        note.setLayoutData(wide);
        bar = new Bar(body, open, this::chooseOne)
                .add("users.add", Messages.users_add, MANAGE, () -> null,
                        () -> UserDialog.add(body.getShell(), vault.session(), this::refresh))
                .add("users.change", Messages.users_change, MANAGE,
                        () -> UserDialog.change(body.getShell(), vault.session(), selected(), this::refresh))
                .add("users.password", Messages.users_password, MANAGE, () -> notOneself(), this::password)
                .add("users.disable", Messages.users_disable, MANAGE, () -> notOneself(), this::disable)
                .add("users.remove", Messages.users_remove, MANAGE, () -> notOneself(), this::remove);
        panel = new StatePanel(body, "users.panel");
        panel.setLayoutData(Ui.fill());
        table = new DataTable<>(panel.content(), SWT.SINGLE, "users.table", Messages.users_table, List.of(
                Column.<UserView>text("name", Messages.users_name, 20, UserView::name)
                        .with(u -> u.disabled() ? Icon.REMOVED : Icon.KEY),
                Column.text("fullName", Messages.users_fullName, 24, UserView::fullName),
                Column.<UserView>text("roles", Messages.users_roles, 30, u -> Roles.names(u.roles())).growing(),
                Column.text("state", Messages.users_state, 30, this::state),
                Column.text("last", Messages.users_last, 24,
                        u -> u.lastLogin() == null ? Messages.users_never : formats.time(u.lastLogin())),
                Column.text("created", Messages.users_created, 24, u -> formats.time(u.created()))));
        table.locateBy(this::index).onSelect(selection -> bar.update()).onOpen(user -> {
            if (vault.session().may(MANAGE)) {
                UserDialog.change(body.getShell(), vault.session(), user, this::refresh);
            }
        });
        table.setSource(rows);
        asked = new Asked<>(panel, () -> vault.session().api().users().list(), users -> {
            if (rows.set(users)) {
                table.shapeChanged();
            }
            bar.update();
        });
    }

    private int index(UserView user) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.row(i).name().equals(user.name())) {
                return i;
            }
        }
        return -1;
    }

    private String state(UserView user) {
        if (user.disabled()) {
            return Messages.users_disabled;
        }
        if (user.lockedUntil() != null) {
            return NLS.bind(Messages.users_locked, formats.time(user.lockedUntil()));
        }
        return user.mustChange() ? Messages.users_mustChange : Messages.users_active;
    }

    private @Nullable String chooseOne() {
        return table.selection().isEmpty() ? Messages.users_chooseOne : null;
    }

    /** One cannot shut oneself out. */
    private @Nullable String notOneself() {
        String why = chooseOne();
        return why != null ? why
                : selected().name().equals(vault.session().connection().user()) ? Messages.users_self
                        : null;
    }

    private UserView selected() {
        return table.selection().getFirst();
    }

    private UserCalls calls() {
        return vault.session().api().users();
    }

    private void password() {
        UserView user = selected();
        String secret = OneTimeSecret.create();
        new ConfirmDialog(parent.getShell(), new ConfirmDialog.Question("resetPassword", Messages.password_title,
                NLS.bind(Messages.password_text, user.name()), Messages.password_verb, null, ""),
                () -> calls().setPassword(user.name(), new ChangePassword(null, secret)), () -> {
                    refresh();
                    new OneTimeDialog(parent.getShell(), user.name(), secret).open();
                }).open();
    }

    private void disable() {
        UserView user = selected();
        Asking.ask(parent.getShell(), NLS.bind(Messages.reading, user.name()), calls().read(user.name()), read -> {
            var question = new ConfirmDialog.Question("disableUser", read.value().disabled() ? Messages.enable_title
                    : Messages.disable_title,
                    NLS.bind(read.value().disabled() ? Messages.enable_text : Messages.disable_text, user.name()),
                    read.value().disabled() ? Messages.enable_verb : Messages.disable_verb, null, "");
            new ConfirmDialog(parent.getShell(), question, () -> calls().change(user.name(),
                    new ChangeUser(null, null, !read.value().disabled()), read.etag()), this::refresh).open();
        });
    }

    private void remove() {
        UserView user = selected();
        Asking.ask(parent.getShell(), NLS.bind(Messages.reading, user.name()), calls().read(user.name()),
                read -> new ConfirmDialog(parent.getShell(), new ConfirmDialog.Question("removeUser",
                        Messages.remove_title, NLS.bind(Messages.remove_text, user.name()), Messages.remove_verb,
                        user.name(), Messages.remove_name), () -> calls().delete(user.name(), read.etag()),
                        this::refresh).open());
    }

    @Override
    public void update() {
        Ui.setText(note, Ui.plain(NLS.bind(Messages.users_note, vault.session().connection().name())));
        asked.ask(Boolean.TRUE);
        bar.update();
    }

    @Override
    public void refresh() {
        asked.again();
    }

    @Override
    public void focus() {
        if (panel.state() == StatePanel.State.CONTENT) {
            table.enter();
        } else {
            panel.setFocus();
        }
    }
}
