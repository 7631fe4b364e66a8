package org.holdfast.vault.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import org.holdfast.sql.testkit.PostgresServer;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.vault.catalog.CatalogSettings;
import org.junit.jupiter.api.Assertions;

/** Two nodes over one PostgreSQL and one folder of objects. */
final class TwoNodes implements AutoCloseable {
    final TestDatabase database;
    final VaultNode first;
    final NodeClient ann;
    private final Path folder;
    private final PostgresServer postgres;
    VaultNode second;

    TwoNodes(Path folder) {
        this.folder = folder;
        postgres = PostgresServer.start();
        database = postgres.newDatabase().create();
        first = node("first");
        second = more("second");
        ann = first.signIn();
        ann.send("POST", "/api/v1/vaults", "{\"name\":\"main\"}");
    }

    /** A node with an authority of its own, unless its folder has one. */
    VaultNode node(String name) {
        return VaultNode.in(folder.resolve(name)).catalog(settings()).store(folder.resolve("store")).start();
    }

    CatalogSettings settings() {
        return new CatalogSettings(database.jdbcUrl(), database.user(), "");
    }

    /** A node more, as an administrator adds one. */
    VaultNode more(String name) {
        prepare(name);
        return node(name);
    }

    /** The folder of a node more. */
    Path prepare(String name) {
        try {
            Path pki = Files.createDirectories(folder.resolve(name).resolve("pki"));
            for (String file : new String[] { "ca.pem", "ca.key" }) {
                Files.copy(folder.resolve("first").resolve("pki").resolve(file), pki.resolve(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder.resolve(name);
    }

    /** Waits until something holds. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                Assertions.fail("never: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Override
    public void close() throws Exception {
        ann.close();
        first.close();
        second.close();
        database.close();
        postgres.close();
    }
}
