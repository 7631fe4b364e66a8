package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import org.holdfast.api.Problem;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.api.policy.Policy;
import org.holdfast.client.RemoteException;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.LinkState;
import org.holdfast.console.client.fleet.ListQuery;
import org.holdfast.console.client.fleet.LiveList;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.client.fleet.Versioned;
import org.holdfast.protocol.fleet.ChangeServer;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.protocol.people.LoginAnswer;
import org.holdfast.vault.testkit.NodeClient;
import org.holdfast.vault.testkit.VaultNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console's connections to a whole vault node over TLS. */
class VaultConnectionsTest {
    private static final String PASSWORD = VaultNode.PASSWORD;

    @TempDir
    private Path folder;

    private VaultNode node;
    private VaultConnections console;

    @BeforeEach
    void start() {
        node = VaultNode.start(folder.resolve("node"));
        console = new VaultConnections(folder.resolve("console"), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        console.close();
        node.close();
    }

    private String address() {
        return "127.0.0.1:" + node.port();
    }

    /** As the dialog does: look, compare, sign in, change the one-time secret. */
    private FleetSession connect(boolean keep) throws Exception {
        String print = console.look(address()).get();
        char[] secret = node.administrator().secret().toCharArray();
        LoginAnswer first = console.login(address(), print, "admin", secret).get();
        assertTrue(first.mustChange());
        assertArrayEquals(new char[secret.length], secret, "the password was not wiped");
        LoginAnswer login = console.changePassword(address(), print, first,
                node.administrator().secret().toCharArray(), PASSWORD.toCharArray()).get();
        FleetSession session = console.add("Head office", address(), print, login, keep);
        Until.that("connected", () -> session.state().isConnected());
        return session;
    }

    private static void complete(LiveList<?> list) {
        Until.that("complete", () -> list.status().state() == LiveList.State.COMPLETE);
    }

    @Test
    void readsListsAndKeepsThemFresh() throws Exception {
        FleetSession session = connect(false);
        complete(session.live().servers());
        complete(session.live().alerts());
        assertEquals(0, session.live().servers().size());
        VaultSummary vault = session.api().vaults().create(CreateVault.of("main")).get();
        Until.that("vault", () -> session.live().vaults().get(vault.id()) != null);

        NodeClient people = node.client().login("admin", PASSWORD);
        node.enrol(people, "main", "machine-number-one");
        Until.that("server", () -> session.live().servers().size() == 1);
        ServerSummary server = session.live().servers().snapshot().getFirst();
        var job = session.api().jobs().start("main", StartJob.backup(UUID.randomUUID().toString(), server.id())).get();
        Until.that("job", () -> session.live().jobs().get(job.id()) != null);
        session.api().jobs().cancel("main", job.id()).get();
        Until.that("cancelled", () -> session.live().jobs().get(job.id()).state() == JobState.CANCELLED);

        session.api().policies().create("main", Policy.standard("daily")).get();
        Until.that("policy", () -> session.live().policies().get("main/daily") != null);
        Versioned<ServerSummary> read = session.api().servers().read("main", server.id()).get();
        session.api().servers().change("main", server.id(), new ChangeServer("db1", List.of("tier:db"), null),
                read.etag()).get();
        Until.that("renamed", () -> session.live().servers().get(server.id()).name().equals("db1"));
        ExecutionException conflict = assertThrows(ExecutionException.class, () -> session.api().servers()
                .change("main", server.id(), new ChangeServer("db2", null, null), read.etag()).get());
        assertEquals("changed-meanwhile", assertInstanceOf(RemoteException.class, conflict.getCause()).code());
        assertTrue(session.may("job.run"));
        assertFalse(session.api().audit().list(ListQuery.all()).get().items().isEmpty());
    }

    @Test
    void comesBackWhenTheVaultDoes() throws Exception {
        FleetSession session = connect(false);
        session.api().vaults().create(CreateVault.of("main")).get();
        Until.that("vault", () -> session.live().vaults().size() == 1);
        int port = node.port();
        node.close();
        Until.that("stale", () -> session.state().kind() == LinkState.Kind.STALE);
        assertEquals(1, session.live().vaults().size(), "what was known is gone");
        assertNotNull(session.state().failure());
        node = VaultNode.in(folder.resolve("node")).port(port).start();
        session.retry();
        Until.that("back", () -> session.state().isConnected());
        complete(session.live().servers());
        assertNull(session.state().failure());
    }

    @Test
    void isSignedOutWhenTheSignInIsOver() throws Exception {
        FleetSession session = connect(true);
        NodeClient people = node.client().login("admin", PASSWORD);
        people.send("POST", "/api/v1/users/admin/password",
                "{\"oldPassword\":\"" + PASSWORD + "\",\"newPassword\":\"another good password\"}");
        ExecutionException refused = assertThrows(ExecutionException.class,
                () -> session.api().users().list().get());
        assertEquals(401, assertInstanceOf(RemoteException.class, refused.getCause()).status());
        Until.that("signed out", () -> session.state().kind() == LinkState.Kind.SIGNED_OUT);
        LoginAnswer login = console.login(address(), session.connection().fingerprint(), "admin",
                "another good password".toCharArray()).get();
        console.signIn(session, login, false);
        Until.that("connected again", () -> session.state().isConnected());
    }

    @Test
    void remembersConnectionsWithoutSecrets() throws Exception {
        FleetSession session = connect(true);
        Until.that("kept", () -> Files.isDirectory(folder.resolve("console/sign-ins")));
        console.close();
        assertEquals(LinkState.Kind.CLOSED, session.state().kind());
        String kept = Files.readString(folder.resolve("console/connections.json"));
        assertTrue(kept.contains(address()) && !kept.contains("token") && !kept.contains(PASSWORD), kept);
        try (Stream<Path> files = Files.list(folder.resolve("console/sign-ins"))) {
            assertEquals("rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(files.findFirst().orElseThrow())));
        }
        console = new VaultConnections(folder.resolve("console"), Clock.systemUTC());
        FleetSession again = console.sessions().getFirst();
        assertEquals("Head office", again.connection().name());
        Until.that("connected with the kept sign-in", () -> again.state().isConnected());
        console.signOut(again).get();
        assertEquals(LinkState.Kind.SIGNED_OUT, again.state().kind());
        try (Stream<Path> files = Files.list(folder.resolve("console/sign-ins"))) {
            assertEquals(0, files.count());
        }
        console.remove(again).get();
        assertEquals(List.of(), console.sessions());
    }

    @Test
    void refusesAnotherServer() throws Exception {
        FleetSession session = connect(true);
        console.pin(session, "0".repeat(64));
        Until.that("refused", () -> session.state().kind() == LinkState.Kind.REFUSED);
        assertEquals(Problem.ACCESS_DENIED, session.state().failure().problem());
        console.pin(session, console.look(address()).get());
        Until.that("believed again", () -> session.state().isConnected());
    }

    @Test
    void saysWhatIsWrongWithAnAddress() {
        ExecutionException nobody = assertThrows(ExecutionException.class, () -> console.look("127.0.0.1:1").get());
        assertTrue(nobody.getCause().getMessage().contains("127.0.0.1:1"), nobody.getCause().getMessage());
    }

    @Test
    void startsAlthoughTheFileIsDamaged() throws Exception {
        console.close();
        Path file = folder.resolve("console/connections.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"connections\":[");
        console = new VaultConnections(folder.resolve("console"), Clock.systemUTC());
        assertEquals(List.of(), console.sessions());
        assertTrue(Files.exists(file.resolveSibling("connections.json.unreadable")));
    }
}
