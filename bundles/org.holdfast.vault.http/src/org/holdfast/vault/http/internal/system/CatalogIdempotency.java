package org.holdfast.vault.http.internal.system;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.http.IdempotencyStore;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps answers to requests with idempotency keys in the catalogue, for a day. A request that never came to its end,
 * because its node went down, gives its key free after a while.
 */
@Component(service = IdempotencyStore.class)
public final class CatalogIdempotency implements IdempotencyStore {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int CLEANED_EVERY = 100;

    private final Catalog catalog;
    private final Clock clock;
    private final AtomicLong count = new AtomicLong();

    /** Keeps them there. */
    @Activate
    public CatalogIdempotency(@Reference Catalog catalog, @Reference Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    @Override
    public @Nullable Known begin(String id, String fingerprint) {
        Instant now = clock.instant();
        boolean clean = count.getAndIncrement() % CLEANED_EVERY == 0;
        return catalog.write(handle -> {
            forget(handle, clean ? null : id, now);
            int taken = handle.createUpdate("insert into idempotency_keys (id, fingerprint, created)"
                    + " values (:id, :fingerprint, :now) on conflict do nothing").bind("id", id)
                    .bind("fingerprint", fingerprint).bind("now", now).execute();
            return taken == 1 ? null : read(handle, id);
        });
    }

    @Override
    public void finish(String id, byte[] answer) {
        catalog.run(handle -> handle.createUpdate("update idempotency_keys set answer = :answer where id = :id")
                .bind("answer", Base64.getEncoder().encodeToString(answer)).bind("id", id).execute());
    }

    @Override
    public void release(String id) {
        catalog.run(handle -> handle.createUpdate("delete from idempotency_keys where id = :id and answer is null")
                .bind("id", id).execute());
    }

    private static void forget(Handle handle, @Nullable String id, Instant now) {
        String old = "delete from idempotency_keys where (created < :old or answer is null and created < :stuck)";
        var update = handle.createUpdate(id == null ? old : old + " and id = :id").bind("old", now.minus(KEPT))
                .bind("stuck", now.minus(LONGEST));
        if (id != null) {
            update.bind("id", id);
        }
        update.execute();
    }

    private static Known read(Handle handle, String id) {
        return handle.createQuery("select fingerprint, answer from idempotency_keys where id = :id").bind("id", id)
                .map((row, context) -> {
                    String answer = row.getString("answer");
                    return new Known(row.getString("fingerprint"),
                            answer == null ? null : Base64.getDecoder().decode(answer));
                }).findOne().orElse(new Known("", null));
    }
}
