package org.holdfast.agent.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.holdfast.agent.internal.home.MachineHints;
import org.holdfast.agent.internal.keys.FileKeyHolder;
import org.holdfast.agent.internal.register.Registrar;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.keys.KeyHolder;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrarTest {
    private final TempTree tree = new TempTree();
    private final TestClock clock = TestClock.running();
    private ScriptedVault vault;
    private Machine machine;

    @BeforeEach
    void begin() throws IOException {
        vault = new ScriptedVault(tree.resolve("vault"), clock);
        machine = new Machine(tree.resolve("alpha"), vault, clock);
    }

    @AfterEach
    void end() {
        machine.close();
        tree.close();
    }

    @Test
    void aServerRegistersAndItsPassphraseIsSafe() throws IOException {
        List<String> steps = new ArrayList<>();
        var result = machine.registrar().register(machine.request(), steps::add);

        assertTrue(result.registration().isComplete());
        assertFalse(result.existing());
        assertEquals(4, steps.size());
        assertArrayEquals(Machine.PASSPHRASE, new FileKeyHolder().read(machine.keyLocation()));
        assertTrue(machine.home.registration().orElseThrow().isComplete());
        var complete = vault.completed(result.registration().serverId());
        assertEquals(complete.domainId(), result.registration().domainId());
        assertArrayEquals(machine.home.intakeKeys().publicKey(), complete.intakeKey());
        for (Path secret : List.of(machine.home.keyFile(), machine.safe.resolve("passphrase"),
                machine.home.resolve("identity/intake.key"))) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)));
        }
    }

    /** Every call that can fail, one after the other. */
    @ParameterizedTest
    @ValueSource(strings = { "enrol", "registration", "stores", "complete" })
    void whateverTheVaultRefusesNothingRemains(String call) throws IOException {
        vault.fail(call, ScriptedVault.refusal(409, "no-" + call));

        var e = assertThrows(HoldfastException.class, () -> machine.register());

        assertTrue(e.getMessage().contains("no-" + call), e.getMessage());
        vault.fail(call, null);
        if (!call.equals("registration")) {
            assertEquals(List.of(), vault.serverIds());
        }
        assertNothingHere();
        machine.register();
    }

    @Test
    void whenThePassphraseCannotBeStoredNothingRemains() throws IOException {
        machine.holders = List.of(new Holder(true, Machine.PASSPHRASE));
        var e = assertThrows(HoldfastException.class, () -> machine.register());

        assertEquals(Problem.ACCESS_DENIED, e.problem());
        assertEquals(List.of(), vault.serverIds());
        assertNothingHere();
    }

    @Test
    void whenAnotherPassphraseComesBackNothingRemains() throws IOException {
        var holder = new Holder(false, "something else altogether".toCharArray());
        machine.holders = List.of(holder);
        var e = assertThrows(HoldfastException.class, () -> machine.register());

        assertEquals(Problem.WRONG_PASSPHRASE, e.problem());
        assertEquals(List.of(), vault.serverIds());
        assertTrue(holder.removed);
        assertNothingHere();
    }

    @Test
    void aCrashedRegistrationIsCleanedUpByTheNextOne() throws IOException {
        vault.fail("abandon", new HoldfastException(Problem.STORE_UNAVAILABLE, "cut off", ""));
        vault.fail("stores", new IllegalStateException("killed here"));
        assertThrows(IllegalStateException.class, () -> machine.register());
        // As if the process had ended before it could clean up.
        Files.writeString(machine.home.resolve("registration-pending.json"), "{\"registration\":{\"serverId\":\""
                + vault.serverIds().getFirst() + "\",\"vaultId\":\"v\",\"vault\":\"main\",\"addresses\":[],\"ca\":\"\","
                + "\"keyHolder\":\"" + machine.keyLocation() + "\"},\"keyStored\":true,\"existing\":false}");
        Files.writeString(machine.safe.resolve("passphrase"), "left behind by the crash");

        vault.fail("abandon", null);
        vault.fail("stores", null);
        machine.register();

        assertEquals(1, vault.serverIds().size());
        assertFalse(Files.exists(machine.home.resolve("registration-pending.json")));
        assertArrayEquals(Machine.PASSPHRASE, new FileKeyHolder().read(machine.keyLocation()));
    }

    @Test
    void whenTheLastAnswerIsLostTheRegistrationCountsAllTheSame() throws IOException {
        vault.loseAnswerOf("complete");
        String registered = machine.register();

        assertEquals(List.of(registered), vault.serverIds());
        assertTrue(machine.home.registration().orElseThrow().isComplete());
        assertFalse(Files.exists(machine.home.resolve("registration-pending.json")));
        assertArrayEquals(Machine.PASSPHRASE, new FileKeyHolder().read(machine.keyLocation()));
    }

    @Test
    void whenTheVaultIsLostInTheLastStepTheNextAttemptFindsOut() throws IOException {
        vault.loseAnswerOf("complete");
        vault.fail("registration-again", new HoldfastException(Problem.STORE_UNAVAILABLE, "away", ""));
        var e = assertThrows(HoldfastException.class, () -> machine.register());
        assertTrue(e.getMessage().contains("not known"), e.getMessage());
        assertTrue(Files.exists(machine.safe.resolve("passphrase")), "without it the server could not come back");

        vault.fail("registration-again", null);
        String registered = machine.register();
        assertEquals(List.of(registered), vault.serverIds());
        assertTrue(machine.home.registration().orElseThrow().isComplete());
    }

    @Test
    void badCredentialsAreRefusedBeforeAnythingIsAsked() throws IOException {
        byte[] good = vault.credentials(clock.instant().plus(Duration.ofDays(1)));
        byte[] altered = new String(good).replace("\"main\"", "\"mine\"").getBytes();
        byte[] expired = vault.credentials(clock.instant().minus(Duration.ofDays(1)));

        assertEquals(Problem.SIGNATURE_INVALID, refused(altered).problem());
        var late = refused(expired);
        assertTrue(late.getMessage().contains("expired"), late.getMessage());
        assertEquals(Problem.INVALID_REQUEST, refused("hello".getBytes()).problem());
        assertEquals(List.of(), vault.serverIds());
    }

    private HoldfastException refused(byte[] credentials) {
        return assertThrows(HoldfastException.class, () -> machine.registrar().register(
                new Registrar.Request(credentials, Machine.PASSPHRASE, machine.keyLocation(), false, false),
                step -> {}));
    }

    @Test
    void aShortPassphraseIsRefused() {
        var e = assertThrows(HoldfastException.class, () -> machine.registrar().register(new Registrar.Request(
                vault.credentials(clock.instant().plus(Duration.ofDays(1))), "fifteen letters".toCharArray(),
                machine.keyLocation(), false, false), step -> {}));

        assertEquals(Problem.WEAK_PASSPHRASE, e.problem());
    }

    @Test
    void theSameMachineComesBackWithItsPassphraseAndKeepsItsId() throws IOException {
        String first = machine.register();
        machine.hostname = "renamed";

        var again = machine.registrar().register(new Registrar.Request(machine.request().credentials(),
                Machine.PASSPHRASE, machine.keyLocation(), true, false), step -> {});

        assertTrue(again.existing());
        assertEquals(first, again.registration().serverId());
        assertEquals(1, vault.serverIds().size());
    }

    @Test
    void withoutItsPassphraseNobodyIsThatMachine() throws IOException {
        machine.register();
        var other = new Registrar.Request(machine.request().credentials(), "another passphrase".toCharArray(),
                FileKeyHolder.location(machine.safe.resolve("other")), true, false);

        var e = assertThrows(HoldfastException.class, () -> machine.registrar().register(other, step -> {}));

        assertEquals(Problem.WRONG_PASSPHRASE, e.problem());
        assertFalse(Files.exists(machine.safe.resolve("other")));
        assertTrue(machine.home.registration().orElseThrow().isComplete(), "the registration that was there stays");
    }

    @Test
    void aCopyOfADiskIsNoticedAndCanBecomeAServerOfItsOwn() throws IOException {
        String first = machine.register();
        machine.hints = new MachineHints("system", "product-2", Set.of("card"));
        Registrar.Request again = new Registrar.Request(machine.request().credentials(), Machine.PASSPHRASE,
                machine.keyLocation(), true, false);
        var e = assertThrows(HoldfastException.class, () -> machine.registrar().register(again, step -> {}));
        assertTrue(e.advice().contains("--new-machine"), e.advice());

        var fresh = machine.registrar().register(new Registrar.Request(again.credentials(), Machine.PASSPHRASE,
                machine.keyLocation(), true, true), step -> {});

        assertNotEquals(first, fresh.registration().serverId());
        assertEquals(2, vault.serverIds().size());
    }

    @Test
    void aRegisteredServerIsNotRegisteredTwiceByAccident() throws IOException {
        machine.register();
        var e = assertThrows(HoldfastException.class, () -> machine.register());

        assertTrue(e.advice().contains("--replace"), e.advice());
    }

    private void assertNothingHere() throws IOException {
        assertTrue(machine.home.registration().isEmpty());
        assertFalse(Files.exists(machine.home.keyFile()));
        try (Stream<Path> files = Files.walk(machine.folder)) {
            assertEquals(List.of(), files.map(f -> f.getFileName().toString())
                    .filter(n -> n.contains("pending") || n.equals("passphrase")).toList());
        }
    }

    /** A holder with a mind of its own. */
    private static class Holder implements KeyHolder {
        private final boolean refuses;
        private final char[] answer;
        private boolean removed;

        Holder(boolean refuses, char[] answer) {
            this.refuses = refuses;
            this.answer = answer;
        }

        @Override
        public String scheme() {
            return "file";
        }

        @Override
        public void check(String location, List<RawPath> protectedPaths) {
            // Everything is fine here.
        }

        @Override
        public void store(String location, String label, char[] passphrase) throws IOException {
            if (refuses) {
                throw new IOException("the key vault is closed");
            }
        }

        @Override
        public char[] read(String location) {
            return answer.clone();
        }

        @Override
        public boolean remove(String location) {
            removed = true;
            return true;
        }
    }
}
