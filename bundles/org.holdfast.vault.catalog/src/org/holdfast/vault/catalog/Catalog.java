package org.holdfast.vault.catalog;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.catalog.internal.DataSources;
import org.holdfast.vault.catalog.internal.GroupFlush;
import org.holdfast.vault.catalog.internal.Instants;
import org.holdfast.vault.catalog.internal.Migrations;
import org.holdfast.vault.catalog.internal.Uuids;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.zaxxer.hikari.HikariDataSource;

/**
 * The vault's mutable facts in SQL: one database, embedded H2 or PostgreSQL, with the same statements for both. Opening
 * it brings its schema up to date. Work is given as functions over a Jdbi handle; a function that changes something is
 * one transaction and may be run several times, so it must have no effect outside the database. Calls inside a running
 * function join its transaction. Isolation is "read committed": take rows that you decide upon with
 * {@code for update}, or put the condition into the update and look at its count. Thread-safe.
 */
@Component(service = Catalog.class)
public final class Catalog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);
    private static final int ATTEMPTS = 8;
    private static final ScopedValue<Current> CURRENT = ScopedValue.newInstance();
    private static final ScopedValue<Carried> CARRIED = ScopedValue.newInstance();

    private final CatalogSettings settings;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final boolean embedded;
    private final GroupFlush flush = new GroupFlush("checkpoint");
    private final GroupFlush sync = new GroupFlush("checkpoint sync");

    /**
     * Opens the catalogue and brings its schema up to date.
     *
     * @throws org.holdfast.api.HoldfastException when the database cannot be reached, is in use by another process, or
     *         was written by a newer version
     */
    @Activate
    public Catalog(@Reference CatalogSettings settings) {
        this(settings, UnaryOperator.identity());
    }

    /**
     * Opens the catalogue with something between it and the database, for tests that look at calls or let them fail.
     *
     * @param between gets the source of connections and gives the one to use
     */
    public Catalog(CatalogSettings settings, UnaryOperator<DataSource> between) {
        this.settings = settings;
        embedded = settings.isEmbedded();
        pool = DataSources.open(settings);
        try {
            Migrations.migrate(pool);
            jdbi = Jdbi.create(between.apply(pool));
            Instants.register(jdbi);
            Uuids.register(jdbi);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** Opens the embedded catalogue in a folder. */
    public static Catalog open(Path folder) {
        return new Catalog(CatalogSettings.embedded(folder));
    }

    /** Opens the catalogue at a JDBC URL. */
    public static Catalog open(String jdbcUrl, String user, String password) {
        return new Catalog(new CatalogSettings(jdbcUrl, user, password));
    }

    /** What opening would do to the schema, without doing it; empty when it is up to date. */
    public static List<PendingScript> pending(CatalogSettings settings) {
        try (HikariDataSource source = DataSources.open(settings)) {
            return Migrations.pending(source);
        }
    }

    /** Whether it is the embedded database. */
    public boolean isEmbedded() {
        return embedded;
    }

    /** The number of the newest script that this program knows. */
    public static String schemaVersion() {
        return Migrations.newest();
    }

    /**
     * A connection beside the pool, for what belongs to a connection; PostgreSQL only. The server notices within half a
     * minute when this machine is gone.
     *
     * @param purpose a word for who looks at the server's connections
     */
    public Connection dedicated(String purpose) throws SQLException {
        return DataSources.dedicated(settings, purpose);
    }

    /** Runs a function that only reads, on one connection; each statement sees what is committed when it starts. */
    public <T extends @Nullable Object> T read(Function<Handle, T> work) {
        Current current = current();
        if (current != null) {
            return work.apply(current.handle);
        }
        try (Handle handle = jdbi.open()) {
            handle.setReadOnly(true);
            return ScopedValue.where(CURRENT, new Current(this, handle, false)).call(() -> work.apply(handle));
        }
    }

    /**
     * Runs a function in one transaction, again from its start when the database reports a conflict with another one.
     * Committed when it returns, rolled back when it throws. A commit survives the death of this process.
     */
    public <T extends @Nullable Object> T write(Function<Handle, T> work) {
        Current current = current();
        if (current != null) {
            if (!current.writing) {
                throw new IllegalStateException("a change inside of catalog.read");
            }
            return work.apply(current.handle);
        }
        return write(work, flush);
    }

    private <T extends @Nullable Object> T write(Function<Handle, T> work, GroupFlush how) {
        T result = transaction(work);
        // Not among the attempts: whatever happens here, the work has been done.
        if (embedded) {
            how.run(jdbi::open);
        }
        return result;
    }

    private <T extends @Nullable Object> T transaction(Function<Handle, T> work) {
        for (int attempt = 1;; attempt++) {
            try (Handle handle = jdbi.open()) {
                Carried carried = CARRIED.isBound() && CARRIED.get().waitsFor(this) ? CARRIED.get() : null;
                T result = handle.inTransaction(TransactionIsolationLevel.READ_COMMITTED, h -> ScopedValue
                        .where(CURRENT, new Current(this, h, true)).call(() -> {
                            T done = work.apply(h);
                            if (carried != null) {
                                carried.last.accept(h);
                            }
                            return done;
                        }));
                if (carried != null) {
                    carried.stored();
                }
                return result;
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !isConflict(e)) {
                    throw e;
                }
                LOG.debug("transaction conflicts with another one, attempt {}", attempt, e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextLong(2, 5L << attempt)));
            }
        }
    }

    /**
     * Does something whose first change in this catalogue, made by the calling thread, also holds what is given: both
     * are committed together or not at all. Without a change nothing is added.
     *
     * @param last the last thing before the commit; may be run several times
     * @param work what is done; it may make several changes, only the first one holds the addition
     * @param stored called at once after the commit that held the addition
     */
    public <T extends @Nullable Object> T carrying(Consumer<Handle> last, Runnable stored, Callable<T> work)
            throws Exception {
        return ScopedValue.where(CARRIED, new Carried(this, last, stored)).call(work::call);
    }

    /** As {@link #write(Function)}, for work without a result. */
    public void run(Consumer<Handle> work) {
        write(handle -> {
            work.accept(handle);
            return handle;
        });
    }

    /**
     * As {@link #write(Function)}; when it returns, the commit has also been forced to the disk and survives a loss of
     * power. PostgreSQL does that for every commit.
     */
    public <T extends @Nullable Object> T writeDurably(Function<Handle, T> work) {
        return current() != null ? write(work) : write(work, sync);
    }

    /** Closes all connections; the embedded database gives its file free. */
    @Deactivate
    @Override
    public void close() {
        if (embedded && !pool.isClosed()) {
            try (Handle handle = jdbi.open()) {
                handle.execute("shutdown");
            } catch (RuntimeException e) {
                LOG.debug("the embedded database was closed already", e);
            }
        }
        pool.close();
    }

    private @Nullable Current current() {
        Current current = CURRENT.isBound() ? CURRENT.get() : null;
        return current != null && current.catalog == this ? current : null;
    }

    /** Serialisation failure, deadlock, lock not available or row changed meanwhile, as either database reports it. */
    private static boolean isConflict(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && sql.getSQLState() != null) {
                switch (sql.getSQLState()) {
                    case "40001", "40P01", "55P03", "HYT00", "90131" -> {
                        return true;
                    }
                    default -> {
                    }
                }
            }
        }
        return false;
    }

    private record Current(Catalog catalog, Handle handle, boolean writing) {
    }

    /** What waits for the first change of a piece of work. Confined to its thread. */
    private static final class Carried {
        private final Catalog catalog;
        private final Consumer<Handle> last;
        private final Runnable whenStored;
        private boolean stored;

        Carried(Catalog catalog, Consumer<Handle> last, Runnable whenStored) {
            this.catalog = catalog;
            this.last = last;
            this.whenStored = whenStored;
        }

        boolean waitsFor(Catalog writing) {
            return !stored && catalog == writing;
        }

        void stored() {
            stored = true;
            whenStored.run();
        }
    }
}
