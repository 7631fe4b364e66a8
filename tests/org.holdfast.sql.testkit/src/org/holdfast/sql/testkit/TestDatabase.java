package org.holdfast.sql.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A fresh database of one test. What is opened on it can be handed over for closing, so that a test needs no clean-up
 * of its own.
 */
public final class TestDatabase implements AutoCloseable {

    private final PostgresServer server;
    private final String name;
    private final String jdbcUrl;
    private final Deque<AutoCloseable> closeables = new ArrayDeque<>();
    private boolean created;

    private TestDatabase(PostgresServer server, String name, String jdbcUrl) {
        this.server = server;
        this.name = name;
        this.jdbcUrl = jdbcUrl;
    }

    static TestDatabase h2() {
        String name = "test-" + UUID.randomUUID();
        return new TestDatabase(null, name, "jdbc:h2:mem:" + name);
    }

    static TestDatabase postgres(PostgresServer server, String name) {
        return new TestDatabase(server, name, server.url(name));
    }

    /** Whether it is H2, in memory. */
    public boolean isEmbedded() {
        return server == null;
    }

    /** Name of the database at its server or in this process. */
    public String name() {
        return name;
    }

    /** How to connect; H2 without any option. */
    public String jdbcUrl() {
        return jdbcUrl;
    }

    /** The account at the database. */
    public String user() {
        return PostgresServer.USER;
    }

    /** Makes the database, with nothing in it. */
    public TestDatabase create() {
        if (!isEmbedded() && !created) {
            server.create(name, null);
            created = true;
        }
        return this;
    }

    /**
     * Makes the database with a schema that is built once for all tests of this process and then copied. H2 has no such
     * copies; there the caller builds it.
     *
     * @param schema names the schema
     * @param build makes the schema in the empty database it is given, and leaves no connection
     */
    public TestDatabase create(String schema, Consumer<TestDatabase> build) {
        if (!isEmbedded() && !created) {
            server.create(name, server.template(schema, build));
            created = true;
        }
        return this;
    }

    /** Closes something when the test has ended, before the database is dropped. */
    public <T extends AutoCloseable> T closeLater(T closeable) {
        closeables.push(closeable);
        return closeable;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable closeable : closeables) {
            closeable.close();
        }
        if (created) {
            server.drop(name);
        }
    }
}
