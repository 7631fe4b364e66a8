package org.holdfast.store.azure;

import java.time.Clock;

import org.holdfast.api.spi.store.StoreProvider;
import org.holdfast.azure.doubles.Azurite;
import org.holdfast.testkit.store.BlobStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The promises of a store, kept in the emulator Azurite. */
class AzuriteContractTest extends BlobStoreContract {
    private static Azurite azurite;
    private static StoreProvider provider;
    private static int next;

    @BeforeAll
    static void start() {
        azurite = Azurite.plain();
        provider = new AzureStoreProvider(Clock.systemUTC(), azurite.variables());
    }

    @AfterAll
    static void stop() {
        if (azurite != null) {
            azurite.close();
        }
    }

    @Override
    protected StoreProvider provider() {
        return provider;
    }

    @Override
    protected String freshLocation() {
        return azurite.location("contract") + "/store" + next++;
    }
}
