package org.holdfast.agent.internal.home;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.holdfast.api.HoldfastException;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentHomeTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private final TempTree tree = new TempTree();

    @AfterEach
    void clean() {
        tree.close();
    }

    private AgentHome open() throws IOException {
        return AgentHome.open(tree.resolve("agent"));
    }

    @Test
    void everythingIsForItsOwnerAlone() throws IOException {
        AgentHome home = open();
        home.intakeKeys().close();
        home.settings(Settings.DEFAULT);
        try (var all = Files.walk(home.root())) {
            for (var path : all.toList()) {
                assertEquals(Files.isDirectory(path) ? "rwx------" : "rw-------",
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(path)), path.toString());
            }
        }
    }

    @Test
    void factsSurviveAndWhatACrashLeftGoes() throws IOException {
        AgentHome home = open();
        var hints = new MachineHints("s", "p", Set.of("c"));
        String id = home.machine(hints, NOW).machineId();
        byte[] intake = home.intakeKeys().publicKey();
        var registration = new Registration("s1", "v1", "main", List.of("a:1"), "ca", "file:/x", "d", new byte[32],
                NOW);
        home.registration(registration);
        Files.writeString(home.resolve("jobs/.new-x-1"), "half");
        Files.writeString(home.resolve(".new-registration.json-1"), "half");

        AgentHome again = open();
        assertEquals(id, again.machine(new MachineHints("other", "other", Set.of()), NOW).machineId());
        assertArrayEquals(intake, again.intakeKeys().publicKey());
        assertEquals("s1", again.registration().orElseThrow().serverId());
        assertEquals(NOW, again.registration().orElseThrow().registered());
        assertFalse(Files.exists(home.resolve("jobs/.new-x-1")));
        assertFalse(Files.exists(home.resolve(".new-registration.json-1")));
        again.forget();
        assertTrue(again.registration().isEmpty());
        assertEquals(id, again.machine(hints, NOW).machineId());
    }

    @Test
    void damageIsToldAndNotTakenForAFreshStart() throws IOException {
        AgentHome home = open();
        Files.writeString(home.resolve("registration.json"), "{\"serverId\":");
        var e = assertThrows(IOException.class, home::registration);
        assertTrue(e.getMessage().contains("registration.json"), e.getMessage());
    }

    @Test
    void foreignAndNewerFoldersAreRefused() throws IOException {
        AgentHome home = open();
        Files.writeString(home.resolve("format.json"), "{\"format\":\"holdfast-agent\",\"version\":2}");
        assertThrows(HoldfastException.class, this::open);
        Files.writeString(home.resolve("format.json"), "{\"format\":\"something\",\"version\":1}");
        assertThrows(HoldfastException.class, this::open);
    }

    @Test
    void oneAgentAtATime() throws Exception {
        AgentHome home = open();
        try (AutoCloseable lock = home.lock()) {
            assertNotNull(lock);
            assertNull(home.lock());
        }
        try (AutoCloseable again = home.lock()) {
            assertNotNull(again);
        }
    }

    @Test
    void anInterruptDoesNotHurtAFile() throws IOException {
        AgentHome home = open();
        Thread.currentThread().interrupt();
        home.settings(new Settings("/cache", null, null));
        assertTrue(Thread.interrupted());
        assertEquals("/cache", open().settings().cache());
    }

    @Test
    void aMachineIsKnownByItsHardwareAndNotByNameOrAddress() {
        var one = new MachineHints("s", "p", Set.of("a", "b"));
        assertFalse(new MachineHints("s2", "p", Set.of("x")).differsFrom(one));
        assertTrue(new MachineHints("s", "p2", Set.of("a", "b")).differsFrom(one));
        assertFalse(new MachineHints("s", "", Set.of("b", "c")).differsFrom(one));
        assertTrue(new MachineHints("s", "", Set.of("c", "d")).differsFrom(one));
        assertFalse(new MachineHints("s", "", Set.of()).differsFrom(one));
        assertFalse(MachineHints.ofThisMachine().differsFrom(MachineHints.ofThisMachine()));
    }
}
