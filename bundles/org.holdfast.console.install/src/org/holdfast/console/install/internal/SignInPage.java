package org.holdfast.console.install.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Text;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.HostList;
import org.holdfast.agent.install.SshAccess;
import org.holdfast.console.client.Failure;
import org.holdfast.console.install.internal.run.Draft;
import org.holdfast.console.ui.Ui;

/** Second page: how to get onto the hosts, and how to become root there. */
final class SignInPage extends InstallPage {
    private static final String SOCKET = "SSH_AUTH_SOCK";
    private static final String ROOT = "root";

    private final Executor background;
    private final Map<String, String> environment;
    private final Remembered remembered;
    private Text user;
    private Button withPassword;
    private Text password;
    private Button withKey;
    private Text keyFile;
    private Button browse;
    private Text keyPassphrase;
    private Button withAgent;
    private Text jump;
    private Button sudo;
    private Text sudoPassword;
    private Later<List<KeyPair>> later;
    private List<KeyPair> keys = List.of();
    private @Nullable Failure keyFailure;
    private boolean keyReading;

    SignInPage(Executor background, Map<String, String> environment, Remembered remembered) {
        super("signIn", Messages.sign_title, Messages.sign_prompt);
        this.background = background;
        this.environment = environment;
        this.remembered = remembered;
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1, 10));
        var top = new Composite(body, SWT.NONE);
        top.setLayout(Ui.grid(2));
        top.setLayoutData(Ui.wide());
        user = text(top, "sign.user", Messages.sign_user, 1);
        user.setText(remembered.get(Remembered.USER, ROOT));
        Group ways = group(body, Messages.sign_ways, 3);
        withKey = check(ways, "sign.withKey", Messages.sign_withKey, 1);
        keyFile = field(ways, "sign.key", Messages.sign_withKey, SWT.NONE, 1);
        keyFile.setMessage(Messages.sign_keyHint);
        browse = Ui.button(ways, "sign.browse", Messages.browse, this::choose);
        indent(Ui.label(ways, Messages.sign_keyPassphrase), 24);
        keyPassphrase = field(ways, "sign.keyPassphrase", Messages.sign_keyPassphrase, SWT.PASSWORD, 2);
        withPassword = check(ways, "sign.withPassword", Messages.sign_withPassword, 1);
        password = field(ways, "sign.password", Messages.sign_withPassword, SWT.PASSWORD, 2);
        withAgent = check(ways, "sign.withAgent", Messages.sign_withAgent, 3);
        withAgent.setEnabled(!environment.getOrDefault(SOCKET, "").isEmpty());
        if (!withAgent.getEnabled()) {
            withAgent.setText(Messages.sign_noAgent);
        }
        Group root = group(body, Messages.sign_root, 2);
        sudo = check(root, "sign.sudo", Messages.sign_sudo, 2);
        sudoPassword = secret(root, "sign.sudoPassword", Messages.sign_sudoPassword, 1);
        sudoPassword.setMessage(Messages.sign_sudoHint);
        Group way = group(body, Messages.sign_way, 2);
        jump = text(way, "sign.jump", Messages.sign_jump, 1);
        jump.setMessage(Messages.sign_jumpHint);
        later = new Later<>(body, background);
        String lastKey = remembered.get(Remembered.KEY, "");
        withKey.setSelection(!lastKey.isEmpty());
        keyFile.addListener(SWT.Modify, e -> readKey());
        keyPassphrase.addListener(SWT.Modify, e -> readKey());
        for (Button button : List.of(withKey, withPassword, withAgent, sudo)) {
            button.addListener(SWT.Selection, e -> enable());
        }
        withKey.addListener(SWT.Selection, e -> readKey());
        keyFile.setText(lastKey);
        setControl(body);
        enable();
        judge();
    }

    private void enable() {
        for (Text each : List.of(keyFile, keyPassphrase)) {
            each.setEnabled(withKey.getSelection());
        }
        browse.setEnabled(withKey.getSelection());
        password.setEnabled(withPassword.getSelection());
        sudoPassword.setEnabled(sudo.getSelection());
    }

    private void choose() {
        var dialog = new FileDialog(getShell(), SWT.OPEN);
        dialog.setText(plain(Messages.sign_withKey));
        String chosen = dialog.open();
        if (chosen != null) {
            keyFile.setText(chosen);
        }
    }

    private void readKey() {
        keys = List.of();
        keyFailure = null;
        Path file = path();
        keyReading = file != null;
        if (file == null) {
            later.forget();
            return;
        }
        char[] secret = keyPassphrase.getTextChars();
        later.ask(() -> {
            try {
                return SshAccess.keys(file, secret.length == 0 ? null : secret);
            } finally {
                Arrays.fill(secret, '\0');
            }
        }, (read, failure) -> {
            keyReading = false;
            keys = read == null ? List.of() : read;
            keyFailure = failure;
            changed();
        });
    }

    private @Nullable Path path() {
        try {
            String text = keyFile.getText().strip();
            return !withKey.getSelection() || text.isEmpty() ? null
                    : Path.of(text.startsWith("~/") ? System.getProperty("user.home") + text.substring(1) : text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static @Nullable HostEntry host(String text) {
        HostList read = HostList.parse(text);
        return read.hosts().size() == 1 && read.errors().isEmpty() ? read.hosts().getFirst() : null;
    }

    @Override
    @Nullable
    String problem() {
        String name = user.getText().strip();
        if (name.isEmpty() || !name.matches("[A-Za-z0-9_][A-Za-z0-9_.@\\\\-]*\\$?")) {
            return name.isEmpty() ? "" : NLS.bind(Messages.sign_badUser, name);
        }
        if (!withKey.getSelection() && !withPassword.getSelection() && !withAgent.getSelection()) {
            return "";
        }
        if (withKey.getSelection() && (keyReading || keys.isEmpty())) {
            return keyFailure == null ? "" : keyFailure.message() + ' ' + keyFailure.advice();
        }
        if (withPassword.getSelection() && password.getCharCount() == 0) {
            return "";
        }
        String by = jump.getText().strip();
        return by.isEmpty() || host(by) != null ? null : NLS.bind(Messages.sign_badJump, by);
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            user.setFocus();
        }
    }

    /** Remembers what is no secret. */
    void remember() {
        remembered.put(Remembered.USER, user.getText().strip());
        remembered.put(Remembered.KEY, withKey.getSelection() ? keyFile.getText().strip() : "");
    }

    /** Writes what is no secret. */
    void save(Draft draft) {
        draft.put("sign.user", user.getText().strip());
        draft.put("sign.withKey", String.valueOf(withKey.getSelection()));
        draft.put("sign.key", keyFile.getText().strip());
        draft.put("sign.withPassword", String.valueOf(withPassword.getSelection()));
        draft.put("sign.withAgent", String.valueOf(withAgent.getSelection()));
        draft.put("sign.jump", jump.getText().strip());
        draft.put("sign.sudo", String.valueOf(sudo.getSelection()));
    }

    /** Shows what was written; secrets are to be entered again. */
    void restore(Draft draft) {
        user.setText(draft.get("sign.user", ROOT));
        withKey.setSelection(is(draft, "sign.withKey"));
        withPassword.setSelection(is(draft, "sign.withPassword"));
        withAgent.setSelection(withAgent.getEnabled() && is(draft, "sign.withAgent"));
        jump.setText(draft.get("sign.jump", ""));
        sudo.setSelection(is(draft, "sign.sudo"));
        keyFile.setText(draft.get("sign.key", ""));
        enable();
        changed();
    }

    private static boolean is(Draft draft, String key) {
        return Boolean.parseBoolean(draft.get(key, ""));
    }

    /** The way onto hosts, with secrets of its own that the caller wipes. */
    SshAccess access() {
        String by = jump.getText().strip();
        return new SshAccess(user.getText().strip(), withKey.getSelection() ? keys : List.of(),
                withPassword.getSelection() ? password.getTextChars() : null,
                withAgent.getSelection() ? Path.of(environment.getOrDefault(SOCKET, "")) : null,
                by.isEmpty() ? null : host(by), sudo.getSelection(),
                sudo.getSelection() && sudoPassword.getCharCount() > 0 ? sudoPassword.getTextChars() : null);
    }
}
