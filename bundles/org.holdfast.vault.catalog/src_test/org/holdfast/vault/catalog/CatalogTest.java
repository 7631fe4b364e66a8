package org.holdfast.vault.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.sql.testkit.TestDatabase;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;

class CatalogTest {

    private Catalog catalog;

    @BeforeEach
    void open(TestDatabase database) {
        catalog = TestCatalogs.open(database);
        catalog.run(handle -> handle.execute("create table counters (id integer primary key, n bigint not null, "
                + "seen timestamp with time zone)"));
        catalog.run(handle -> handle.execute("insert into counters (id, n) values (1, 0), (2, 0)"));
    }

    @EveryDatabase
    void opensAgainWithNothingToDo(TestDatabase database) {
        assertEquals(List.of(), Catalog.pending(TestCatalogs.settings(database)));
    }

    @EveryDatabase
    void rollsBackWhenTheWorkThrows() {
        assertThrows(IllegalStateException.class, () -> catalog.run(handle -> {
            handle.execute("update counters set n = 5 where id = 1");
            throw new IllegalStateException("no");
        }));
        assertEquals(0, counter(1));
    }

    @EveryDatabase
    void innerWorkBelongsToTheOuterTransaction() {
        assertThrows(IllegalStateException.class, () -> catalog.run(handle -> {
            catalog.run(inner -> inner.execute("update counters set n = 5 where id = 1"));
            assertEquals(5, counter(1));
            throw new IllegalStateException("no");
        }));
        assertEquals(0, counter(1));
    }

    @EveryDatabase
    void refusesChangesWhileReading() {
        assertThrows(IllegalStateException.class,
                () -> catalog.read(handle -> catalog.write(inner -> inner.execute("update counters set n = 5"))));
        assertEquals(0, counter(1));
    }

    @EveryDatabase
    void theFirstChangeCarriesWhatIsGiven() throws Exception {
        AtomicInteger stored = new AtomicInteger();
        assertEquals("done", catalog.carrying(CatalogTest::count, stored::incrementAndGet, () -> {
            counter(1);
            assertEquals(0, stored.get(), "nothing has changed yet");
            catalog.run(handle -> handle.execute("update counters set n = 5 where id = 1"));
            assertEquals(1, stored.get());
            catalog.run(handle -> handle.execute("update counters set n = 6 where id = 1"));
            return "done";
        }));
        assertEquals(1, stored.get());
        assertEquals(6, counter(1));
        assertEquals(1, counter(2));
    }

    @EveryDatabase
    void aChangeThatFailsCarriesNothing() throws Exception {
        AtomicInteger stored = new AtomicInteger();
        assertThrows(IllegalStateException.class,
                () -> catalog.carrying(CatalogTest::count, stored::incrementAndGet, () -> catalog.write(handle -> {
                    throw new IllegalStateException("no");
                })));
        assertEquals(0, stored.get());
        assertEquals(0, counter(2));
    }

    @EveryDatabase
    void whatCannotBeCarriedUndoesTheChange() throws Exception {
        assertThrows(RuntimeException.class, () -> catalog.carrying(handle -> handle.execute("insert into nowhere "
                + "values (1)"), () -> {
                }, () -> catalog.write(handle -> handle.execute("update counters set n = 5 where id = 1"))));
        assertEquals(0, counter(1));
    }

    private static void count(Handle handle) {
        handle.execute("update counters set n = n + 1 where id = 2");
    }

    @EveryDatabase
    void losesNoUpdateOfManyThreads() throws Exception {
        inParallel(8, number -> {
            for (int i = 0; i < 25; i++) {
                catalog.run(handle -> {
                    long n = handle.createQuery("select n from counters where id = 1 for update").mapTo(Long.class)
                            .one();
                    handle.execute("update counters set n = ? where id = 1", n + 1);
                });
            }
        });
        assertEquals(200, counter(1));
    }

    @EveryDatabase
    void runsTheLoserOfADeadlockAgain() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        inParallel(2, number -> {
            for (int i = 0; i < 10; i++) {
                catalog.run(handle -> {
                    runs.incrementAndGet();
                    add(handle, 1 + number);
                    add(handle, 2 - number);
                });
            }
        });
        assertEquals(20, counter(1));
        assertEquals(20, counter(2));
        assertEquals(true, runs.get() >= 20);
    }

    @EveryDatabase
    void keepsInstantsToTheMicrosecond() {
        Instant twice = Instant.parse("2026-10-25T00:30:00.123456Z");
        catalog.run(handle -> handle.execute("update counters set seen = ? where id = 1", twice));
        Instant read = catalog.read(handle -> handle.createQuery("select seen from counters where id = 1")
                .mapTo(Instant.class).one());
        assertEquals(twice, read);
        assertEquals(1L,
                (long) catalog.read(handle -> handle.createQuery("select count(*) from counters where seen = :t")
                        .bind("t", twice).mapTo(Long.class).one()));
    }

    @EveryDatabase
    void commitsDurably() {
        catalog.writeDurably(handle -> handle.execute("update counters set n = 7 where id = 2"));
        assertEquals(7, counter(2));
    }

    private static void add(Handle handle, int id) {
        handle.execute("update counters set n = n + 1 where id = ?", id);
    }

    private long counter(int id) {
        return catalog.read(handle -> handle.createQuery("select n from counters where id = :id").bind("id", id)
                .mapTo(Long.class).one());
    }

    private interface Work {
        void run(int number) throws Exception;
    }

    private static void inParallel(int threads, Work work) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                all.add(executor.submit(() -> {
                    work.run(number);
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }
}
