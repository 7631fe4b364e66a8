package org.holdfast.agent.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.agent.internal.keys.FileKeyHolder;
import org.holdfast.agent.internal.link.HttpConnector;
import org.holdfast.agent.internal.register.PassphraseChange;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ForwardingStore;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.enrol.Credentials;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.testkit.VaultNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another passphrase for a registered server, against a vault node in this process. */
class PassphraseTest {
    private static final String FRESH = "quite another passphrase";

    private final TempTree tree = new TempTree();
    private final TestClock clock = TestClock.running();
    private VaultNode node;
    private Machine machine;
    private Path slots;
    private String fresh;

    @BeforeEach
    void begin() throws IOException {
        node = VaultNode.in(tree.resolve("vault")).clock(clock).start();
        node.get(Vaults.class).create(CreateVault.of("main"));
        machine = new Machine(tree.resolve("alpha"), new HttpConnector(null, tree.resolve("cache")), clock);
        String id = machine.register(machine.request(node.get(Credentials.class)
                .create("main", new CreateCredentials(null, List.of(), 1, 5), "admin").bytes(), Machine.PASSPHRASE));
        slots = node.settings().storeFolder().resolve(node.get(Vaults.class).id("main") + "/" + id + "/slots");
        fresh = FileKeyHolder.location(machine.safe.resolve("fresh"));
        Files.writeString(machine.data().resolve("letter.txt"), "Dear Anna");
    }

    @AfterEach
    void end() {
        machine.close();
        node.close();
        tree.close();
    }

    private void change(String passphrase) throws IOException {
        new PassphraseChange(machine.home, machine.parts()).change(fresh, false, passphrase.toCharArray(), step -> {
        });
    }

    private int slots() throws IOException {
        try (Stream<Path> all = Files.list(slots)) {
            return (int) all.count();
        }
    }

    private JobState backUp() throws IOException {
        machine.start();
        String job = UUID.randomUUID().toString();
        machine.agent.submit(JobSpec.backup(job, JobTrigger.LOCAL, List.of(machine.data().toString()), null), null);
        Await.until("ended", () -> machine.agent.job(job).orElseThrow().state().isFinal());
        JobState state = machine.agent.job(job).orElseThrow().state();
        machine.close();
        return state;
    }

    @Test
    void onlyTheNewOneOpensTheData() throws IOException {
        Path old;
        try (Stream<Path> all = Files.list(slots)) {
            old = all.findFirst().orElseThrow();
        }
        change(FRESH);

        assertEquals(1, slots());
        assertFalse(Files.exists(old));
        assertEquals(fresh, machine.home.registration().orElseThrow().keyHolder());
        assertEquals(FRESH, Files.readString(machine.safe.resolve("fresh")).strip());
        assertFalse(Files.exists(machine.safe.resolve("passphrase")));
        assertEquals(JobState.DONE, backUp());
    }

    @Test
    void whatCannotBeDoneChangesNothing() throws IOException {
        assertEquals(Problem.INVALID_REQUEST, assertThrows(HoldfastException.class,
                () -> change(new String(Machine.PASSPHRASE))).problem());
        assertEquals(Problem.WEAK_PASSPHRASE, assertThrows(HoldfastException.class, () -> change("short")).problem());
        Files.writeString(machine.safe.resolve("fresh"), "something else");
        assertEquals(Problem.INVALID_REQUEST, assertThrows(HoldfastException.class, () -> change(FRESH)).problem());
        assertEquals("something else", Files.readString(machine.safe.resolve("fresh")));
        assertEquals(1, slots());
        assertEquals(JobState.DONE, backUp());
    }

    @Test
    void brokenOffBeforeOrAfterTheNewSlotItGoesOn() throws IOException {
        machine.wrapStores(store -> new Broken(store, true));
        assertThrows(HoldfastException.class, () -> change(FRESH));
        assertFalse(Files.exists(machine.safe.resolve("fresh")));
        assertEquals(1, slots());
        machine.wrapStores(store -> new Broken(store, false));
        assertThrows(HoldfastException.class, () -> change(FRESH));
        assertEquals(2, slots());

        // The new one counts already; the next change clears the slot of the old one away.
        machine.wrapStores(store -> store);
        assertEquals(fresh, machine.home.registration().orElseThrow().keyHolder());
        assertEquals(JobState.DONE, backUp());
        fresh = FileKeyHolder.location(machine.safe.resolve("fresher"));
        change("a third passphrase, long enough");
        assertEquals(1, slots());
        assertTrue(Files.exists(machine.safe.resolve("fresher")));
    }

    /** Fails at the one step or the other. */
    private static final class Broken extends ForwardingStore {
        private final boolean put;

        Broken(BlobStore store, boolean put) {
            super(store);
            this.put = put;
        }

        @Override
        public boolean put(String name, ByteBuffer bytes) throws IOException {
            if (put && name.startsWith("slots/")) {
                throw new IOException("the line is cut");
            }
            return super.put(name, bytes);
        }

        @Override
        public boolean delete(String name, Prover prover) throws IOException {
            throw new IOException("the line is cut");
        }
    }
}
