package org.holdfast.vault.data;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DataServerRow;
import org.holdfast.vault.catalog.data.DataServers;

/**
 * Keeps vaults and servers within their quotas. What is let in counts at once, whoever else stores at the same time;
 * what is really there is looked at again every few seconds, and before anything is refused. Thread-safe.
 */
final class VaultQuotas {
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Catalog catalog;
    private final ServerStores stores;
    private final ConcurrentMap<UUID, State> states = new ConcurrentHashMap<>();

    VaultQuotas(Catalog catalog, ServerStores stores) {
        this.catalog = catalog;
        this.stores = stores;
    }

    private static final class State {
        private @Nullable Long quota;
        /** What was there when it was looked at. */
        private long used;
        /** What has come since. */
        private long since;
        /** What is on its way. */
        private long coming;
        private long looked;
        private boolean known;
    }

    /**
     * Lets bytes in.
     *
     * @param added what the server has stored and no commit has counted
     * @return bytes that are left when they do not fit, -1 when they do
     */
    long take(UUID vault, UUID server, long added, long bytes) {
        long own = ofServer(server, added);
        if (own >= 0 && bytes > own) {
            return own;
        }
        State state = states.computeIfAbsent(vault, id -> new State());
        synchronized (state) {
            refresh(vault, state, FRESH_NANOS);
            if (exceeds(state, bytes)) {
                refresh(vault, state, 0);
            }
            if (exceeds(state, bytes)) {
                return Math.max(0, rest(state));
            }
            state.coming += bytes;
            return -1;
        }
    }

    /** What was let in is there, or does not come; to be called once for each time that bytes were let in. */
    void end(UUID vault, long bytes, boolean stored) {
        State state = states.computeIfAbsent(vault, id -> new State());
        synchronized (state) {
            state.coming -= bytes;
            state.since += stored ? bytes : 0;
        }
    }

    private static long rest(State state) {
        Long quota = state.quota;
        return quota == null ? Long.MAX_VALUE : quota - state.used - state.since - state.coming;
    }

    /** What is left of a server's own quota, -1 when it has none. */
    private long ofServer(UUID server, long added) {
        DataServerRow row = catalog.read(h -> DataServers.find(h, server)).orElse(null);
        Long quota = row == null ? null : row.quotaBytes();
        return quota == null ? -1 : Math.max(0, quota - row.usedBytes() - added);
    }

    /** Bytes of a server that still fit, -1 when there is no limit. */
    long left(UUID vault, UUID server, long added) {
        long own = ofServer(server, added);
        State state = states.computeIfAbsent(vault, id -> new State());
        synchronized (state) {
            refresh(vault, state, FRESH_NANOS);
            if (state.quota == null) {
                return own;
            }
            long left = Math.max(0, rest(state));
            return own < 0 ? left : Math.min(own, left);
        }
    }

    private static boolean exceeds(State state, long bytes) {
        return bytes > rest(state);
    }

    private void refresh(UUID vault, State state, long age) {
        long now = System.nanoTime();
        if (state.known && now - state.looked <= age) {
            return;
        }
        DataServers.Usage usage = catalog.read(h -> DataServers.usage(h, vault)).orElse(null);
        state.quota = usage == null ? null : usage.quota();
        state.used = usage == null ? 0 : usage.used() + stores.uncommitted(vault);
        state.since = 0;
        state.looked = now;
        state.known = true;
    }

    /** What is said when nothing fits. */
    static Refusal refusal() {
        return new Refusal(Refusal.Kind.FULL, "quota-exceeded", "The quota is used up.",
                "Raise it, or keep fewer recovery points; what was committed is not affected.");
    }
}
