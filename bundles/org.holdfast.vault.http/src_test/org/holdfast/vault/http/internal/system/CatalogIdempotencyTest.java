package org.holdfast.vault.http.internal.system;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.CatalogSettings;
import org.junit.jupiter.api.BeforeEach;

class CatalogIdempotencyTest {
    private final TestClock clock = TestClock.at(Instant.parse("2030-01-01T00:00:00Z"));
    private CatalogIdempotency store;

    @BeforeEach
    void open(TestDatabase database) {
        database.create("catalog", empty -> new Catalog(settings(empty)).close());
        Catalog catalog = database.closeLater(new Catalog(settings(database)));
        store = new CatalogIdempotency(catalog, clock);
    }

    private static CatalogSettings settings(TestDatabase database) {
        return database.isEmbedded() ? CatalogSettings.inMemory(database.name())
                : new CatalogSettings(database.jdbcUrl(), database.user(), "");
    }

    @EveryDatabase
    void keepsTheFirstAnswerForADay() {
        assertNull(store.begin("id", "asked"));
        assertNull(store.begin("id", "asked").answer());
        store.finish("id", new byte[] { 1, -1 });
        clock.advance(Duration.ofHours(23));
        assertArrayEquals(new byte[] { 1, -1 }, store.begin("id", "other").answer());
        assertEquals("asked", store.begin("id", "other").fingerprint());
        clock.advance(Duration.ofHours(2));
        assertNull(store.begin("id", "other"));
    }

    @EveryDatabase
    void givesAKeyFreeWhenItsRequestFailedOrNeverEnded() {
        assertNull(store.begin("failed", "asked"));
        store.release("failed");
        assertNull(store.begin("failed", "asked"));
        assertNull(store.begin("lost", "asked"));
        clock.advance(Duration.ofMinutes(11));
        assertNull(store.begin("lost", "asked"));
        store.finish("lost", new byte[0]);
        store.release("lost");
        assertNotNull(store.begin("lost", "asked"));
    }

    @EveryDatabase
    void givesAKeyToOneOfMany() throws Exception {
        List<Future<Boolean>> asked = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                asked.add(threads.submit(() -> store.begin("wanted", "asked") == null));
            }
        }
        int taken = 0;
        for (Future<Boolean> each : asked) {
            taken += each.get() ? 1 : 0;
        }
        assertEquals(1, taken);
    }
}
