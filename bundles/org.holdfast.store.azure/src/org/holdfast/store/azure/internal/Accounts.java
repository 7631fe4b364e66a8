package org.holdfast.store.azure.internal;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.holdfast.azure.AzureAccess;
import org.holdfast.azure.AzureSettings;

/** The storage accounts that this program uses, all with the one identity it has. Thread-safe. */
public final class Accounts {
    private static final String SAS_VERSION = "AZURE_STORAGE_SAS_SERVICE_VERSION";

    private final Clock clock;
    private final AzureSettings settings;
    private final StoreOptions options;
    private final AzureAccess access;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    /**
     * Makes no connection yet.
     *
     * @throws IOException when the environment does not say who this program is, with a sentence about it
     */
    public Accounts(Clock clock, Map<String, String> variables) throws IOException {
        this.clock = clock;
        try {
            settings = AzureSettings.of(variables);
            // The SDK reads the version of signatures once and from here alone; emulators know older ones only.
            String version = settings.variable(StoreOptions.VERSION);
            if (!version.isEmpty() && System.getProperty(SAS_VERSION) == null) {
                System.setProperty(SAS_VERSION, version);
            }
            options = StoreOptions.of(settings);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        access = new AzureAccess(settings);
    }

    /** Who this program is. */
    public AzureSettings settings() {
        return settings;
    }

    /** How its stores work. */
    public StoreOptions options() {
        return options;
    }

    /** The identity and the transport. */
    public AzureAccess access() {
        return access;
    }

    /** The account of a location. */
    public Account account(AzureLocation location) throws IOException {
        String endpoint = location.endpoint().toString();
        Account known = accounts.get(endpoint);
        if (known == null) {
            var made = new Account(location, access, options, clock);
            Account before = accounts.putIfAbsent(endpoint, made);
            known = before == null ? made : before;
        }
        return known;
    }

    /** The store of a location, whether there is one or not. */
    public AzureStore store(AzureLocation location) throws IOException {
        return new AzureStore(location, account(location), options, clock);
    }
}
