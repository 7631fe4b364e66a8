package org.holdfast.engine.internal.objects;

import java.io.IOException;
import java.nio.ByteBuffer;
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
 * The lease of a running backup. Whoever collects garbage first writes down what is to go and then looks for sessions;
 * a backup first opens its session and then looks for what is to go. So one of the two always sees the other, without
 * locks and without comparing clocks of different machines. One thread at a time.
 */
public final class Session implements AutoCloseable {
    /** Prefix of sessions in the store. */
    public static final String PREFIX = "sessions/";
    /** A session that was not renewed for so long is dead. */
    public static final Duration LEASE = Duration.ofMinutes(30);
    private static final Duration RENEW = Duration.ofMinutes(5);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Vault vault;
    private final String id;
    private int sequence;
    private Instant renewed;
    private long renewedNanos;

    private Session(Vault vault, String id) {
        this.vault = vault;
        this.id = id;
    }

    /** Opens a session. */
    public static Session begin(Vault vault) {
        var random = new byte[16];
        RANDOM.nextBytes(random);
        var session = new Session(vault, HexFormat.of().formatHex(random));
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
        vault.store().put(name(sequence), ByteBuffer.wrap(new byte[] { 1 }));
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
     * Makes sure that nobody can have taken the session for dead; called right before a commit.
     *
     * @throws HoldfastException when the lease has run out, for example because the machine slept
     */
    public void requireAlive() throws IOException {
        boolean fresh = Duration.between(renewed, vault.clock().instant()).compareTo(LEASE.dividedBy(2)) < 0
                && System.nanoTime() - renewedNanos < LEASE.dividedBy(2).toNanos();
        if (!fresh || vault.store().size(name(sequence)) < 0) {
            throw new HoldfastException(Problem.STORE_UNAVAILABLE,
                    "The backup was interrupted for so long that its session has ended.",
                    "Run it again: what has been stored is used.");
        }
    }

    /**
     * Ids of all sessions that may still be running.
     *
     * @param removeDead whether to remove what is left of dead ones
     */
    public static Set<String> alive(Vault vault, boolean removeDead) throws IOException {
        List<ObjectInfo> infos = new ArrayList<>();
        vault.store().list(PREFIX, infos::add);
        Map<String, Instant> newest = new HashMap<>();
        for (ObjectInfo info : infos) {
            newest.merge(idOf(info), info.modified(), (a, b) -> a.isAfter(b) ? a : b);
        }
        Instant now = vault.clock().instant();
        Set<String> alive = new HashSet<>();
        newest.forEach((session, time) -> {
            if (Duration.between(time, now).compareTo(LEASE) < 0) {
                alive.add(session);
            }
        });
        if (removeDead) {
            for (ObjectInfo info : infos) {
                if (!alive.contains(idOf(info))) {
                    vault.store().delete(info.name());
                }
            }
        }
        return alive;
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
