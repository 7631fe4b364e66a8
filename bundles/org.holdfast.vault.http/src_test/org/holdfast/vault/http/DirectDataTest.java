package org.holdfast.vault.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ForwardingStore;
import org.holdfast.api.spi.store.StoreProvider;
import org.holdfast.api.spi.store.Upload;
import org.holdfast.api.spi.store.remote.DirectAccess;
import org.holdfast.api.spi.store.remote.Permit;
import org.holdfast.azure.doubles.Azurite;
import org.holdfast.azure.doubles.EntraDouble;
import org.holdfast.azure.doubles.TestTls;
import org.holdfast.client.Call;
import org.holdfast.client.RemoteException;
import org.holdfast.client.VaultClient;
import org.holdfast.protocol.data.Arrival;
import org.holdfast.protocol.data.OpenSession;
import org.holdfast.protocol.data.PermitAnswer;
import org.holdfast.protocol.data.PermitRequest;
import org.holdfast.protocol.data.SessionOpened;
import org.holdfast.store.azure.AzureStoreProvider;
import org.holdfast.store.vault.Place;
import org.holdfast.store.vault.VaultStore;
import org.holdfast.store.vault.VaultStoreSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Packs that pass by the vault: into Azurite over TLS, with permits that the vault has signed as Entra ID lets it. */
@Timeout(120)
class DirectDataTest {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID TWO = new UUID(0, 2);
    private static @TempDir Path shared = Path.of("");
    private static EntraDouble entra;
    private static Azurite azurite;
    private static Map<String, String> variables;
    private static int next;

    private @TempDir Path folder = Path.of("");
    private final Door door = new Door();
    private final byte[] pack = new byte[5 << 20];
    private DataNode node;
    private VaultClient client;
    private VaultStore store;
    private String name;

    @BeforeAll
    static void startAzure() throws IOException {
        TestTls tls = TestTls.make("localhost", Instant.now());
        entra = new EntraDouble(tls, Clock.systemUTC());
        azurite = Azurite.secure(tls);
        variables = new HashMap<>(Map.of("AZURE_TENANT_ID", EntraDouble.TENANT, "AZURE_CLIENT_ID",
                entra.application("secret"), "AZURE_CLIENT_SECRET", "secret", "AZURE_AUTHORITY_HOST",
                entra.authority(), "HOLDFAST_AZURE_CA", tls.certificateFile(shared).toString(),
                "HOLDFAST_AZURE_API_VERSION", Azurite.SERVICE_VERSION));
    }

    @AfterAll
    static void stopAzure() {
        if (azurite != null) {
            azurite.close();
        }
        entra.close();
    }

    /** The store with a door for packs that can be shut, and permits that can be changed on their way. */
    private static final class Door implements StoreProvider {
        private final AtomicInteger throughVault = new AtomicInteger();
        private final AtomicInteger permits = new AtomicInteger();
        private final StoreProvider azure = new AzureStoreProvider(Clock.systemUTC(), variables);
        private UnaryOperator<Permit> change = UnaryOperator.identity();
        private Duration validity = Duration.ZERO;

        @Override
        public String scheme() {
            return azure.scheme();
        }

        @Override
        public boolean accepts(String location) {
            return azure.accepts(location);
        }

        @Override
        public BlobStore open(String location) throws IOException {
            return new Counting(azure.open(location));
        }

        @Override
        public BlobStore create(String location) throws IOException {
            return new Counting(azure.create(location));
        }

        private final class Counting extends ForwardingStore implements DirectAccess {
            private final BlobStore target;

            Counting(BlobStore target) {
                super(target);
                this.target = target;
            }

            @Override
            public Upload begin() throws IOException {
                throughVault.incrementAndGet();
                return super.begin();
            }

            @Override
            public int read(String object, long position, byte[] into, int offset, int length) throws IOException {
                throughVault.incrementAndGet();
                return super.read(object, position, into, offset, length);
            }

            @Override
            public Permit permit(String object, Access access, Duration usual) throws IOException {
                permits.incrementAndGet();
                return change.apply(((DirectAccess) target).permit(object, access,
                        validity.isZero() ? usual : validity));
            }

            @Override
            public long arrived(String object) throws IOException {
                return ((DirectAccess) target).arrived(object);
            }
        }
    }

    @BeforeEach
    void start() throws NoSuchAlgorithmException {
        new SplittableRandom(7).nextBytes(pack);
        name = "data/" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pack));
        node = new DataNode(folder.resolve("node"), Clock.systemUTC(), door, azurite.location("direct") + "/" + next++);
        client = node.client(ONE);
        store = new VaultStore(client, new Place.Own(),
                VaultStoreSettings.of(folder.resolve("agent"), "boot", "backup", null));
    }

    @AfterEach
    void stop() throws IOException {
        store.close();
        client.close();
        node.close();
    }

    private boolean upload() throws IOException {
        try (Upload upload = store.begin()) {
            upload.write(pack, 0, pack.length);
            return upload.commitLater(name).await();
        }
    }

    private void assertReadable(VaultStore from) throws IOException {
        byte[] into = new byte[100_000];
        assertEquals(into.length, from.read(name, 1_000_000, into, 0, into.length));
        assertArrayEquals(Arrays.copyOfRange(pack, 1_000_000, 1_100_000), into);
        assertEquals(3, from.read(name, pack.length - 3, into, 0, into.length));
    }

    @Test
    void packsPassByTheVault() throws IOException {
        assertTrue(upload());
        assertFalse(upload(), "it is there already");
        assertReadable(store);
        assertEquals(0, door.throughVault.get());
        assertEquals(pack.length, store.size(name));
        try (var own = node.stores().open(DataNode.VAULT, ONE)) {
            assertEquals(pack.length, own.added().get(), "bytes are counted once");
        }
    }

    @Test
    void whatIsNoPackGoesThroughTheVault() throws IOException {
        store.openSession();
        String lease = "sessions/" + "0".repeat(32) + "-0";
        assertTrue(store.put(lease, java.nio.ByteBuffer.wrap(new byte[] { 1 })));
        assertEquals(0, door.permits.get());
    }

    @Test
    void anExpiredPermitIsRenewed() throws IOException {
        door.validity = Duration.ofMinutes(-1);
        door.change = permit -> {
            door.validity = Duration.ZERO;
            return permit;
        };
        assertTrue(upload());
        assertEquals(2, door.permits.get());
        assertEquals(0, door.throughVault.get());
        try (var own = node.stores().open(DataNode.VAULT, ONE)) {
            assertEquals(pack.length, own.added().get(), "bytes are counted once");
        }
    }

    @Test
    void permitsThatNeverCountLeadThroughTheVault() throws IOException {
        door.validity = Duration.ofMinutes(-1);
        assertTrue(upload());
        assertEquals(3, door.permits.get());
        assertEquals(1, door.throughVault.get());
        assertReadable(store);
    }

    @Test
    void storageThatCannotBeReachedCostsADetour() throws IOException {
        door.change = permit -> new Permit(URI.create(permit.address().toString().replaceFirst(":\\d+/", ":1/")),
                permit.headers(), permit.expires(), permit.trust());
        assertTrue(upload());
        assertEquals(1, door.throughVault.get());
        assertReadable(store);
    }

    @Test
    void aStorageOfSomebodyElseIsNotBelieved() throws IOException {
        String other = Files.readString(TestTls.make("localhost", Instant.now()).certificateFile(folder));
        door.change = permit -> new Permit(permit.address(), permit.headers(), permit.expires(), other);
        assertTrue(upload());
        assertEquals(1, door.throughVault.get());
    }

    private static String refused(Runnable call) {
        RemoteException e = assertThrows(RemoteException.class, call::run);
        return e.status() + " " + e.code();
    }

    private PermitAnswer ask(VaultClient who, String object, String access, String whose, SessionOpened session) {
        Call call = Call.post("/agent/v1/permits", new PermitRequest(object, access, 10, whose));
        return who.send(session == null ? call : call.header(SessionOpened.HEADER, session.header()),
                PermitAnswer.class).body();
    }

    @Test
    void permitsAreForOwnPacksInASession() throws IOException {
        assertTrue(upload());
        SessionOpened session = client.send(Call.post("/agent/v1/sessions", new OpenSession("boot", null, "backup")),
                SessionOpened.class).body();
        try (VaultClient stranger = node.client(TWO)) {
            assertEquals("400 session-needed", refused(() -> ask(client, "data/" + "a".repeat(64), "create", null,
                    null)));
            assertEquals("403 name-refused", refused(() -> ask(client, "slots/" + "a".repeat(32), "create", null,
                    session)));
            assertEquals("403 name-refused", refused(() -> ask(client, "keeper", "read", null, session)));
            assertEquals("404 not-found", refused(() -> ask(stranger, name, "read", ONE.toString(), null)));
            assertEquals("404 not-found", refused(() -> client.send(Call.post("/agent/v1/permits/arrival",
                    new Arrival("data/" + "a".repeat(64), 10)).header(SessionOpened.HEADER, session.header()),
                    Void.class)));
            assertEquals("422 length-mismatch", refused(() -> client.send(Call.post("/agent/v1/permits/arrival",
                    new Arrival(name, 10)).header(SessionOpened.HEADER, session.header()), Void.class)));
            assertTrue(ask(client, name, "read", null, null).address().startsWith("https://127.0.0.1:"));
        }
    }
}
