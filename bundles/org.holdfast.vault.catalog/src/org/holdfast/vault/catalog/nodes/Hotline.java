package org.holdfast.vault.catalog.nodes;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.holdfast.vault.catalog.Catalog;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hears what nodes tell each other through PostgreSQL (https://www.postgresql.org/docs/15/sql-notify.html). Nothing is
 * kept for who does not listen: after opening it, everything has to be looked at once. To be used by one thread.
 */
public final class Hotline implements AutoCloseable {
    /** The longest text, in bytes; PostgreSQL takes less than 8000. */
    public static final int LONGEST = 7900;
    private static final String CHANNEL = "holdfast";

    private final Connection connection;
    private final PGConnection postgres;

    /**
     * Begins to listen.
     *
     * @throws SQLException when the database cannot be reached
     */
    public Hotline(Catalog catalog) throws SQLException {
        connection = catalog.dedicated("news");
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen " + CHANNEL);
            postgres = connection.unwrap(PGConnection.class);
        } catch (SQLException e) {
            Quietly.close(connection);
            throw e;
        }
    }

    /**
     * What was told; waits while nothing is.
     *
     * @throws SQLException when the connection is gone; something may have been missed
     */
    public List<String> hear(Duration patience) throws SQLException {
        var texts = new ArrayList<String>();
        PGNotification[] told = postgres.getNotifications((int) patience.toMillis());
        if (told == null || told.length == 0) {
            // Silence may be a connection that is dead.
            try (Statement statement = connection.createStatement()) {
                statement.execute("select 1");
            }
            return texts;
        }
        for (PGNotification each : told) {
            texts.add(each.getParameter());
        }
        return texts;
    }

    /** Tells all nodes, when the transaction of the handle is committed. */
    public static void tell(Handle handle, String text) {
        handle.createQuery("select cast(pg_notify(:channel, :text) as text)").bind("channel", CHANNEL)
                .bind("text", text).mapTo(String.class).list();
    }

    @Override
    public void close() {
        Quietly.close(connection);
    }
}
