package org.holdfast.agent.internal.home;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.crypto.SealedBox;
import org.holdfast.crypto.SecretBytes;
import org.holdfast.protocol.common.Json;

/**
 * The agent's state directory, for its owner alone. One file for one fact, each written crash-safe; a file that cannot
 * be read is an error that names it, never silently a fresh start. Layout:
 *
 * <pre>
 * format.json         version of this layout
 * machine.json        stable machine id and hints that tell a copied disk
 * settings.json       cache folder, proxy
 * registration.json   vault, server id, addresses, authority, place of the passphrase
 * identity/           key.pem and chain.pem of the client certificate, intake.key
 * policy.json         the policy in force
 * commands/, jobs/    what was asked for, and what became of it
 * drill.json, drilled.bin, drill/   when restore drills were, what they met, and their scratch folder
 * hooks/              commands the policy may name, put there by the server's administrator
 * cache/              unless the settings name another folder
 * control.sock, lock  of the running agent
 * </pre>
 */
public final class AgentHome {
    /** Version of the layout written by this program. */
    public static final int VERSION = 1;
    private static final String FORMAT = "holdfast-agent";

    private final Path root;

    private record Format(String format, int version) {
    }

    private AgentHome(Path root) {
        this.root = root;
    }

    /**
     * Opens a state directory, making it when it is not there.
     *
     * @throws HoldfastException when it belongs to something else or to a newer version
     */
    public static AgentHome open(Path directory) throws IOException {
        Path root = directory.toAbsolutePath().normalize();
        SafeFile.createDirectory(root);
        var home = new AgentHome(root);
        var format = home.read("format.json", Format.class);
        if (format.isEmpty()) {
            home.write("format.json", new Format(FORMAT, VERSION));
        } else if (!format.get().format().equals(FORMAT)) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "'" + root + "' is not the folder of an agent.",
                    "Give another one with --home.");
        } else if (format.get().version() > VERSION) {
            throw new HoldfastException(Problem.VAULT_UNSUPPORTED,
                    "'" + root + "' was written by a newer version of the agent.", "Install that version again.");
        }
        for (String name : new String[] { "identity", "commands", "jobs", "hooks" }) {
            SafeFile.createDirectory(root.resolve(name));
            SafeFile.sweep(root.resolve(name));
        }
        SafeFile.sweep(root);
        return home;
    }

    /** The directory itself. */
    public Path root() {
        return root;
    }

    /** A file or folder below. */
    public Path resolve(String relative) {
        return root.resolve(relative);
    }

    /** The folder of hooks. */
    public Path hooks() {
        return root.resolve("hooks");
    }

    /** The cache folder in force; not necessarily there. */
    public Path cache() throws IOException {
        String chosen = settings().cache();
        return chosen == null ? root.resolve("cache") : Path.of(chosen);
    }

    /**
     * Locks the directory for this process.
     *
     * @return what to close at the end, or null when another process has it
     */
    public @Nullable AutoCloseable lock() throws IOException {
        FileChannel channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Another agent in this very process, as in tests: the same answer.
        }
        channel.close();
        return null;
    }

    /** What was chosen at installation. */
    public Settings settings() throws IOException {
        return read("settings.json", Settings.class).orElse(Settings.DEFAULT);
    }

    /** Stores what was chosen. */
    public void settings(Settings settings) throws IOException {
        write("settings.json", settings);
    }

    /** Where this server belongs, if anywhere. */
    public Optional<Registration> registration() throws IOException {
        return read("registration.json", Registration.class);
    }

    /** Stores where this server belongs. */
    public void registration(Registration registration) throws IOException {
        write("registration.json", registration);
    }

    /** The machine's identity, made at the first call. */
    public MachineFile machine(MachineHints now, Instant when) throws IOException {
        var there = read("machine.json", MachineFile.class);
        if (there.isPresent()) {
            return there.get();
        }
        var fresh = new MachineFile(UUID.randomUUID().toString(), when, now);
        write("machine.json", fresh);
        return fresh;
    }

    /** Replaces the machine's identity or hints. */
    public void machine(MachineFile machine) throws IOException {
        write("machine.json", machine);
    }

    /** File of the private key of the client certificate. */
    public Path keyFile() {
        return root.resolve("identity/key.pem");
    }

    /** File of the client certificate and those above it. */
    public Path chainFile() {
        return root.resolve("identity/chain.pem");
    }

    /** The key pair others seal requests with, made at the first call. */
    public SealedBox.Keys intakeKeys() throws IOException {
        Path file = root.resolve("identity/intake.key");
        var there = SafeFile.read(file);
        if (there.isEmpty()) {
            var keys = SealedBox.newKeys();
            byte[] secret = keys.privateKey().copy();
            byte[] both = Arrays.copyOf(keys.publicKey(), SealedBox.PUBLIC_KEY_BYTES + SealedBox.PRIVATE_KEY_BYTES);
            System.arraycopy(secret, 0, both, SealedBox.PUBLIC_KEY_BYTES, secret.length);
            SafeFile.write(file, both);
            SecretBytes.wipe(both);
            SecretBytes.wipe(secret);
            return keys;
        }
        byte[] both = there.get();
        if (both.length != SealedBox.PUBLIC_KEY_BYTES + SealedBox.PRIVATE_KEY_BYTES) {
            throw new IOException("'" + file + "' is damaged");
        }
        try {
            return new SealedBox.Keys(Arrays.copyOf(both, SealedBox.PUBLIC_KEY_BYTES), SecretBytes
                    .adopt(Arrays.copyOfRange(both, SealedBox.PUBLIC_KEY_BYTES, both.length)));
        } finally {
            SecretBytes.wipe(both);
        }
    }

    /** Removes identity, registration, policy and history; settings, machine id, hooks and cache stay. */
    public void forget() throws IOException {
        // The registration goes last: as long as it is there the next start knows that something is to be removed.
        for (String folder : new String[] { "commands", "jobs", "identity" }) {
            try (var files = Files.newDirectoryStream(root.resolve(folder))) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
        }
        SafeFile.delete(root.resolve("policy.json"));
        SafeFile.delete(root.resolve("schedule.json"));
        SafeFile.delete(root.resolve("drill.json"));
        SafeFile.delete(root.resolve("drilled.bin"));
        SafeFile.delete(root.resolve("registration.json"));
    }

    /** Reads a JSON file below, if it is there. */
    public <T> Optional<T> read(String name, Class<T> type) throws IOException {
        Path file = root.resolve(name);
        var bytes = SafeFile.read(file);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(bytes.get(), type));
        } catch (IOException e) {
            throw new IOException("'" + file + "' is damaged: " + e.getMessage(), e);
        }
    }

    /** Writes a JSON file below. */
    public void write(String name, Object value) throws IOException {
        SafeFile.write(root.resolve(name), Json.bytes(value));
    }

    /** Writes text to a file below. */
    public void writeText(Path file, String text) throws IOException {
        SafeFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
