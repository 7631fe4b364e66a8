package org.holdfast.vault.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.crypto.CryptoException;
import org.holdfast.crypto.DomainProof;
import org.holdfast.crypto.KeySlot;
import org.holdfast.protocol.data.SlotRemoval;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DataServerRow;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.catalog.data.SlotsGone;
import org.holdfast.vault.data.ServerStores.ServerStore;
import org.holdfast.vault.data.internal.ObjectKind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Key slots that go: the only thing of weight that a server can take away. It takes the signature of whoever holds the
 * key of the domain, and another slot that stays, so neither a stolen certificate nor a mistake locks anybody out.
 */
@Component(service = SlotService.class)
public final class SlotService {
    private static final String SLOTS = "slots/";
    private static final int MAX_BYTES = 4096;

    private final Catalog catalog;
    private final ServerStores stores;
    private final Clock clock;

    /** Takes what it works with. */
    @Activate
    public SlotService(@Reference Catalog catalog, @Reference ServerStores stores, @Reference Clock clock) {
        this.catalog = catalog;
        this.stores = stores;
        this.clock = clock;
    }

    /**
     * Removes a key slot for good.
     *
     * @param id of the slot, 32 hex digits
     * @throws Refusal {@code slot-proof-wrong}, {@code last-slot}, or when there is no such slot
     */
    public void remove(UUID vault, UUID server, String id, SlotRemoval removal) throws IOException {
        String name = SLOTS + id;
        if (ObjectKind.of(name) != ObjectKind.SLOT) {
            throw Refusal.notFound("slot");
        }
        try (ServerStore store = stores.open(vault, server)) {
            if (store.store().size(name) < 0) {
                throw Refusal.notFound("slot");
            }
            List<String> readable = readable(store.store());
            catalog.run(h -> {
                // One removal of a server at a time: two at once could each take the other for what stays.
                DataServerRow row = DataServers.lock(h, server).orElseThrow(() -> Refusal.notFound("slot"));
                requireProof(row, name, removal);
                if (readable.stream().allMatch(other -> other.equals(id) || SlotsGone.contains(h, server, other))) {
                    throw new Refusal(Refusal.Kind.CONFLICT, "last-slot", "The last key slot cannot be removed.",
                            "Without it nothing could ever be restored; add another one first.");
                }
                SlotsGone.add(h, server, id, clock.instant());
            });
            // After a crash in between the same call finishes this.
            store.store().delete(name);
        } catch (NoSuchFileException e) {
            throw Refusal.notFound("slot");
        }
    }

    private static void requireProof(DataServerRow server, String name, SlotRemoval removal) {
        String key = server.publicKey();
        if (key == null || !DomainProof.verify(HexFormat.of().parseHex(key), SlotRemoval.PURPOSE,
                name.getBytes(StandardCharsets.US_ASCII), removal.proof())) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "slot-proof-wrong",
                    "Nothing proves that whoever removes the key slot holds the server's passphrase.",
                    "Use the server's passphrase.");
        }
    }

    /** Slots that can be read; which passphrase opens them nobody here can know. */
    private static List<String> readable(BlobStore store) throws IOException {
        List<ObjectInfo> infos = new ArrayList<>();
        store.list(SLOTS, infos::add);
        List<String> readable = new ArrayList<>();
        for (ObjectInfo info : infos) {
            try {
                KeySlot.parse(store.get(info.name(), MAX_BYTES));
                readable.add(info.name().substring(SLOTS.length()));
            } catch (CryptoException | NoSuchFileException e) {
                // A damaged one opens nothing.
                continue;
            }
        }
        return readable;
    }
}
