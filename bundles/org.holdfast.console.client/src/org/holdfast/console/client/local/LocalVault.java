package org.holdfast.console.client.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.PrivateFiles;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.client.local.LocalFolder.Node;
import org.holdfast.console.client.local.LocalVaultException.Reason;
import org.holdfast.protocol.people.LoginAnswer;

/**
 * The vault server of this user on this computer. It listens on the loopback interface only. The first start gives its
 * administrator a random password, which is kept in a file that only this user can read; no secret is ever on a command
 * line. Thread-safe as far as one person starts and stops it; nothing waits on the caller's thread.
 */
public final class LocalVault {
    private static final String ADMINISTRATOR = "admin";
    private static final Pattern SECRET = Pattern.compile("one-time secret: (\\S+)");
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration STOPPING = Duration.ofSeconds(60);
    private static final int LOOK_EVERY_MILLIS = 100;
    private static final int PASSWORD_BYTES = 24;
    private static final int MOST_OUTPUT = 4000;
    /** Options of the console's own process that are none of the vault's. */
    private static final List<String> OURS = List.of("HOLDFAST_JAVA_OPTS", "HOLDFAST_CONSOLE_DATA");

    /** What it is about to do, in this order. */
    public enum Step {
        FIND, START, TRUST, SIGN_IN
    }

    /** Told about steps on a background thread, and asked whether to go on. */
    public interface Progress {
        /** A step begins. */
        void begins(Step step);

        /** Whether the person has changed her mind. */
        boolean isCancelled();
    }

    /**
     * A vault server that is connected.
     *
     * @param session with it
     * @param data folder of the node
     * @param password file with the administrator's password
     */
    public record Started(FleetSession session, Path data, Path password) {
    }

    private final LocalFolder folder;
    private final Supplier<Optional<VaultProgram>> program;
    private final VaultConnections connections;

    /**
     * @param root folder of this user for the vault and what the console remembers of it
     * @param program how to start it
     * @param connections where it is added
     */
    public LocalVault(Path root, Supplier<Optional<VaultProgram>> program, VaultConnections connections) {
        this.folder = new LocalFolder(root);
        this.program = program;
        this.connections = connections;
    }

    /** Folder of the node. */
    public Path data() {
        return folder.data();
    }

    /** Whether its process lives. */
    public boolean isRunning() {
        return folder.isRunning();
    }

    /**
     * Starts it, unless it runs already, and connects.
     *
     * @param name what people call it in the console
     * @return fails with {@link LocalVaultException}, or with what failed at the sign-in
     */
    public CompletableFuture<Started> start(String name, Progress progress) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return connect(name, progress);
            } catch (IOException e) {
                throw new LocalVaultException(Reason.FILES, e.toString(), e);
            }
        }, connections.background());
    }

    /** Ends its process in the ordinary way; false when there is none. */
    public CompletableFuture<Boolean> stop() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                Optional<Node> node = folder.node();
                if (!folder.isRunning() || node.isEmpty()) {
                    return Boolean.FALSE;
                }
                // The lock says that the process is the one that has written its id.
                Optional<ProcessHandle> process = ProcessHandle.of(node.get().process());
                process.ifPresent(ProcessHandle::destroy);
                if (process.isPresent()) {
                    process.get().onExit().orTimeout(STOPPING.toSeconds(), TimeUnit.SECONDS).join();
                }
                return Boolean.TRUE;
            } catch (CompletionException e) {
                throw new LocalVaultException(Reason.DID_NOT_STOP, "", e);
            } catch (IOException e) {
                throw new LocalVaultException(Reason.FILES, e.toString(), e);
            }
        }, connections.background());
    }

    private Started connect(String name, Progress progress) throws IOException {
        Optional<char[]> secret;
        if (folder.isRunning()) {
            secret = pendingSecret();
        } else {
            progress.begins(Step.FIND);
            VaultProgram found = program.get()
                    .orElseThrow(() -> new LocalVaultException(Reason.NO_PROGRAM, "", null));
            progress.begins(Step.START);
            secret = run(found, progress);
        }
        progress.begins(Step.TRUST);
        Node node = folder.node().orElseThrow(() -> failed("", null));
        String fingerprint = folder.fingerprint();
        progress.begins(Step.SIGN_IN);
        LoginAnswer login = signIn(node.address(), fingerprint, secret);
        FleetSession session = connections.add(name, node.address(), fingerprint, login, true);
        forgetFormer(session);
        return new Started(session, folder.data(), folder.password());
    }

    /** Another port makes another connection; the one before leads nowhere. */
    private void forgetFormer(FleetSession session) {
        for (FleetSession other : connections.sessions()) {
            if (other != session && other.connection().fingerprint().equals(session.connection().fingerprint())
                    && other.connection().address().startsWith(LocalFolder.HOST + ':')) {
                connections.remove(other);
            }
        }
    }

    private LoginAnswer signIn(String address, String fingerprint, Optional<char[]> secret) throws IOException {
        if (secret.isEmpty()) {
            char[] kept = folder.readPassword()
                    .orElseThrow(() -> new LocalVaultException(Reason.SIGN_IN_REFUSED, address, null));
            try {
                return connections.login(address, fingerprint, ADMINISTRATOR, kept).join();
            } catch (CompletionException e) {
                throw new LocalVaultException(Reason.SIGN_IN_REFUSED, address, e.getCause());
            }
        }
        char[] first = secret.get();
        LoginAnswer login = connections.login(address, fingerprint, ADMINISTRATOR, first.clone()).join();
        char[] chosen = password();
        // Written first: a password that nobody knows would lock the person out.
        folder.writePassword(chosen);
        try {
            LoginAnswer changed = connections.changePassword(address, fingerprint, login, first, chosen).join();
            Files.deleteIfExists(folder.output());
            return changed;
        } catch (CompletionException e) {
            Files.deleteIfExists(folder.password());
            throw e;
        }
    }

    /** The one-time secret of a vault that was started, but nobody has signed in since. */
    private Optional<char[]> pendingSecret() throws IOException {
        if (!Files.exists(folder.output())) {
            return Optional.empty();
        }
        Matcher secret = SECRET.matcher(Files.readString(folder.output()));
        if (secret.find()) {
            return Optional.of(secret.group(1).toCharArray());
        }
        Files.delete(folder.output());
        return Optional.empty();
    }

    private static char[] password() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random).toCharArray();
    }

    /** Starts the process and waits until it can be used; gives the one-time secret when there is one. */
    private Optional<char[]> run(VaultProgram found, Progress progress) throws IOException {
        boolean rescue = folder.isUsed() && folder.readPassword().isEmpty();
        PrivateFiles.create(folder.output());
        Process process = start(command(found, folder.port(), rescue));
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (folder.node().isEmpty() || !process.isAlive()) {
            if (progress.isCancelled()) {
                process.destroy();
                throw new LocalVaultException(Reason.CANCELLED, "", null);
            }
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroy();
                throw failed(said(), null);
            }
            try {
                process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroy();
                throw failed("", e);
            }
        }
        return pendingSecret();
    }

    private Process start(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.output().toFile()))
                .redirectInput(ProcessBuilder.Redirect.PIPE);
        builder.environment().keySet().removeAll(OURS);
        builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private List<String> command(VaultProgram found, int port, boolean rescue) {
        var command = new ArrayList<String>();
        // A session of its own: what ends the console's terminal does not end the vault.
        Path setsid = Path.of("/usr/bin/setsid");
        if (Files.isExecutable(setsid)) {
            command.add(setsid.toString());
        }
        command.addAll(found.command());
        command.addAll(List.of("serve", "--data", folder.data().toString(), "--listen", LocalFolder.HOST + ':' + port));
        if (rescue) {
            command.add("--rescue-administrator");
        }
        return command;
    }

    private static LocalVaultException failed(String details, @Nullable Throwable cause) {
        return new LocalVaultException(Reason.DID_NOT_START, details, cause);
    }

    /** The end of what the program wrote, without its secret. */
    private String said() throws IOException {
        String all = SECRET.matcher(Files.readString(folder.output())).replaceAll("one-time secret: ***").strip();
        return all.length() <= MOST_OUTPUT ? all : all.substring(all.length() - MOST_OUTPUT);
    }
}
