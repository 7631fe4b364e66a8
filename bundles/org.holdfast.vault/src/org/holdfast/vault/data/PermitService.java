package org.holdfast.vault.data;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.holdfast.api.spi.store.remote.DirectAccess;
import org.holdfast.api.spi.store.remote.DirectAccess.Access;
import org.holdfast.api.spi.store.remote.Permit;
import org.holdfast.protocol.data.PermitAnswer;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.data.ServerStores.ServerStore;
import org.holdfast.vault.data.internal.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets servers send packs to the store and read them from it themselves, where the store can do that: one pack, one
 * way, for minutes. Everything small goes through the vault, which looks at it; what a pack is like inside is seen by
 * whoever reads it, and by the vault when it checks what it keeps.
 */
@Component(service = PermitService.class)
public final class PermitService {
    /** Long enough for a pack on a slow line: a request that has begun may last longer. */
    static final Duration VALIDITY = Duration.ofMinutes(15);
    private static final Logger LOG = LoggerFactory.getLogger(PermitService.class);
    private static final int REMEMBERED = 20_000;

    private final ServerStores stores;
    private final ObjectService objects;
    /** Packs on their way, so that asking again for the same one does not count its bytes twice. */
    private final Map<String, Boolean> coming = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Takes what it works with. */
    @Activate
    public PermitService(@Reference ServerStores stores, @Reference ObjectService objects) {
        this.stores = stores;
        this.objects = objects;
    }

    /**
     * Lets a server make a pack.
     *
     * @param length bytes it will have
     * @throws Refusal when it may not be stored, or does not fit
     */
    public PermitAnswer create(UUID vault, UUID server, String name, long length) throws IOException {
        requirePack(name);
        if (length <= 0 || length > ObjectKind.PACK.largest()) {
            throw new Refusal(Refusal.Kind.INVALID, "length-needed", "The length of the pack has to be given.", "");
        }
        try (ServerStore store = stores.openOrCreate(vault, server)) {
            if (!(store.store() instanceof DirectAccess direct)) {
                return PermitAnswer.THROUGH_VAULT;
            }
            if (store.store().size(name) >= 0) {
                return PermitAnswer.THERE;
            }
            objects.requireRoom(vault, server, store, length);
            PermitAnswer answer = permit(direct, name, Access.CREATE);
            if (answer.address() != null && isNew(server, name)) {
                // Counted when it is let in: what never arrives is counted too much, and nothing too little.
                store.added().addAndGet(length);
            }
            return answer;
        }
    }

    /**
     * Notes that a pack was made with a permit.
     *
     * @throws Refusal when it is not there, or of another length
     */
    public void arrived(UUID vault, UUID server, String name, long length) throws IOException {
        requirePack(name);
        try (ServerStore store = stores.open(vault, server)) {
            long size = store.store() instanceof DirectAccess direct ? direct.arrived(name) : store.store().size(name);
            if (size < 0) {
                throw Refusal.notFound("object");
            }
            if (size != length) {
                throw new Refusal(Refusal.Kind.UNACCEPTABLE, "length-mismatch",
                        "The pack has " + size + " bytes and not " + length + ".", "");
            }
            synchronized (coming) {
                coming.remove(server + "/" + name);
            }
        } catch (NoSuchFileException e) {
            throw Refusal.notFound("object");
        }
    }

    /** Lets a server read a pack; who may read whose was asked before. */
    public PermitAnswer read(UUID vault, UUID owner, String name) throws IOException {
        requirePack(name);
        try (ServerStore store = stores.open(vault, owner)) {
            return store.store() instanceof DirectAccess direct ? permit(direct, name, Access.READ)
                    : PermitAnswer.THROUGH_VAULT;
        } catch (NoSuchFileException e) {
            throw Refusal.notFound("object");
        }
    }

    private static PermitAnswer permit(DirectAccess store, String name, Access access) {
        try {
            Permit permit = store.permit(name, access, VALIDITY);
            return new PermitAnswer(false, permit.address().toString(), permit.headers(), permit.expires(),
                    permit.trust());
        } catch (IOException e) {
            LOG.warn("no permit for the store can be made, so bytes go through the vault: {}", e.getMessage());
            return PermitAnswer.THROUGH_VAULT;
        }
    }

    private boolean isNew(UUID server, String name) {
        synchronized (coming) {
            return coming.put(server + "/" + name, Boolean.TRUE) == null;
        }
    }

    private static void requirePack(String name) {
        if (ObjectKind.of(name) != ObjectKind.PACK) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "name-refused", "Only packs go without the vault.", "");
        }
    }
}
