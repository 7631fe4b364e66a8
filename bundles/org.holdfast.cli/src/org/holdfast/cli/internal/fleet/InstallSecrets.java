package org.holdfast.cli.internal.fleet;

import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.HostEntry;
import org.holdfast.agent.install.HostList;
import org.holdfast.agent.install.SealedPassphrases;
import org.holdfast.agent.install.SshAccess;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.input.NativePaths;
import org.holdfast.crypto.RecoveryKey;

/** What the options say about signing in on hosts, and about the seal of passphrases. */
final class InstallSecrets {
    private final Invocation call;

    InstallSecrets(Invocation call) {
        this.call = call;
    }

    /** The way onto hosts. */
    SshAccess access() {
        String user = call.value("--user");
        var keys = new ArrayList<KeyPair>();
        for (String file : call.values("--key")) {
            keys.addAll(keys(NativePaths.path(call.path(file))));
        }
        char[] password = given("--password-file", "--ask-password", "Password on the hosts: ");
        char[] sudo = given("--sudo-password-file", "--ask-sudo-password", "Password of sudo: ");
        Path agent = null;
        if (call.flag("--ssh-agent")) {
            String socket = call.environment().variables().get("SSH_AUTH_SOCK");
            if (socket == null || socket.isEmpty()) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "There is no SSH agent: SSH_AUTH_SOCK is not set.",
                        "Start one with 'eval $(ssh-agent)' and add a key with ssh-add.");
            }
            agent = Path.of(socket);
        }
        if (keys.isEmpty() && password == null && agent == null) {
            throw Invocation.usage("Say how to sign in: --key, --ssh-agent, --password-file or --ask-password.");
        }
        return new SshAccess(user == null ? "root" : user, keys, password, agent, jump(), call.flag("--sudo"), sudo);
    }

    private List<KeyPair> keys(Path file) {
        char[] passphrase = given("--key-passphrase-file", "", "");
        try {
            return SshAccess.keys(file, passphrase);
        } catch (HoldfastException e) {
            if (e.problem() != Problem.WRONG_PASSPHRASE || passphrase != null) {
                throw e;
            }
            passphrase = call.secrets().ask("Passphrase of '" + file + "': ");
            return SshAccess.keys(file, passphrase);
        } finally {
            if (passphrase != null) {
                Arrays.fill(passphrase, '\0');
            }
        }
    }

    private char @Nullable [] given(String fileOption, String askOption, String text) {
        String file = call.value(fileOption);
        if (file != null) {
            return call.secrets().file(NativePaths.path(call.path(file)));
        }
        return !askOption.isEmpty() && call.flag(askOption) ? call.secrets().ask(text) : null;
    }

    private @Nullable HostEntry jump() {
        String text = call.value("--jump");
        if (text == null) {
            return null;
        }
        HostList list = HostList.parse(text);
        if (list.hosts().size() != 1 || !list.errors().isEmpty()) {
            throw Invocation.usage("--jump '" + text + "' is not [USER@]HOST[:PORT].");
        }
        return list.hosts().getFirst();
    }

    /** Opens a file of passphrases, or makes it. */
    SealedPassphrases seal(Path file, boolean there, Clock clock) {
        try (RecoveryKey key = recoveryKey()) {
            if (key != null) {
                return SealedPassphrases.open(file, key, clock);
            }
        }
        char[] secret = sealPassphrase(there);
        try {
            return SealedPassphrases.open(file, secret, clock);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    /** Reads a file of passphrases. */
    List<SealedPassphrases.Kept> read(Path file) {
        try (RecoveryKey key = recoveryKey()) {
            if (key != null) {
                return SealedPassphrases.read(file, key);
            }
        }
        char[] secret = sealPassphrase(true);
        try {
            return SealedPassphrases.read(file, secret);
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private @Nullable RecoveryKey recoveryKey() {
        char[] text = given("--seal-recovery-key-file", "", "");
        if (text == null) {
            return null;
        }
        try {
            return RecoveryKey.parse(java.nio.CharBuffer.wrap(text));
        } catch (org.holdfast.crypto.RecoveryKeyFormatException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "There is no recovery key in the file: "
                    + e.getMessage() + ".", "Give the file of a recovery key.", e);
        } finally {
            Arrays.fill(text, '\0');
        }
    }

    private char[] sealPassphrase(boolean there) {
        char[] given = given("--seal-passphrase-file", "", "");
        if (given != null) {
            return given;
        }
        return there ? call.secrets().ask("Passphrase that seals the passphrases: ")
                : call.secrets().askTwice("New passphrase to seal the passphrases with (at least 16 characters): ",
                        "The same again: ");
    }
}
