package org.holdfast.cli.internal.fleet;

import java.util.Arrays;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.input.NativePaths;
import org.holdfast.client.Answer;
import org.holdfast.client.Call;
import org.holdfast.protocol.people.ChangePassword;
import org.holdfast.protocol.people.ChangeUser;
import org.holdfast.protocol.people.CreateUser;
import org.holdfast.protocol.people.UserView;

/** Accounts of people on a vault server. */
public final class UserCommands {
    private static final CliOperand NAME = CliOperand.one("NAME", "Name of the account");
    private static final CliOption ROLE = CliOption.list("--role", "ROLE",
            "reader, operator, administrator or security-officer");
    private static final CliOption PASSWORD = CliOption.value("--password-file", "FILE",
            "File whose only line is the password (default: a prompt)");

    private UserCommands() {
    }

    /** {@code user list}. */
    public static Command list() {
        return RemoteCommand.of("user list", "List the accounts", List.of(), List.of(), (call, remote) -> {
            Output.list(call, remote.all(Call.get(Remote.path("users")), UserView.class), "No accounts.",
                    new String[] { "NAME", "FULL NAME", "ROLES", "BY", "LAST SIGN-IN", "STATE" },
                    u -> new String[] { u.name(), Output.text(u.fullName()), String.join(",", u.roles()),
                            u.objectId() == null ? "password" : "Entra ID", Output.time(call, u.lastLogin()),
                            u.disabled() ? "disabled"
                                    : u.lockedUntil() != null ? "locked until " + Output.time(call, u.lockedUntil())
                                            : u.mustChange() ? "must change the password" : "active" });
            return RemoteCommand.DONE;
        });
    }

    /** {@code user create}. */
    public static Command create() {
        return RemoteCommand.of("user create", "Make an account; its password is changed at the first sign-in",
                List.of(ROLE, CliOption.value("--full-name", "TEXT", "Name of the person"), PASSWORD), List.of(NAME),
                (call, remote) -> {
                    if (call.values("--role").isEmpty()) {
                        throw Invocation.usage("Give at least one --role.");
                    }
                    char[] password = newPassword(call, "--password-file");
                    try {
                        var made = remote.client().post(Remote.path("users"), new CreateUser(call.operand("NAME"),
                                call.value("--full-name"), call.values("--role"), new String(password)),
                                UserView.class);
                        Output.done(call, made, "Made the account " + made.name() + ".");
                        return RemoteCommand.DONE;
                    } finally {
                        Arrays.fill(password, '\0');
                    }
                });
    }

    /** {@code user set}. */
    public static Command set() {
        return RemoteCommand.of("user set", "Change the roles of an account, or disable it", List.of(ROLE,
                CliOption.value("--full-name", "TEXT", "Name of the person"),
                CliOption.flag("--disable", "Nobody may sign in with it"),
                CliOption.flag("--enable", "People may sign in with it again")), List.of(NAME), (call, remote) -> {
                    String path = Remote.path("users", call.operand("NAME"));
                    Answer<UserView> now = remote.client().send(Call.get(path), UserView.class);
                    @Nullable Boolean disabled = call.flag("--disable") ? Boolean.TRUE
                            : call.flag("--enable") ? Boolean.FALSE : null;
                    var changed = remote.client().patch(path, new ChangeUser(call.value("--full-name"),
                            call.values("--role").isEmpty() ? null : call.values("--role"), disabled),
                            String.valueOf(now.etag()), UserView.class);
                    Output.done(call, changed == null ? now.body() : changed, "Changed.");
                    return RemoteCommand.DONE;
                });
    }

    /** {@code user remove}. */
    public static Command remove() {
        return RemoteCommand.of("user remove", "Remove an account", List.of(), List.of(NAME), (call, remote) -> {
            String path = Remote.path("users", call.operand("NAME"));
            Answer<UserView> now = remote.client().send(Call.get(path), UserView.class);
            remote.client().delete(path, now.etag());
            Output.done(call, now.body(), "Removed the account " + now.body().name() + ".");
            return RemoteCommand.DONE;
        });
    }

    /** {@code user password}. */
    public static Command password() {
        return RemoteCommand.of("user password", "Set a password; all sign-ins of the account end", List.of(
                CliOption.value("--old-password-file", "FILE", "Your present password (default: a prompt)"),
                CliOption.value("--new-password-file", "FILE", "The new password (default: a prompt)")),
                List.of(CliOperand.optional("NAME", "Account (default: your own)")), (call, remote) -> {
                    String name = call.operand("NAME") == null ? remote.login().user() : call.operand("NAME");
                    boolean own = name.equals(remote.login().user());
                    char[] old = own ? oldPassword(call) : new char[0];
                    char[] chosen = newPassword(call, "--new-password-file");
                    try {
                        remote.client().post(Remote.path("users", name, "password"), new ChangePassword(
                                own ? new String(old) : null, new String(chosen)), Void.class);
                        call.err().println("Changed." + (own ? " Sign in again with 'holdfast login'." : ""));
                        return RemoteCommand.DONE;
                    } finally {
                        Arrays.fill(old, '\0');
                        Arrays.fill(chosen, '\0');
                    }
                });
    }

    private static char[] oldPassword(Invocation call) {
        String file = call.value("--old-password-file");
        return file == null ? call.secrets().ask("Present password: ")
                : call.secrets().file(NativePaths.path(call.path(file)));
    }

    private static char[] newPassword(Invocation call, String option) {
        String file = call.value(option);
        return file == null ? call.secrets().askTwice("New password (at least 12 characters): ", "The same again: ")
                : call.secrets().file(NativePaths.path(call.path(file)));
    }
}
