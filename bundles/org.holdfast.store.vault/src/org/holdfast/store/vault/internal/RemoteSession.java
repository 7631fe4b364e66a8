package org.holdfast.store.vault.internal;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.client.Call;
import org.holdfast.client.VaultClient;
import org.holdfast.protocol.data.OpenSession;
import org.holdfast.protocol.data.SessionOpened;
import org.holdfast.store.vault.VaultStoreSettings;

/** The session of a store at the vault; opened with the first write. Thread-safe. */
public final class RemoteSession implements AutoCloseable {
    private static final String PATH = "/agent/v1/sessions";

    private final VaultClient client;
    private final VaultStoreSettings settings;
    private @Nullable SessionOpened opened;

    /** Opens nothing yet. */
    public RemoteSession(VaultClient client, VaultStoreSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    private synchronized SessionOpened opened() {
        SessionOpened known = opened;
        if (known == null) {
            known = client.send(Call.post(PATH, new OpenSession(settings.bootId(), settings.job(),
                    settings.purpose())), SessionOpened.class).body();
            opened = known;
        }
        return known;
    }

    /** A call within the session. */
    public Call in(Call call) {
        return call.header(SessionOpened.HEADER, opened().header());
    }

    /** Where points are committed. */
    public String commit(String name) {
        return PATH + "/" + opened().session() + "/commit/" + name;
    }

    /** Opens it now. */
    public void open() {
        opened();
    }

    /** Ends it, when it was opened; what the vault says to that does not matter any more. */
    @Override
    public synchronized void close() {
        SessionOpened known = opened;
        if (known != null) {
            opened = null;
            try {
                client.delete(PATH + "/" + known.session(), null);
            } catch (HoldfastException e) {
                // The vault ends it by itself when nobody is heard in it, or the next run of the agent does.
                return;
            }
        }
    }
}
