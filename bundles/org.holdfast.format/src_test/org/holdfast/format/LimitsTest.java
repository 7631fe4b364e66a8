package org.holdfast.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

import org.holdfast.crypto.DomainKeys;
import org.holdfast.crypto.Xaes256Gcm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nothing is written that could not be read, and impossible values are refused with the reason. */
class LimitsTest {
    private final DomainKeys keys = TestData.keys();
    private final Xaes256Gcm keeper = new Xaes256Gcm(keys.keeperKey());
    private final Xaes256Gcm manifestKey = new Xaes256Gcm(keys.manifestKey());

    @AfterEach
    void close() {
        keeper.close();
        manifestKey.close();
        keys.close();
    }

    private Manifest reopen(Manifest manifest) {
        byte[] sealed = manifest.seal(TestData.DOMAIN, keeper, manifestKey);
        return Manifest.open(Arrays.copyOf(sealed, sealed.length + Manifest.SIGNATURE_BYTES), TestData.DOMAIN, keeper,
                manifestKey);
    }

    private static Manifest manifest(Manifest.Details details) {
        return new Manifest(Samples.checkpoint().keeper(), details);
    }

    @Test
    void longTextsAreClippedToWhatAReaderTakes() {
        var skipped = new Manifest.Skipped(new byte[(1 << 20) + 1], "P".repeat(101), "\u3042".repeat(4000));
        Manifest.Details read = reopen(manifest(new Manifest.Details("s".repeat(1025), new byte[1 << 20], List.of(),
                DirectoryBody.EMPTY, List.of("x".repeat(1 << 20)), "\u00e9".repeat(600), new long[0], 1,
                List.of(skipped)))).details();
        assertEquals("s".repeat(1024), read.server());
        assertEquals("\u00e9".repeat(512), read.program());
        assertEquals(1 << 20, read.warnings().get(0).path().length);
        assertEquals("P".repeat(100), read.warnings().get(0).problem());
        int reason = read.warnings().get(0).reason().getBytes(StandardCharsets.UTF_8).length;
        assertTrue(reason <= 4096 && reason > 4000, "clipped to " + reason);
        for (Manifest.Details tooLong : List.of(
                new Manifest.Details("", new byte[(1 << 20) + 1], List.of(), DirectoryBody.EMPTY, List.of(), "",
                        new long[0], 0, List.of()),
                new Manifest.Details("", new byte[0], List.of(new byte[(1 << 20) + 1]), DirectoryBody.EMPTY,
                        List.of(), "", new long[0], 0, List.of()),
                new Manifest.Details("", new byte[0], List.of(), DirectoryBody.EMPTY,
                        List.of("x".repeat((1 << 20) + 1)), "", new long[0], 0, List.of()))) {
            assertThrows(IllegalArgumentException.class, () -> manifest(tooLong).seal(TestData.DOMAIN, keeper,
                    manifestKey));
        }
    }

    @Test
    void countersMayBeFewerOrMore() {
        Manifest.Details read = reopen(manifest(new Manifest.Details("", new byte[0], List.of(), DirectoryBody.EMPTY,
                List.of(), "", new long[] { 5 }, 0, List.of()))).details();
        assertEquals(5, read.counter(Manifest.Counter.FILES_NEW));
        assertEquals(0, read.counter(Manifest.Counter.EXCLUDED));
        assertEquals(9, reopen(manifest(new Manifest.Details("", new byte[0], List.of(), DirectoryBody.EMPTY,
                List.of(), "", new long[9], 0, List.of()))).details().counters().length);
    }

    @Test
    void manifestsOfAnotherKeyOrKindDoNotOpen() {
        byte[] stored = TestData.golden("point");
        assertThrows(FormatException.class, () -> Manifest.open(stored, TestData.DOMAIN, manifestKey, null));
        assertThrows(FormatException.class, () -> Manifest.open(stored, TestData.DOMAIN, keeper, keeper));
        byte[] asCheckpoint = stored.clone();
        asCheckpoint[5] = Manifest.CHECKPOINT;
        assertThrows(FormatException.class, () -> Manifest.open(asCheckpoint, TestData.DOMAIN, keeper, null));
        for (Manifest.Keeper bad : List.of(keeper(3, 0, 0), keeper(1, 0, 3), keeper(1, 1_000_000_000, 0),
                keeper(1, -1, 0))) {
            assertThrows(FormatException.class, () -> reopen(new Manifest(bad, Samples.checkpoint().details())));
        }
    }

    private static Manifest.Keeper keeper(int kind, int nanos, int state) {
        return new Manifest.Keeper(kind, 0, nanos, 0, new Id(new byte[32]), new byte[16], state, 0, 0, List.of());
    }

    private static BlobEntry blob(int stored, int codec, int raw, int... lengths) {
        return new BlobEntry(0, stored, codec, 0, raw, new byte[lengths.length], lengths,
                new byte[lengths.length * Id.SIZE], new int[lengths.length], new byte[0]);
    }

    private static void refused(String reason, PackDirectory directory) {
        var out = new ByteWriter(100);
        directory.encode(out);
        FormatException e = assertThrows(FormatException.class, () -> PackDirectory.parse(directory.kind(),
                new ByteReader("The directory", out.toByteArray())));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void impossibleDirectoriesAreRefused() {
        refused("the stored length of a blob is 39", new PackDirectory(PackKind.DATA, List.of(blob(39, 0, 1, 1))));
        refused("there is no codec 2", new PackDirectory(PackKind.DATA, List.of(blob(41, 2, 1, 1))));
        refused("the raw length of a blob", new PackDirectory(PackKind.DATA,
                List.of(blob(41, 1, PackDirectory.MAX_RAW + 1, 1))));
        refused("add up to 3 of its 4 bytes", new PackDirectory(PackKind.DATA, List.of(blob(44, 0, 4, 1, 2))));
        refused("the length of a chunk is 5", new PackDirectory(PackKind.DATA, List.of(blob(44, 0, 4, 5))));
        refused("a blob has no chunks", new PackDirectory(PackKind.DATA,
                List.of(blob(44, 0, 4), blob(44, 0, 4, 1, 1, 1, 1))));
        refused("longer than a pack can be", new PackDirectory(PackKind.DATA,
                Collections.nCopies(17, blob(PackDirectory.MAX_RAW, 0, 1, 1))));
    }

    @Test
    void whatWouldBeTooLargeToReadIsNotWritten() {
        var refs = new byte[Id.SIZE << 20];
        var entry = new BlobEntry(24, 100, 0, 0, 60, new byte[1], new int[] { 60 }, new byte[32],
                new int[] { 1 << 20 }, refs);
        PackDirectory large = new PackDirectory(PackKind.META, List.of(entry, entry));
        assertThrows(IllegalArgumentException.class, () -> PackFormat.seal(large, TestData.DOMAIN, keeper));
        var many = new BlobEntry(24, 100, 0, 0, 0, new byte[1 << 20], new int[1 << 20], new byte[Id.SIZE << 20],
                new int[1 << 20], new byte[0]);
        var pack = new IndexSegment.Pack(new Id(new byte[32]), 1000, new PackDirectory(PackKind.DATA,
                List.of(many, many)));
        assertThrows(IllegalArgumentException.class,
                () -> new IndexSegment(List.of(pack), List.of()).seal(TestData.DOMAIN, keeper));
    }

    @Test
    void trailersThatCannotBeAreRefused() {
        byte[] pack = TestData.golden("data-pack");
        byte[] trailer = Arrays.copyOfRange(pack, pack.length - PackFormat.TRAILER_BYTES, pack.length);
        int length = PackFormat.directoryLength(trailer, pack.length);
        assertEquals(length, PackFormat.directoryLength(trailer, length + 36));
        assertThrows(FormatException.class, () -> PackFormat.directoryLength(trailer, length + 35));
        for (int bad : new int[] { 0, 39, -1, Integer.MIN_VALUE, PackDirectory.MAX_BYTES + 1 }) {
            byte[] wrong = trailer.clone();
            Bytes.INT.set(wrong, 0, bad);
            assertThrows(FormatException.class, () -> PackFormat.directoryLength(wrong, Integer.MAX_VALUE));
        }
    }

    @Test
    void segmentsThatCannotBeAreRefused() {
        for (Segments bad : List.of(new Segments(new byte[] { 3 }, new long[] { 1 }),
                new Segments(new byte[] { Body.HOLE }, new long[] { 0 }),
                new Segments(new byte[] { Body.CHUNK }, new long[] { PackDirectory.MAX_RAW + 1L }),
                new Segments(new byte[] { 1, 1, 1 }, new long[] { (1L << 62) - 1, (1L << 62) - 1, (1L << 62) - 1 }))) {
            assertThrows(FormatException.class, () -> Segments.parseList(bad.encodeList(), 0, bad.encodeList().length));
        }
        Segments most = new Segments(new byte[] { Body.CHUNK, Body.ZERO }, new long[] { PackDirectory.MAX_RAW,
                (1L << 62) - 1 });
        byte[] encoded = most.encodeList();
        assertArrayEquals(most.lengths(), Segments.parseList(encoded, 0, encoded.length).lengths());
        assertEquals(PackDirectory.MAX_RAW + (1L << 62) - 1, most.total());
        assertEquals(0, Segments.parseList(new byte[] { 1, 0 }, 0, 2).count());
    }

    @Test
    void totalsOfDirectoriesAreNotNegative() {
        for (DirectoryBody bad : List.of(new DirectoryBody(-1, 0, 0, List.of()),
                new DirectoryBody(0, -1, 0, List.of()), new DirectoryBody(0, 0, -1, List.of()))) {
            byte[] body = bad.toContent().body();
            assertThrows(FormatException.class, () -> DirectoryBody.parse(new ByteReader("x", body, 1,
                    body.length - 1), new byte[0], 0, 0));
        }
    }

    @Test
    void idsHaveOneForm() {
        var id = new Id(TestData.counting(0xf0, 32));
        assertEquals(id, Id.of(id.hex()));
        assertEquals(id, Id.at(TestData.concat(new byte[5], id.bytes()), 5));
        assertEquals(id.hashCode(), Id.of(id.hex()).hashCode());
        assertTrue(id.compareTo(new Id(TestData.id(0x7f))) > 0, "bytes are unsigned");
        assertThrows(IllegalArgumentException.class, () -> new Id(new byte[31]));
        assertEquals(id, Id.parse(id.hex()));
        for (String bad : List.of("", id.hex().substring(1), id.hex() + "0", id.hex().toUpperCase(Locale.ROOT),
                "g" + id.hex().substring(1), "../" + id.hex().substring(3))) {
            assertNull(Id.parse(bad), bad);
        }
        assertEquals(id, PackKind.DATA.pack("data/" + id.hex()));
        assertNull(PackKind.DATA.pack("meta/" + id.hex()));
        assertNull(PackKind.META.pack("meta/" + id.hex() + ".part"));
        assertEquals("data/" + id.hex(), PackKind.DATA.objectName(id));
        assertEquals("meta/" + id.hex(), PackKind.META.objectName(id));
    }
}
