package org.holdfast.engine.internal.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.store.ObjectInfo;

/**
 * The lease of a running backup or collection. Whoever collects garbage first writes down what is to go and then looks
 * for sessions; a backup first opens its session and then looks for what is to go. So one of the two always sees the
 * other, without locks and without comparing clocks of different machines. Of two collections, too, at least one sees
 * the other. One thread at a time.
 */
public final class Session implements AutoCloseable {
    /** Prefix of sessions in the store. */
    public static final String PREFIX = "sessions/";
    /** A session that was not renewed for so long is dead. */
    public static final Duration LEASE = Duration.ofMinutes(30);
    private static final Duration RENEW = Duration.ofMinutes(5);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int MAX_BYTES = 64;
    private static final byte BACKUP = 1;
    private static final byte COLLECTION = 2;

    private final Vault vault;
    private final String id;
    private final byte kind;
    private int sequence;
    private Instant renewed;
    private long renewedNanos;

    private Session(Vault vault, String id, byte kind) {
        this.vault = vault;
        this.id = id;
        this.kind = kind;
    }

    /** Opens the session of a backup. */
    public static Session begin(Vault vault) {
        return begin(vault, BACKUP);
    }

    /** Opens the session of a collection, which may go on if it is the {@linkplain #onlyCollection only one}. */
    public static Session beginCollection(Vault vault) {
        return begin(vault, COLLECTION);
    }

    private static Session begin(Vault vault, byte kind) {
        var random = new byte[16];
        RANDOM.nextBytes(random);
        var session = new Session(vault, HexFormat.of().formatHex(random), kind);
        Vault.io("Opening a session", () -> {
            session.put();
            return null;
        });
        return session;
    }

    private String name(int number) {
        return PREFIX + id + "-" + number;
    }

    private void put() throws IOException {
        Instant now = vault.clock().instant();
        vault.store().put(name(sequence), ByteBuffer.wrap(new byte[] { kind }));
        renewed = now;
        renewedNanos = System.nanoTime();
    }

    /** Renews the lease when it is time to; call this now and then. */
    public void renew() throws IOException {
        // The one does not count while the machine sleeps, and the other may be set.
        if (System.nanoTime() - renewedNanos > RENEW.toNanos()
                || Duration.between(renewed, vault.clock().instant()).compareTo(RENEW) > 0) {
            requireAlive();
            sequence++;
            put();
            vault.store().delete(name(sequence - 1));
        }
    }

    /**
     * Makes sure that nobody can have taken the session for dead; called right before a commit, or before something is
     * deleted.
     *
     * @throws HoldfastException when the lease has run out, for example because the machine slept
     */
    public void requireAlive() throws IOException {
        boolean fresh = Duration.between(renewed, vault.clock().instant()).compareTo(LEASE.dividedBy(2)) < 0
                && System.nanoTime() - renewedNanos < LEASE.dividedBy(2).toNanos();
        if (!fresh || vault.store().size(name(sequence)) < 0) {
            throw new HoldfastException(Problem.STORE_UNAVAILABLE,
                    "The operation was interrupted for so long that its session has ended.",
                    "Run it again: what has been stored is used.");
        }
    }

    /** Ids of all other sessions that may still be running. What is left of dead ones is removed. */
    public Set<String> others() throws IOException {
        return new HashSet<>(newest().keySet());
    }

    /** Newest objects of the other sessions that are alive, by their ids; what is left of dead ones is removed. */
    private Map<String, ObjectInfo> newest() throws IOException {
        List<ObjectInfo> infos = new ArrayList<>();
        vault.store().list(PREFIX, infos::add);
        Map<String, ObjectInfo> newest = new HashMap<>();
        for (ObjectInfo info : infos) {
            newest.merge(idOf(info), info, (a, b) -> a.modified().isAfter(b.modified()) ? a : b);
        }
        newest.remove(id);
        Instant now = vault.clock().instant();
        newest.values().removeIf(info -> Duration.between(info.modified(), now).compareTo(LEASE) >= 0);
        for (ObjectInfo info : infos) {
            if (!newest.containsKey(idOf(info)) && !idOf(info).equals(id)) {
                vault.store().delete(info.name());
            }
        }
        return newest;
    }

    /**
     * Whether no other collection is alive. Two of them could each find that a chunk is in two packs, and delete one
     * pack each; so whoever sees another leaves the work to it.
     */
    public boolean onlyCollection() throws IOException {
        for (ObjectInfo info : newest().values()) {
            try {
                byte[] content = vault.store().get(info.name(), MAX_BYTES);
                if (content.length > 0 && content[0] == COLLECTION) {
                    return false;
                }
            } catch (NoSuchFileException e) {
                // It was renewed in this moment, or it ended: nobody can say which of the two, and what it was.
                return false;
            }
        }
        return true;
    }

    private static String idOf(ObjectInfo info) {
        String rest = info.name().substring(PREFIX.length());
        int dash = rest.indexOf('-');
        return dash < 0 ? rest : rest.substring(0, dash);
    }

    /** Id of this session. */
    public String id() {
        return id;
    }

    @Override
    public void close() {
        Vault.io("Closing the session", () -> vault.store().delete(name(sequence)));
    }
}
