package org.holdfast.vault.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import org.holdfast.client.Body;
import org.holdfast.client.Call;
import org.holdfast.client.RemoteException;
import org.holdfast.client.RetryPolicy;
import org.holdfast.client.VaultClient;
import org.holdfast.protocol.data.CreateGrant;
import org.holdfast.protocol.data.OpenSession;
import org.holdfast.protocol.data.SessionOpened;
import org.holdfast.store.vault.Place;
import org.holdfast.store.vault.VaultStore;
import org.holdfast.store.vault.VaultStoreSettings;
import org.holdfast.vault.data.ObjectService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the data path refuses, over the wire: a stolen certificate can add to its own server and nothing else. */
@Timeout(120)
class DataPathTest {
    private static final UUID ONE = new UUID(7, 1);
    private static final UUID TWO = new UUID(7, 2);
    private static final byte[] PACK = "not really a pack".repeat(1000).getBytes(StandardCharsets.US_ASCII);

    private @TempDir Path temp = Path.of("");
    private DataNode node;
    private VaultClient client;

    @BeforeEach
    void start() {
        node = new DataNode(temp.resolve("node"), ObjectService.Policy.STANDARD, Clock.systemUTC());
        client = node.client(ONE);
    }

    @AfterEach
    void stop() {
        client.close();
        node.close();
    }

    private static SessionOpened open(VaultClient as, String boot) {
        return as.send(Call.post("/agent/v1/sessions", new OpenSession(boot, null, "backup")), SessionOpened.class)
                .body();
    }

    private static String pack(byte[] bytes) {
        try {
            return "data/" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int put(VaultClient as, SessionOpened session, String name, byte[] bytes) {
        return as.send(Call.put("/agent/v1/objects/" + name, new Body.Memory(bytes, 0, bytes.length))
                .header(SessionOpened.HEADER, session.header()), Void.class).status();
    }

    private static String refused(Runnable call) {
        RemoteException e = assertThrows(RemoteException.class, call::run);
        return e.status() + " " + e.code();
    }

    private List<String> files() throws IOException {
        Path objects = node.objects(ONE);
        if (!Files.exists(objects)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(objects)) {
            return all.filter(Files::isRegularFile).map(f -> objects.relativize(f).toString()).sorted().toList();
        }
    }

    @Test
    void storesOnceWhatTheNameSays() throws IOException {
        SessionOpened session = open(client, "boot");
        String name = pack(PACK);

        assertEquals(201, put(client, session, name, PACK));
        assertEquals(200, put(client, session, name, PACK));
        assertEquals(1, files().size());
        assertArrayEquals(PACK, client.send(Call.get("/agent/v1/objects/" + name), byte[].class).value());
    }

    @Test
    void refusesBytesThatAreNotWhatTheNameSays() throws IOException {
        SessionOpened session = open(client, "boot");

        assertEquals("422 hash-mismatch", refused(() -> put(client, session, pack(PACK), new byte[5000])));
        assertEquals("422 hash-mismatch",
                refused(() -> put(client, session, pack(PACK).replace("data/", "index/data-"), new byte[500])));
        assertEquals(List.of(), files());
    }

    @Test
    void overwritesNothing() throws IOException {
        SessionOpened session = open(client, "boot");
        String lease = "sessions/" + "0".repeat(32) + "-0";
        assertEquals(201, put(client, session, lease, new byte[] { 1 }));

        assertEquals(200, put(client, session, lease, new byte[] { 2 }));
        assertArrayEquals(new byte[] { 1 }, Files.readAllBytes(node.objects(ONE).resolve(lease)));
    }

    @Test
    void deletesOnlyLeasesAndCheckpoints() throws IOException {
        SessionOpened session = open(client, "boot");
        String name = pack(PACK);
        put(client, session, name, PACK);
        String lease = "sessions/" + "0".repeat(32) + "-0";
        put(client, session, lease, new byte[] { 1 });

        for (String kept : List.of(name, "points/" + "a".repeat(64), "slots/" + "0".repeat(32), "keeper", "vault",
                "index/data-" + "a".repeat(64), "damaged/" + "a".repeat(64), "tombstones/" + "a".repeat(64))) {
            assertEquals("403", refused(() -> delete(session, kept)).substring(0, 3), kept);
        }
        delete(session, lease);
        assertEquals("404 not-found", refused(() -> delete(session, lease)));
        assertEquals(1, files().size());
    }

    private void delete(SessionOpened session, String name) {
        client.send(Call.delete("/agent/v1/objects/" + name).header(SessionOpened.HEADER, session.header()),
                Void.class);
    }

    @Test
    void refusesNamesOutsideOfTheFormat() throws IOException {
        SessionOpened session = open(client, "boot");

        for (String name : List.of("x", "data/x", "tmp/x", "tombstones/" + "a".repeat(64), "DATA/" + "a".repeat(64),
                "data/" + "a".repeat(63), "sessions/x", "data/..", "..%2f..%2fx", "data//x", "%2e%2e/x")) {
            String answer = refused(() -> put(client, session, name, PACK));
            assertTrue(answer.startsWith("4"), name + " gave " + answer);
        }
        assertEquals("403 commit-needed", refused(() -> put(client, session, "points/" + "a".repeat(64), PACK)));
        assertEquals(List.of(), files());
    }

    @Test
    void takesNoSegmentsAndManifestsThatNobodyHasSealed() throws IOException {
        SessionOpened session = open(client, "boot");
        String hash = pack(PACK).substring("data/".length());

        assertEquals("409 no-domain", refused(() -> put(client, session, "index/data-" + hash, PACK)));
        assertEquals("409 no-domain", refused(() -> put(client, session, "checkpoints/" + hash, PACK)));
        assertEquals("409 no-domain", refused(() -> commit(session, hash, PACK)));
        assertEquals("422 object-invalid", refused(() -> put(client, session, "vault", new byte[144])));
        assertEquals("413 too-large", refused(() -> put(client, session, "vault", PACK)));
        assertEquals(List.of(), files());
    }

    private void commit(SessionOpened session, String name, byte[] bytes) {
        client.send(new Call("POST", "/agent/v1/sessions/" + session.session() + "/commit/" + name,
                java.util.Map.of(SessionOpened.HEADER, session.header()), new Body.Memory(bytes, 0, bytes.length), null,
                false), Void.class);
    }

    @Test
    void needsASession() {
        SessionOpened session = open(client, "boot");
        try (VaultClient other = node.client(TWO)) {
            SessionOpened theirs = open(other, "boot");
            for (String header : List.of("", "x", session.session() + ":9", UUID.randomUUID() + ":1",
                    theirs.header())) {
                Call call = Call.put("/agent/v1/objects/" + pack(PACK), new Body.Memory(PACK, 0, PACK.length));
                String answer = refused(() -> client.send(header.isEmpty() ? call
                        : call.header(SessionOpened.HEADER, header), Void.class));
                assertTrue(answer.equals("400 session-needed") || answer.equals("409 session-lost"), answer);
            }
        }
    }

    @Test
    void aNewRunOfTheAgentFencesOffTheOld() {
        SessionOpened old = open(client, "boot 1");
        SessionOpened beside = open(client, "boot 1");
        assertEquals(201, put(client, old, pack(PACK), PACK));
        assertTrue(beside.fence() > old.fence());
        assertEquals(200, put(client, beside, pack(PACK), PACK));

        SessionOpened next = open(client, "boot 2");

        assertEquals("409 session-lost", refused(() -> put(client, old, pack(PACK), PACK)));
        assertEquals("409 session-lost", refused(() -> put(client, beside, pack(PACK), PACK)));
        assertEquals("409 session-lost", refused(() -> commit(old, "a".repeat(64), PACK)));
        assertEquals(200, put(client, next, pack(PACK), PACK));
        client.delete("/agent/v1/sessions/" + next.session(), null);
        assertEquals("409 session-lost", refused(() -> put(client, next, pack(PACK), PACK)));
    }

    @Test
    void rangesAreWhatWasAskedFor() {
        SessionOpened session = open(client, "boot");
        byte[] bytes = "0123456789".getBytes(StandardCharsets.US_ASCII);
        String path = "/agent/v1/objects/" + pack(bytes);
        put(client, session, pack(bytes), bytes);

        assertEquals("206 234 bytes 2-4/10", range(path, "bytes=2-4"));
        assertEquals("206 9 bytes 9-9/10", range(path, "bytes=9-"));
        assertEquals("206 9 bytes 9-9/10", range(path, "bytes=9-999999999999"));
        assertEquals("206 789 bytes 7-9/10", range(path, "bytes=-3"));
        assertEquals("206 0123456789 bytes 0-9/10", range(path, "bytes=-30"));
        for (String ignored : List.of("bytes=4-2", "bytes=-", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b",
                "bytes=99999999999999999999-")) {
            assertEquals("200 0123456789 ", range(path, ignored), ignored);
        }
        for (String beyond : List.of("bytes=10-", "bytes=10-20", "bytes=-0")) {
            assertEquals("416", refused(() -> range(path, beyond)).substring(0, 3), beyond);
        }
    }

    private String range(String path, String header) {
        return client.exchange(Call.get(path).header("Range", header), d -> d.status() + " "
                + new String(d.stream().readAllBytes(), StandardCharsets.US_ASCII) + " "
                + d.headers().firstValue("Content-Range").orElse(""));
    }

    @Test
    void showsNobodyTheObjectsOfOthers() throws IOException {
        SessionOpened session = open(client, "boot");
        put(client, session, pack(PACK), PACK);
        String object = "/agent/v1/objects/" + pack(PACK) + "?server=" + ONE;
        String list = "/agent/v1/objects?server=" + ONE;
        try (VaultClient other = node.client(TWO);
                VaultClient stranger = node.client(DataNode.STRANGER + TWO, RetryPolicy.NONE)) {
            assertEquals("404 not-found", refused(() -> other.send(Call.get(object), byte[].class)));
            assertEquals("404 not-found", refused(() -> other.send(Call.get(list), byte[].class)));

            var grant = node.grants().create(DataNode.VAULT, new CreateGrant(null, ONE.toString(), TWO.toString(),
                    Instant.now().plus(Duration.ofHours(1))), "ada");

            assertArrayEquals(PACK, other.send(Call.get(object), byte[].class).value());
            try (var store = new VaultStore(other, new Place.Other(ONE.toString()),
                    VaultStoreSettings.of(temp.resolve("cache"), "b", "restore", null))) {
                assertEquals(PACK.length, store.size(pack(PACK)));
                assertThrows(IOException.class, () -> store.put(pack(PACK), ByteBuffer.wrap(PACK)));
                assertThrows(IOException.class, () -> store.delete(pack(PACK)));
            }
            // The same server id in another vault is somebody else.
            assertEquals("404 not-found", refused(() -> stranger.send(Call.get(object), byte[].class)));
            node.grants().delete(DataNode.VAULT, UUID.fromString(grant.id()));
            assertEquals("404 not-found", refused(() -> other.send(Call.get(object), byte[].class)));
        }
    }

    @Test
    void keepsTheKeeperKeyToItself() throws IOException {
        SessionOpened session = open(client, "boot");
        assertEquals(201, put(client, session, "keeper", new byte[64]));

        assertEquals("404 not-found", refused(() -> client.send(Call.get("/agent/v1/objects/keeper"), byte[].class)));
        assertEquals("404 not-found", refused(() -> range("/agent/v1/objects/keeper", "bytes=0-1")));
        assertEquals(200, client.send(Call.head("/agent/v1/objects/keeper"), Void.class).status());
        assertTrue(files().contains("keeper"));
    }

    @Test
    void leavesNothingOfWhatBreaksOff() throws IOException {
        SessionOpened session = open(client, "boot");
        var broken = new Body.Stream(() -> new ByteArrayInputStream(PACK, 0, 9000), PACK.length);

        assertThrows(org.holdfast.api.HoldfastException.class, () -> client.send(
                Call.put("/agent/v1/objects/" + pack(PACK), broken).header(SessionOpened.HEADER, session.header()),
                Void.class));
        assertEquals(201, put(client, session, pack(PACK), PACK));
        assertEquals(1, files().size());
    }

    @Test
    void saysWhenThereIsNoRoom() throws IOException {
        node.stop();
        var narrow = new DataNode(temp.resolve("narrow"), new ObjectService.Policy(Long.MAX_VALUE / 2, false),
                Clock.systemUTC());
        try (narrow; VaultClient small = narrow.client(ONE)) {
            SessionOpened session = open(small, "boot");
            assertEquals("507 vault-full", refused(() -> put(small, session, pack(PACK), PACK)));
            try (var store = new VaultStore(small, new Place.Own(),
                    VaultStoreSettings.of(temp.resolve("cache"), "boot", "backup", null))) {
                assertThrows(org.holdfast.api.spi.store.StoreFullException.class,
                        () -> store.put(pack(PACK), ByteBuffer.wrap(PACK)));
                assertThrows(NoSuchFileException.class, () -> store.get(pack(PACK), 1 << 20));
            }
        } finally {
            node.start();
        }
    }
}
