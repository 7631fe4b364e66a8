package org.holdfast.agent.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.internal.FileUse;
import org.holdfast.agent.install.internal.NewPassphrase;
import org.holdfast.agent.install.internal.PrivateFiles;
import org.holdfast.agent.install.internal.SealedFile;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.crypto.RecoveryKey;
import org.holdfast.protocol.common.Json;

/**
 * Passphrases of many servers in one file, sealed with a passphrase or a recovery key of whoever is responsible for
 * them. Written anew, as a whole and for its owner alone, whenever one is added, and read back before it counts.
 * Whoever has the file and what it is sealed with can restore all of these servers.
 */
public final class SealedPassphrases implements PassphraseKeeper {
    private final Path file;
    private final SealedFile seal;
    private final Clock clock;
    private final FileUse use;
    private final Map<String, Kept> all = new LinkedHashMap<>();

    /**
     * A passphrase that is kept.
     *
     * @param host key of the host
     * @param name what people call it
     * @param vault name of the vault
     * @param serverId id there, or null as long as it is not known
     * @param created when it was made
     * @param passphrase the secret
     */
    public record Kept(String host, String name, String vault, @Nullable String serverId, Instant created,
            char[] passphrase) {
        /** Hides the secret. */
        @Override
        public String toString() {
            return "Kept[" + host + " in " + vault + "]";
        }
    }

    private record Document(List<Kept> servers) {
    }

    private SealedPassphrases(Path file, SealedFile seal, Clock clock, FileUse use) {
        this.file = file;
        this.seal = seal;
        this.clock = clock;
        this.use = use;
    }

    /**
     * Opens a file with the passphrase it is sealed with, or begins a new one. Takes a fifth of a second.
     *
     * @param file need not be there yet
     * @param passphrase at least 16 characters for a new file; neither kept nor wiped
     * @throws HoldfastException with {@link Problem#WRONG_PASSPHRASE}, with {@link Problem#WEAK_PASSPHRASE} for a new
     *         file, with {@link Problem#INVALID_REQUEST} when it is something else, with
     *         {@link Problem#OBJECT_DAMAGED}, or with {@link Problem#ACCESS_DENIED} when it cannot be read or written
     *         or another run uses it
     */
    public static SealedPassphrases open(Path file, char[] passphrase, Clock clock) {
        return open(file, clock, there -> there == null ? SealedFile.create(passphrase, clock.instant())
                : SealedFile.open(there, passphrase));
    }

    /** The same with a recovery key. */
    public static SealedPassphrases open(Path file, RecoveryKey key, Clock clock) {
        return open(file, clock, there -> there == null ? SealedFile.create(key, clock.instant())
                : SealedFile.open(there, key));
    }

    /** Makes or opens the seal. */
    @FunctionalInterface
    private interface Opener {
        SealedFile open(byte @Nullable [] there);
    }

    /**
     * Reads a file that may be in use.
     *
     * @throws HoldfastException as when it is opened
     */
    public static List<Kept> read(Path file, char[] passphrase) {
        return read(file, there -> SealedFile.open(there, passphrase));
    }

    /** The same with a recovery key. */
    public static List<Kept> read(Path file, RecoveryKey key) {
        return read(file, there -> SealedFile.open(there, key));
    }

    private static List<Kept> read(Path file, Opener opener) {
        try {
            byte[] there = Files.readAllBytes(file);
            try (SealedFile seal = opener.open(there)) {
                return contents(seal, there);
            }
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static HoldfastException unusable(Path file, IOException e) {
        return new HoldfastException(Problem.ACCESS_DENIED, "The file of passphrases '" + file
                + "' cannot be used: " + e.getMessage() + ".", "Check the folder, its permissions and its room.", e);
    }

    private static SealedPassphrases open(Path file, Clock clock, Opener opener) {
        try {
            FileUse use = FileUse.begin(file);
            boolean done = false;
            try {
                SealedPassphrases kept = open(file, clock, opener, use);
                done = true;
                return kept;
            } finally {
                if (!done) {
                    use.close();
                }
            }
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    private static SealedPassphrases open(Path file, Clock clock, Opener opener, FileUse use) throws IOException {
        byte[] there = Files.exists(file) ? Files.readAllBytes(file) : null;
        var kept = new SealedPassphrases(file, opener.open(there), clock, use);
        if (there == null) {
            kept.write(); // a place that cannot be written is told before any host is touched
        } else {
            contents(kept.seal, there).forEach(one -> kept.all.put(one.host(), one));
        }
        return kept;
    }

    /** All that is kept, in the order it came; the secrets are the caller's to wipe. */
    public synchronized List<Kept> list() {
        return all.values().stream().map(one -> new Kept(one.host(), one.name(), one.vault(), one.serverId(),
                one.created(), one.passphrase().clone())).toList();
    }

    @Override
    public synchronized char[] passphrase(HostEntry host, String vault) throws IOException {
        Kept there = all.get(host.key());
        if (there == null) {
            there = new Kept(host.key(), host.name(), vault, null, clock.instant(), NewPassphrase.generate());
            put(there);
        }
        return there.passphrase().clone();
    }

    @Override
    public synchronized boolean isKept(HostEntry host) {
        return all.containsKey(host.key());
    }

    @Override
    public synchronized void registered(HostEntry host, String serverId) throws IOException {
        Kept there = all.get(host.key());
        if (there != null && !serverId.equals(there.serverId())) {
            put(new Kept(there.host(), there.name(), there.vault(), serverId, there.created(), there.passphrase()));
        }
    }

    private void put(Kept one) throws IOException {
        Kept before = all.put(one.host(), one);
        boolean done = false;
        try {
            write();
            done = true;
        } finally {
            if (!done && before == null) {
                all.remove(one.host());
            } else if (!done) {
                all.put(one.host(), before);
            }
        }
    }

    /** Writes all of them and reads them back. */
    private void write() throws IOException {
        byte[] plain = Json.bytes(new Document(List.copyOf(all.values())));
        try {
            PrivateFiles.write(file, seal.seal(plain));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
        List<Kept> back = contents(seal, Files.readAllBytes(file));
        boolean same = back.size() == all.size() && back.stream().allMatch(one -> {
            Kept mine = all.get(one.host());
            return mine != null && Arrays.equals(mine.passphrase(), one.passphrase());
        });
        back.forEach(one -> Arrays.fill(one.passphrase(), '\0'));
        if (!same) {
            throw new IOException("what was read back from '" + file + "' is not what was written");
        }
    }

    private static List<Kept> contents(SealedFile seal, byte[] sealed) throws IOException {
        byte[] plain = seal.unseal(sealed);
        try {
            return Json.mapper().readValue(plain, Document.class).servers();
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    @Override
    public synchronized void close() {
        all.values().forEach(one -> Arrays.fill(one.passphrase(), '\0'));
        all.clear();
        seal.close();
        use.close();
    }
}
