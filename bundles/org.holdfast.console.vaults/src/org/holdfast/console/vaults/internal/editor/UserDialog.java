package org.holdfast.console.vaults.internal.editor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.Versioned;
import org.holdfast.console.ui.pages.SavingDialog;
import org.holdfast.protocol.people.ChangeUser;
import org.holdfast.protocol.people.CreateUser;
import org.holdfast.protocol.people.UserView;

/** Makes an account, with a password for the first sign-in, or changes name and roles of one. */
final class UserDialog extends SavingDialog {
    /** The rule of the vault. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._@-]{1,63}");

    private final FleetSession session;
    private final @Nullable Versioned<UserView> before;
    private final String secret;
    private final List<Button> roles = new ArrayList<>();
    private Text name;
    private Text fullName;

    private UserDialog(Shell parent, FleetSession session, @Nullable Versioned<UserView> before, String[] made,
            String secret, Runnable saved) {
        super(parent, "user", before == null ? Messages.user_add : Messages.user_change, () -> {
            saved.run();
            if (before == null) {
                new OneTimeDialog(parent, made[0], secret).open();
            }
        });
        this.session = session;
        this.before = before;
        this.secret = secret;
        this.made = made;
    }

    private final String[] made;

    /** For a new account. */
    static void add(Shell shell, FleetSession session, Runnable saved) {
        new UserDialog(shell, session, null, new String[1], OneTimeSecret.create(), saved).open();
    }

    /** Reads an account, then shows the dialog. */
    static void change(Shell shell, FleetSession session, UserView user, Runnable saved) {
        Asking.ask(shell, NLS.bind(Messages.reading, user.name()), session.api().users().read(user.name()),
                read -> new UserDialog(shell, session, read, new String[1], "", saved).open());
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        UserView user = before == null ? null : before.value();
        setTitle(user == null ? NLS.bind(Messages.user_addHeading, session.connection().name())
                : NLS.bind(Messages.user_changeHeading, user.name(), session.connection().name()));
        var fields = new Fields(area, this::check);
        name = fields.text("user.name", Messages.user_name, user == null ? "" : user.name());
        name.setEnabled(user == null);
        fullName = fields.text("user.fullName", Messages.user_fullName, user == null ? "" : user.fullName());
        fields.note("user.rolesText", Messages.user_roles);
        for (String role : Roles.ALL) {
            Button box = fields.check("user.role." + role, Roles.explained(role),
                    user == null ? role.equals(Roles.READER) : user.roles().contains(role));
            box.setData(role);
            roles.add(box);
        }
        return area;
    }

    private List<String> chosen() {
        return roles.stream().filter(Button::getSelection).map(box -> (String) box.getData()).toList();
    }

    @Override
    protected @Nullable String problem() {
        return name.getText().isEmpty() || NAME.matcher(name.getText()).matches() ? Roles.problem(chosen())
                : Messages.user_nameWrong;
    }

    @Override
    protected boolean isReady() {
        return !name.getText().isEmpty();
    }

    @Override
    protected String prompt() {
        return before == null ? Messages.user_addPrompt : Messages.user_changePrompt;
    }

    @Override
    protected CompletableFuture<?> save() {
        Versioned<UserView> old = before;
        if (old != null) {
            return session.api().users().change(old.value().name(),
                    new ChangeUser(fullName.getText().strip(), chosen(), null), old.etag());
        }
        made[0] = name.getText();
        return session.api().users()
                .create(new CreateUser(name.getText(), fullName.getText().strip(), chosen(), secret));
    }
}
