package org.holdfast.store.azure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.StoreProvider;
import org.holdfast.api.spi.store.Upload;
import org.holdfast.api.spi.store.remote.StoreCheck.Finding;
import org.holdfast.api.spi.store.remote.StoreCheck.Level;
import org.holdfast.azure.doubles.BlobDouble;
import org.holdfast.azure.doubles.EntraDouble;
import org.holdfast.azure.doubles.HttpsDouble.Answer;
import org.holdfast.azure.doubles.TestTls;
import org.holdfast.testkit.store.BlobStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promises of a store, kept in our own double of the service; and what the emulator cannot show. */
class BlobDoubleContractTest extends BlobStoreContract {
    private static @TempDir Path folder = Path.of("");
    private static EntraDouble entra;
    private static BlobDouble blobs;
    private static TestTls tls;
    private static int next;

    @BeforeAll
    static void start() {
        tls = TestTls.make("localhost", Instant.now());
        entra = new EntraDouble(tls, Clock.systemUTC());
        blobs = new BlobDouble(tls, Clock.systemUTC(), entra, true);
    }

    @AfterAll
    static void stop() {
        blobs.close();
        entra.close();
    }

    private static Map<String, String> variables(String... more) {
        try {
            Map<String, String> variables = new HashMap<>(Map.of("AZURE_TENANT_ID", EntraDouble.TENANT,
                    "AZURE_CLIENT_ID", entra.application("secret"), "AZURE_CLIENT_SECRET", "secret",
                    "AZURE_AUTHORITY_HOST", entra.authority(), "HOLDFAST_AZURE_CA",
                    tls.certificateFile(folder).toString()));
            for (int i = 0; i < more.length; i += 2) {
                variables.put(more[i], more[i + 1]);
            }
            return variables;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AzureStoreProvider azure(String... more) {
        return new AzureStoreProvider(Clock.systemUTC(), variables(more));
    }

    private final AzureStoreProvider provider = azure();

    @Override
    protected StoreProvider provider() {
        return provider;
    }

    @Override
    protected String freshLocation() {
        return blobs.location("contract") + "/store" + next++;
    }

    @Override
    protected Optional<BlobStore> smallStore() throws IOException {
        var small = new BlobDouble(tls, Clock.systemUTC(), entra, false);
        small.room(8 << 20);
        BlobStore made = provider.create(small.location("small"));
        return Optional.of(new org.holdfast.api.spi.store.ForwardingStore(made) {
            @Override
            public void close() throws IOException {
                super.close();
                small.close();
            }
        });
    }

    @Test
    void whatIsLockedStays() throws IOException {
        String location = blobs.location("locked") + "/" + next++;
        String name = pack("data", 1);
        try (BlobStore locked = azure("HOLDFAST_AZURE_LOCK_DAYS", "14").create(location)) {
            assertTrue(locked.put(name, ByteBuffer.wrap(bytes(1, 100))));
            var e = assertThrows(AccessDeniedException.class, () -> locked.delete(name));
            assertEquals("it is locked against removal", e.getReason());
            assertFalse(locked.put(name, ByteBuffer.wrap(bytes(2, 100))));
            assertArrayEquals(bytes(1, 100), locked.get(name, 100));
            Duration rest = Duration.between(Instant.now(),
                    blobs.lockedUntil("locked", location.substring(location.lastIndexOf('/') + 1) + "/" + name));
            assertEquals(13, rest.toDays());

            String lease = "sessions/" + "0".repeat(32) + "-0";
            assertTrue(locked.put(lease, ByteBuffer.wrap(new byte[] { 1 })));
            assertTrue(locked.delete(lease));
        }
    }

    @Test
    void aLargeObjectInBlocksIsLockedToo() throws IOException {
        String location = blobs.location("locked") + "/" + next++;
        try (BlobStore locked = azure("HOLDFAST_AZURE_LOCK_DAYS", "1", "HOLDFAST_AZURE_SPOOL", folder.toString())
                .create(location); Upload upload = locked.begin()) {
            byte[] piece = bytes(3, 1 << 20);
            for (int i = 0; i < 81; i++) {
                upload.write(piece, 0, piece.length);
            }
            assertTrue(upload.commit(pack("data", 3)));
            assertEquals(81L << 20, locked.size(pack("data", 3)));
            byte[] into = new byte[100];
            assertEquals(100, locked.read(pack("data", 3), 80L << 20, into, 0, 100));
            assertArrayEquals(java.util.Arrays.copyOf(piece, 100), into);
            assertThrows(AccessDeniedException.class, () -> locked.delete(pack("data", 3)));
        }
    }

    @Test
    void theCheckTellsWhetherALockHolds() throws IOException {
        azure().create(blobs.location("check")).close();
        Finding holds = azure("HOLDFAST_AZURE_LOCK_DAYS", "14").check(blobs.location("check")).getLast();
        assertEquals(new Finding(Level.GOOD, "lock", "holds: a locked object could not be deleted. Objects are locked "
                + "for 14 days"), holds);
        assertEquals(1, blobs.count("check"), "nothing is left behind");
        try (var without = new BlobDouble(tls, Clock.systemUTC(), entra, false)) {
            azure().create(without.location("check")).close();
            List<Finding> found = azure("HOLDFAST_AZURE_LOCK_DAYS", "14").check(without.location("check"));
            assertEquals(Level.BAD, found.getLast().level(), found::toString);
            assertTrue(found.getLast().text().contains("needs version-level immutability"), found::toString);
            assertTrue(found.stream().anyMatch(each -> each.text().startsWith("ZRS: ")), found::toString);
        }
    }

    @Test
    void dataGoesIntoItsTierAndTheRestStaysHot() throws IOException {
        String location = blobs.location("tiers") + "/t";
        try (BlobStore cool = azure("HOLDFAST_AZURE_DATA_TIER", "cool").create(location)) {
            cool.put(pack("data", 1), ByteBuffer.wrap(bytes(1, 10)));
            cool.put(pack("meta", 1), ByteBuffer.wrap(bytes(1, 10)));
        }
        assertEquals("Cool", blobs.tier("tiers", "t/" + pack("data", 1)));
        assertEquals("Hot", blobs.tier("tiers", "t/" + pack("meta", 1)));
    }

    @Test
    void aBusyServiceIsLeftAloneAsLongAsItAsks() throws IOException {
        blobs.fail(Answer.status(503).with("Retry-After", "1"), 1);
        blobs.fail(Answer.status(429).with("Retry-After", "1"), 1);
        long start = System.nanoTime();
        assertTrue(store.put("config", ByteBuffer.wrap(bytes(1, 100))));
        assertTrue(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) >= 2000);
        blobs.fail(Answer.status(500), 2);
        assertArrayEquals(bytes(1, 100), store.get("config", 100));
        blobs.fail(Answer.status(502), 1);
        assertEquals(100, store.size("config"));
    }

    @Test
    void aTokenThatEndsIsRenewed() throws IOException {
        entra.lifetime(Duration.ofSeconds(2));
        try (BlobStore short1 = azure().create(freshLocation())) {
            assertTrue(short1.put("one", ByteBuffer.wrap(bytes(1, 10))));
            Instant end = Instant.now().plusSeconds(3);
            while (Instant.now().isBefore(end)) {
                java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            assertTrue(short1.put("two", ByteBuffer.wrap(bytes(1, 10))));
        } finally {
            entra.lifetime(Duration.ofHours(1));
        }
    }

    @Test
    void damageOnTheWayIsSentAgain() throws IOException {
        blobs.damage(1);
        assertTrue(store.put("config", ByteBuffer.wrap(bytes(1, 100))));
        assertArrayEquals(bytes(1, 100), store.get("config", 100));
    }
}
