package org.holdfast.console.monitor.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.model.Row;

/**
 * What the lists of vault servers do not tell of vaults: room, packs and what was freed. Asked for now and then, of a
 * limited number of vaults. Thread-safe.
 */
final class VaultCares {
    /** Of more vaults nothing is asked. */
    static final int MOST = 50;
    private static final Duration EVERY = Duration.ofMinutes(2);

    /**
     * What is known of a vault.
     *
     * @param room bytes that its store can still take, from all vaults together, or null
     * @param packs packs that were read again
     * @param freed bytes that collections have freed
     */
    record Care(@Nullable Long room, long packs, long freed) {
    }

    private final Clock clock;
    private final Runnable changed;
    private final Map<String, Instant> asked = new ConcurrentHashMap<>();
    private final Map<String, Care> known = new ConcurrentHashMap<>();

    /** @param changed told on any thread when more is known */
    VaultCares(Clock clock, Runnable changed) {
        this.clock = clock;
        this.changed = changed;
    }

    private static String key(Row<VaultSummary> row) {
        return row.session().connection().id() + '/' + row.value().id();
    }

    /** Asks where it is time to. */
    void ask(List<Row<VaultSummary>> vaults) {
        Instant now = clock.instant();
        vaults.stream().limit(MOST).filter(row -> row.session().state().isConnected()).forEach(row -> {
            Instant last = asked.get(key(row));
            if (last == null || last.plus(EVERY).isBefore(now)) {
                asked.put(key(row), now);
                ask(row);
            }
        });
    }

    private void ask(Row<VaultSummary> row) {
        String name = row.value().name();
        var api = row.session().api();
        api.vaults().storage(name).thenCombine(api.maintenance().of(name),
                (storage, state) -> new Care(storage.roomBytes(), state.packs(), state.freedTotal()))
                .thenAccept(care -> {
                    if (!care.equals(known.put(key(row), care))) {
                        changed.run();
                    }
                });
    }

    /** What is known of a vault, or null. */
    @Nullable
    Care of(Row<VaultSummary> row) {
        return known.get(key(row));
    }

    /** Asks anew the next time. */
    void forget() {
        asked.clear();
    }
}
