package org.holdfast.cli.internal.fleet;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.input.NativePaths;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.client.Body;
import org.holdfast.client.Call;
import org.holdfast.client.ServerCertificate;
import org.holdfast.protocol.people.LoginAnswer;
import org.holdfast.protocol.people.Me;

/** Signing in to a vault server and out again. */
public final class SignInCommands {
    static final List<CliOption> PASSWORD_OPTIONS = List.of(
            CliOption.value("--password-file", "FILE", "File whose only line is the password (default: a prompt)"),
            CliOption.value("--password-env", "NAME", "Environment variable that holds the password"),
            CliOption.value("--password-fd", "N", "Descriptor to read the password from"));

    private SignInCommands() {
    }

    /** {@code login}. */
    public static Command login() {
        return new SignIn();
    }

    /** {@code logout}. */
    public static Command logout() {
        return new SignOut();
    }

    /** {@code whoami}. */
    public static Command whoami() {
        return RemoteCommand.of("whoami", "Tell who is signed in, where, and with which rights", List.of(), List.of(),
                (call, remote) -> {
                    var me = remote.client().get(Remote.path("me"), Me.class);
                    if (call.json()) {
                        Output.value(call, me);
                    } else {
                        var login = remote.login();
                        new Facts().add("user", login.user()).add("server", login.address())
                                .add("vault", Output.text(login.vault())).add("roles", String.join(", ", me.roles()))
                                .add("until", Output.time(call, login.expires())).print(call.out());
                    }
                    return RemoteCommand.DONE;
                });
    }

    /** The password, from where the options say. */
    static char[] password(Invocation call, String user) {
        if (call.value("--password-file") != null) {
            return call.secrets().file(NativePaths.path(call.path(call.value("--password-file"))));
        }
        if (call.value("--password-env") != null) {
            return call.secrets().variable(call.value("--password-env"));
        }
        if (call.value("--password-fd") != null) {
            return call.secrets().descriptor(call.number("--password-fd", 0, 65_535, 0));
        }
        return call.secrets().ask("Password of " + user + ": ");
    }

    /** Signs out; a sign-in that is over is not renewed for that. */
    private static final class SignOut extends Command {
        SignOut() {
            super("logout", "Sign out of the vault server", List.of(), List.of());
        }

        @Override
        public boolean opensVault() {
            return false;
        }

        @Override
        protected int run(Invocation call) {
            LoginFile file = new LoginFile(call.environment().variables());
            Login login = file.read();
            if (login == null) {
                throw new HoldfastException(Problem.ACCESS_DENIED, "You are not signed in to a vault server.", "");
            }
            try (var client = Remote.client(login.address(), login.fingerprint(), login.token())) {
                client.send(Call.post(Remote.path("logout"), new Body.Nothing()), Void.class);
            } catch (HoldfastException e) {
                // The token goes in any case; on the server it ends by itself.
                call.err().println("The server was not told: " + e.getMessage());
            }
            file.remove();
            return DONE;
        }
    }

    /** Signs in: the one command that cannot have a sign-in yet. */
    private static final class SignIn extends Command {
        private static final String NEW_PASSWORD = "--new-password-file";
        private static final String ENTRA = "--entra";
        private static final String BROWSER = "--browser";
        private static final String DEVICE_CODE = "--device-code";
        private static final String OWN_IDENTITY = "--managed-identity";

        SignIn() {
            super("login", "Sign in to a vault server", List.of(
                    CliOption.value("--user", "NAME", "Account (default: admin)"),
                    CliOption.value("--password-file", "FILE",
                            "File whose only line is the password (default: a prompt)"),
                    CliOption.value("--password-env", "NAME", "Environment variable that holds the password"),
                    CliOption.value("--password-fd", "N", "Descriptor to read the password from"),
                    CliOption.value(NEW_PASSWORD, "FILE",
                            "File with the new password, for the first sign-in with a one-time secret"),
                    CliOption.value("--fingerprint", "HEX", "SHA-256 of the certificate of the server's authority"),
                    CliOption.value("--ca", "FILE", "Certificate of the server's authority instead of its fingerprint"),
                    CliOption.flag(ENTRA, "Sign in with Microsoft Entra ID: with the browser where there is one"),
                    CliOption.flag(BROWSER, "Entra ID with the browser of this computer"),
                    CliOption.flag(DEVICE_CODE, "Entra ID with a code that is typed into any browser"),
                    CliOption.flag(OWN_IDENTITY, "Entra ID with the identity of this machine or program"),
                    CliOption.value(RemoteCommand.VAULT_OPTION, "NAME", "Vault that later commands mean")),
                    List.of(CliOperand.one("ADDRESS",
                            "Host, or host and port, of the vault server; several nodes with commas")));
        }

        @Override
        public boolean opensVault() {
            return false;
        }

        @Override
        public List<String> description() {
            return List.of("The token is kept in a file that only you can read, until it expires; the password is not"
                    + " kept. Without --fingerprint or --ca the fingerprint of the server's authority is shown, and you"
                    + " are asked whether it is the one that the server showed when it started.",
                    "With Entra ID the session ends with the token, after an hour or so, and is renewed without a"
                            + " question as long as Entra ID allows it; what that takes is kept in the same file.");
        }

        @Override
        public List<String> examples() {
            return List.of("login vault.example:8443 --user anna", "login vault.example:8443 --entra",
                    "login vault.example:8443 --entra --device-code");
        }

        @Override
        protected int run(Invocation call) {
            String address = call.operand("ADDRESS");
            String pin = pin(call, address);
            EntraDoor.Way way = way(call);
            if (way != null) {
                Login login = EntraDoor.signIn(call, address, pin, way);
                new LoginFile(call.environment().variables()).write(login);
                var me = me(login);
                Output.done(call, new Who(me.user(), me.roles(), login.expires()), "Signed in as " + me.user() + " ("
                        + String.join(", ", me.roles()) + ") with Entra ID.");
                return DONE;
            }
            String user = call.value("--user") == null ? "admin" : call.value("--user");
            char[] password = password(call, user);
            try {
                var door = new PasswordSignIn(address, pin);
                LoginAnswer answer = door.with(user, password);
                if (answer.mustChange()) {
                    answer = change(call, door, answer, password);
                }
                var login = new Login(address, pin, answer.user(), answer.token(), answer.expires(),
                        call.value(RemoteCommand.VAULT_OPTION), null);
                new LoginFile(call.environment().variables()).write(login);
                Output.done(call, new Who(answer.user(), answer.roles(), answer.expires()), "Signed in as "
                        + answer.user() + " (" + String.join(", ", answer.roles()) + ") until "
                        + Output.time(call, answer.expires()) + ".");
                return DONE;
            } finally {
                Arrays.fill(password, '\0');
            }
        }

        /** The way with Entra ID; null for a password. */
        private static EntraDoor.@Nullable Way way(Invocation call) {
            List<String> ways = List.of(BROWSER, DEVICE_CODE, OWN_IDENTITY).stream().filter(call::flag).toList();
            boolean password = call.value("--user") != null || call.value("--password-file") != null
                    || call.value("--password-env") != null || call.value("--password-fd") != null;
            if (ways.size() > 1 || password && (call.flag(ENTRA) || !ways.isEmpty())) {
                throw Invocation.usage("Give one way to sign in.");
            }
            if (ways.isEmpty()) {
                return !call.flag(ENTRA) ? null
                        : EntraDoor.hasBrowser(call.environment().variables(), System.getProperty("os.name", ""))
                                ? EntraDoor.Way.BROWSER
                                : EntraDoor.Way.DEVICE_CODE;
            }
            return switch (ways.getFirst()) {
                case BROWSER -> EntraDoor.Way.BROWSER;
                case DEVICE_CODE -> EntraDoor.Way.DEVICE_CODE;
                default -> EntraDoor.Way.OWN_IDENTITY;
            };
        }

        private static Me me(Login login) {
            try (var client = Remote.client(login.address(), login.fingerprint(), login.token())) {
                return client.get(Remote.path("me"), Me.class);
            }
        }

        /** A one-time secret opens nothing but the way to a password of one's own. */
        private static LoginAnswer change(Invocation call, PasswordSignIn door, LoginAnswer first, char[] old) {
            call.err().println("This password is to be changed before anything else.");
            String file = call.value(NEW_PASSWORD);
            char[] chosen = file != null ? call.secrets().file(NativePaths.path(call.path(file)))
                    : call.secrets().askTwice("New password (at least 12 characters): ", "The same again: ");
            try {
                return door.change(first, old, chosen);
            } finally {
                Arrays.fill(chosen, '\0');
            }
        }

        private static String pin(Invocation call, String address) {
            if (call.value("--fingerprint") != null) {
                return Authority.typed(call.value("--fingerprint"));
            }
            if (call.value("--ca") != null) {
                return Authority.ofFile(NativePaths.path(call.path(call.value("--ca"))));
            }
            String shown = ServerCertificate.shownBy(address).fingerprint();
            Login before = new LoginFile(call.environment().variables()).read();
            if (before != null && before.address().equals(address) && before.fingerprint().equals(shown)) {
                return shown;
            }
            call.err().println("The authority of " + address + " has the fingerprint");
            call.err().println("  " + Authority.inPairs(shown));
            call.err().flush();
            char[] answer = ask(call);
            if (!new String(answer).strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
                throw new HoldfastException(Problem.CANCELLED, "The server was not trusted.",
                        "Compare with what the vault server shows when it starts, then give it with --fingerprint.");
            }
            return shown;
        }

        private static char[] ask(Invocation call) {
            char @Nullable [] answer = call.environment().prompt().ask("Is that the right one (yes or no)? ");
            if (answer == null) {
                throw new HoldfastException(Problem.INVALID_REQUEST,
                        "The server is not known, and there is no terminal to ask whether it is the right one.",
                        "Give --fingerprint or --ca.");
            }
            return answer;
        }
    }

    /** Who signed in, without the token. */
    private record Who(String user, List<String> roles, Instant expires) {
    }
}
