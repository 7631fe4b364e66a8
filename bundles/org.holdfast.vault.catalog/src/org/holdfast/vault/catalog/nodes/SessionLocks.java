package org.holdfast.vault.catalog.nodes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.holdfast.vault.catalog.Catalog;

/**
 * Locks of PostgreSQL that belong to one connection
 * (https://www.postgresql.org/docs/15/explicit-locking.html#ADVISORY-LOCKS): they end with it, so with the process that
 * has them, whatever it dies of. To be used by one thread at a time.
 */
public final class SessionLocks implements AutoCloseable {
    private final Connection connection;

    /**
     * Opens the connection.
     *
     * @throws SQLException when the database cannot be reached
     */
    public SessionLocks(Catalog catalog) throws SQLException {
        connection = catalog.dedicated("locks");
    }

    /** Takes a lock that nobody has; false when somebody has it. */
    public boolean tryLock(String name) throws SQLException {
        return ask("select pg_try_advisory_lock(?)", name);
    }

    /** Gives a lock back. */
    public void unlock(String name) throws SQLException {
        ask("select pg_advisory_unlock(?)", name);
    }

    private boolean ask(String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, key(name));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /** Fails when the connection, and with it all locks, is gone. */
    public void verify() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select 1");
        }
    }

    private static long key(String name) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256")
                    .digest(("holdfast/" + name).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(sum).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime offers no SHA-256", e);
        }
    }

    @Override
    public void close() {
        Quietly.close(connection);
    }
}
