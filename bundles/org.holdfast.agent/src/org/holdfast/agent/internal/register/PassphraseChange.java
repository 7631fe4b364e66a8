package org.holdfast.agent.internal.register;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import org.holdfast.agent.internal.Parts;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.agent.internal.keys.KeyHolders;
import org.holdfast.agent.internal.link.Connector;
import org.holdfast.agent.internal.link.OneStore;
import org.holdfast.agent.internal.link.Stores;
import org.holdfast.agent.internal.loop.PolicyStore;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.keys.KeyHolder;
import org.holdfast.api.spi.keys.KeyNote;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ForwardingStore;
import org.holdfast.api.vault.KeySlotInfo;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.engine.LocalVaultService;

/**
 * Gives this server another passphrase. The new one is in its safe place and has opened the data before the old one
 * counts no more, so whenever this is broken off, what the registration names opens the data.
 */
public final class PassphraseChange {
    private static final String SLOTS = "slots/";

    private final AgentHome home;
    private final Parts parts;

    /** @param parts what the agent is made of */
    public PassphraseChange(AgentHome home, Parts parts) {
        this.home = home;
        this.parts = parts;
    }

    /** Adds slots and leaves those that should go. */
    private static final class Keeping extends ForwardingStore {
        Keeping(BlobStore store) {
            super(store);
        }

        @Override
        public boolean delete(String name, Prover prover) throws IOException {
            return name.startsWith(SLOTS) || super.delete(name, prover);
        }
    }

    /**
     * Changes the passphrase.
     *
     * @param wanted safe place of the new one; nothing may be there, unless it is one that keeps versions
     * @param recover whether a passphrase that somebody deleted from that place may be brought back first
     * @param fresh the new one; not wiped
     * @param step told what happens
     * @return the registration as it is now
     * @throws HoldfastException when it is not possible; the old passphrase counts on then
     */
    public Registration change(String wanted, boolean recover, char[] fresh, Consumer<String> step)
            throws IOException {
        Registration before = home.registration().orElseThrow();
        KeyHolders keys = parts.keys();
        keys.check(wanted, new PolicyStore(home, keys, parts.zone()).items());
        Stores stores = parts.connector().stores(new Connector.Target(before.addresses(), before.ca(),
                home.chainFile(), home.keyFile()), UUID.randomUUID().toString());
        char[] old = keys.read(before.keyHolder());
        boolean done = false;
        String location = null;
        try {
            if (Arrays.equals(old, fresh)) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "That is the passphrase it has.",
                        "Choose another one.");
            }
            step.accept("Storing the new passphrase");
            location = store(wanted, recover, before, fresh);
            step.accept("Adding a key slot for it");
            try (OpenVault vault = service(() -> new Keeping(open(stores))).open(OneStore.LOCATION, old)) {
                vault.changePassphrase(fresh);
            }
            step.accept("Removing the old key slot");
            // Also what a change that was broken off has left; recovery keys stay.
            char[] read = keys.read(location);
            try (OpenVault vault = service(() -> open(stores)).open(OneStore.LOCATION, read)) {
                Registration after = before.keptAt(location);
                home.registration(after);
                done = true;
                vault.keySlots().stream().filter(s -> s.kind().equals("passphrase") && !s.current())
                        .map(KeySlotInfo::id).toList().forEach(vault::removeKeySlot);
                // Where versions are kept the old one stays for copies of the data that it opens.
                if (!keys.of(before.keyHolder()).keepsVersions()) {
                    keys.of(before.keyHolder()).remove(before.keyHolder());
                }
                return after;
            } finally {
                Arrays.fill(read, '\0');
            }
        } finally {
            Arrays.fill(old, '\0');
            if (location != null && !done) {
                keys.of(location).remove(location);
            }
        }
    }

    private String store(String wanted, boolean recover, Registration registration, char[] fresh) throws IOException {
        KeyHolder holder = parts.keys().of(wanted);
        KeyNote note = Notes.of(registration, String.valueOf(registration.domainId()), parts.facts())
                .recovering(recover);
        String location = holder.locate(wanted, note);
        try {
            return holder.keep(location, note, fresh);
        } catch (FileAlreadyExistsException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "There is a passphrase at '" + location
                    + "' already; it is never replaced.", "Give another place with --key-location.", e);
        }
    }

    private static BlobStore open(Stores stores) throws IOException {
        return stores.open(Stores.Use.own("passphrase", null));
    }

    private LocalVaultService service(OneStore.Opener opener) {
        return new LocalVaultService(List.of(new OneStore(opener)), List.of(parts.files()), parts.clock());
    }
}
