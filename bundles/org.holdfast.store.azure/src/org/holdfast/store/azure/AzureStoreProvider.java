package org.holdfast.store.azure;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreProvider;
import org.holdfast.api.spi.store.remote.StoreCheck;
import org.holdfast.store.azure.internal.Accounts;
import org.holdfast.store.azure.internal.AzureLocation;
import org.holdfast.store.azure.internal.AzureStore;
import org.holdfast.store.azure.internal.PlaceCheck;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Stores in Azure Blob storage. A location is {@code azure://ACCOUNT.blob.core.windows.net/CONTAINER[/PREFIX]}; who
 * this program is there comes from its environment, see {@link org.holdfast.azure.AzureSettings}. No class of the Azure
 * SDK is loaded before the first such location is used.
 */
@Component(service = { StoreProvider.class, StoreCheck.class })
public final class AzureStoreProvider implements StoreProvider, StoreCheck {
    /** What {@link #scheme()} says. */
    public static final String SCHEME = "azure";

    private final Clock clock;
    private final Map<String, String> variables;
    private @Nullable Accounts accounts;

    /** A provider with the environment and the clock of this process. */
    @Activate
    public AzureStoreProvider() {
        this(Clock.systemUTC(), System.getenv());
    }

    /**
     * Puts it together by hand.
     *
     * @param clock for permits and locks
     * @param variables in the place of those of the environment
     */
    public AzureStoreProvider(Clock clock, Map<String, String> variables) {
        this.clock = clock;
        this.variables = Map.copyOf(variables);
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public boolean accepts(String location) {
        return AzureLocation.isMeant(location);
    }

    private synchronized Accounts accounts() throws IOException {
        Accounts known = accounts;
        if (known == null) {
            known = new Accounts(clock, variables);
            accounts = known;
        }
        return known;
    }

    private static AzureLocation parse(String location) throws FileSystemException {
        try {
            return AzureLocation.parse(location);
        } catch (IllegalArgumentException e) {
            var bad = new FileSystemException(location, null, e.getMessage());
            bad.initCause(e);
            throw bad;
        }
    }

    @Override
    public BlobStore open(String location) throws IOException {
        AzureStore store = accounts().store(parse(location));
        if (!store.isThere()) {
            throw new NoSuchFileException(location);
        }
        return store;
    }

    @Override
    public BlobStore create(String location) throws IOException {
        AzureStore store = accounts().store(parse(location));
        if (!store.isEmpty()) {
            throw new FileAlreadyExistsException(location);
        }
        store.create();
        return store;
    }

    @Override
    public List<Finding> check(String location) {
        try {
            return new PlaceCheck(accounts(), parse(location), clock).run();
        } catch (IOException e) {
            String text = e instanceof FileSystemException file && file.getReason() != null ? file.getReason()
                    : String.valueOf(e.getMessage());
            return List.of(new Finding(Level.BAD, "credential", text));
        }
    }
}
