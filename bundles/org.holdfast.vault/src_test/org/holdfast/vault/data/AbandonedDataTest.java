package org.holdfast.vault.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.testkit.TestClock;
import org.holdfast.testkit.store.MemoryStoreProvider;
import org.holdfast.vault.TestCatalogs;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.data.ServerStores.ServerStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class AbandonedDataTest {

    private static final UUID VAULT = new UUID(1, 1);
    private static final UUID SERVER = new UUID(2, 1);
    private static final UUID OTHER = new UUID(2, 2);

    private final ServerStores stores =
            ServerStores.at(new MemoryStoreProvider(TestClock.still()), "stores", TestClock.still());
    private Catalog catalog;
    private AbandonedData abandoned;

    @BeforeEach
    void open(TestDatabase database) {
        catalog = TestCatalogs.open(database);
        abandoned = new AbandonedData(catalog, stores);
        catalog.run(handle -> {
            DataServers.ensure(handle, SERVER, VAULT);
            DataServers.ensure(handle, OTHER, VAULT);
        });
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @EveryDatabase
    void removesWhatWasStoredAndNothingElse() throws IOException {
        put(SERVER, "vault", "slots/a", "slots/b");
        put(OTHER, "vault", "slots/c");
        abandoned.abandoned(VAULT, SERVER);
        assertEquals(List.of(), names(SERVER));
        assertEquals(List.of("slots/c", "vault"), names(OTHER));
        assertEquals(1, catalog.read(DataServers::all).size());
        abandoned.abandoned(VAULT, SERVER);
    }

    @EveryDatabase
    void neverRemovesAPoint() throws IOException {
        put(SERVER, "vault", "slots/a", "points/p");
        abandoned.abandoned(VAULT, SERVER);
        assertEquals(List.of("points/p", "slots/a", "vault"), names(SERVER));
        assertEquals(2, catalog.read(DataServers::all).size());
    }

    @EveryDatabase
    void bearsAServerThatHasStoredNothing() {
        abandoned.abandoned(VAULT, SERVER);
        assertEquals(1, catalog.read(DataServers::all).size());
    }

    private void put(UUID server, String... names) throws IOException {
        try (ServerStore used = stores.openOrCreate(VAULT, server)) {
            for (String name : names) {
                byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
                used.store().put(name, ByteBuffer.wrap(bytes));
            }
        }
    }

    private List<String> names(UUID server) throws IOException {
        List<String> names = new ArrayList<>();
        try (ServerStore used = stores.open(VAULT, server)) {
            used.store().list("", object -> names.add(object.name()));
        }
        return names.stream().sorted().toList();
    }
}
