package org.holdfast.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.holdfast.crypto.DomainKeys;
import org.holdfast.crypto.Xaes256Gcm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What version 1 wrote once, this program reads for ever, and what is not random it still writes the same. A test
 * that fails here means that existing vaults are at stake: change the code, not the bytes.
 */
class GoldenTest {
    private final DomainKeys keys = TestData.keys();
    private final Xaes256Gcm keeper = new Xaes256Gcm(keys.keeperKey());
    private final Xaes256Gcm manifestKey = new Xaes256Gcm(keys.manifestKey());

    @AfterEach
    void close() {
        keeper.close();
        manifestKey.close();
        keys.close();
    }

    @Test
    void vaultDescriptor() {
        byte[] stored = TestData.golden("vault");
        VaultDescriptor vault = VaultDescriptor.parse(stored);
        assertEquals(Samples.descriptor(vault.publicKey()), vault);
        assertArrayEquals(Arrays.copyOf(stored, VaultDescriptor.BODY_BYTES), vault.encode());
        assertEquals(VaultDescriptor.BYTES, stored.length);
        assertTrue(TestData.signed(vault.publicKey(), stored));
        assertEquals("abcae2eca1dd24879d9df76d4a373ea921cd76e148a732229eba8cc96ce0e04d",
                TestData.hex(vault.publicKey()), "the public key of the golden domain");
    }

    @Test
    void keeperKey() {
        byte[] stored = TestData.golden("keeper");
        assertTrue(keys.keeperKey().matches(KeeperKey.parse(stored, TestData.DOMAIN)));
        assertArrayEquals(stored, KeeperKey.encode(TestData.DOMAIN, keys.keeperKey()));
        assertEquals(KeeperKey.BYTES, stored.length);
    }

    @Test
    void pageAndList() {
        assertArrayEquals(TestData.golden("page"), Samples.pageRaw());
        assertArrayEquals(TestData.golden("page-references"), Samples.pageRefs());
        assertArrayEquals(TestData.golden("page-id"), Samples.pageId());
        assertArrayEquals(TestData.golden("list"), Samples.segments().encodeList());
        assertArrayEquals(TestData.golden("list-id"), Samples.listId());
        assertEquals("1af7ecf93000d503a92bda24db9e87c0a4ff57d597f64add9bfcd75a7514b972",
                TestData.hex(Samples.dataId(Samples.ascii("holdfast"))), "computed apart");
    }

    @Test
    void dataPack() {
        byte[] pack = TestData.golden("data-pack");
        PackDirectory directory = directory(pack, PackKind.DATA);
        assertEquals(2, directory.blobs().size());
        BlobEntry solid = directory.blobs().get(0);
        BlobEntry raw = directory.blobs().get(1);
        same(Samples.dataDirectory(solid.storedLength(), raw.storedLength()), directory);
        assertArrayEquals(TestData.concat(Samples.solidChunks().get(0), Samples.solidChunks().get(1)),
                open(pack, PackKind.DATA, solid));
        assertArrayEquals(Samples.rawChunk(), open(pack, PackKind.DATA, raw));
        assertEquals(600, solid.chunkOffset(1));
    }

    @Test
    void metaPack() {
        byte[] pack = TestData.golden("meta-pack");
        PackDirectory directory = directory(pack, PackKind.META);
        BlobEntry blob = directory.blobs().get(0);
        same(Samples.metaDirectory(blob.storedLength()), directory);
        assertArrayEquals(TestData.concat(TestData.golden("list"), TestData.golden("page")),
                open(pack, PackKind.META, blob));
    }

    @Test
    void indexSegment() {
        byte[] stored = TestData.golden("index");
        IndexSegment index = IndexSegment.open(stored, TestData.DOMAIN, keeper);
        byte[] data = TestData.golden("data-pack");
        byte[] meta = TestData.golden("meta-pack");
        assertEquals(List.of(new Id(TestData.id(0x71))), index.replaces());
        assertEquals(List.of(GoldenMaker.name(data), GoldenMaker.name(meta)),
                index.packs().stream().map(IndexSegment.Pack::name).toList());
        assertEquals(List.of((long) data.length, (long) meta.length),
                index.packs().stream().map(IndexSegment.Pack::bytes).toList());
        same(directory(data, PackKind.DATA), index.packs().get(0).directory());
        PackDirectory withoutRefs = index.packs().get(1).directory();
        BlobEntry blob = withoutRefs.blobs().get(0);
        assertEquals(0, blob.refs().length);
        assertArrayEquals(new byte[] { ContentType.LIST, ContentType.PAGE }, blob.types());
        byte[] again = index.seal(TestData.DOMAIN, keeper);
        assertEquals(stored.length, again.length);
        assertArrayEquals(keeper.open(Arrays.copyOfRange(stored, 24, stored.length), Arrays.copyOf(stored, 24)),
                keeper.open(Arrays.copyOfRange(again, 24, again.length), Arrays.copyOf(again, 24)));
    }

    @Test
    void manifests() {
        byte[] publicKey = VaultDescriptor.parse(TestData.golden("vault")).publicKey();
        byte[] checkpoint = TestData.golden("checkpoint");
        byte[] point = TestData.golden("point");
        same(Samples.checkpoint(), Manifest.open(checkpoint, TestData.DOMAIN, keeper, manifestKey));
        same(Samples.point(GoldenMaker.name(checkpoint)), Manifest.open(point, TestData.DOMAIN, keeper, manifestKey));
        assertTrue(TestData.signed(publicKey, checkpoint));
        assertTrue(TestData.signed(publicKey, point));
        Manifest blind = Manifest.open(point, TestData.DOMAIN, keeper, null);
        assertNull(blind.details());
        assertEquals(List.of(new Id(Samples.pageId())), blind.keeper().roots());
        for (byte[] stored : List.of(checkpoint, point)) {
            Manifest manifest = Manifest.open(stored, TestData.DOMAIN, keeper, manifestKey);
            byte[] again = manifest.seal(TestData.DOMAIN, keeper, manifestKey);
            assertEquals(stored.length, again.length + Manifest.SIGNATURE_BYTES);
            same(manifest, Manifest.open(Arrays.copyOf(again, stored.length), TestData.DOMAIN, keeper, manifestKey));
        }
    }

    private PackDirectory directory(byte[] pack, PackKind kind) {
        assertEquals(kind, PackFormat.parseHeader(Arrays.copyOf(pack, 24), TestData.DOMAIN));
        int end = pack.length - PackFormat.TRAILER_BYTES;
        int length = PackFormat.directoryLength(Arrays.copyOfRange(pack, end, pack.length), pack.length);
        byte[] sealed = Arrays.copyOfRange(pack, end - length, end);
        PackDirectory directory = PackFormat.open(sealed, kind, TestData.DOMAIN, keeper);
        var plain = new ByteWriter(1024);
        directory.encode(plain);
        assertArrayEquals(keeper.open(sealed, Arrays.copyOf(pack, 24)), plain.toByteArray(), "encoding is stable");
        return directory;
    }

    private byte[] open(byte[] pack, PackKind kind, BlobEntry blob) {
        try (BlobCodec codec = new BlobCodec(keys)) {
            var out = new byte[blob.rawLength()];
            codec.decode(kind, blob.codec(), blob.epoch(), blob.rawLength(), blob.ids(), 0, pack, blob.offset(),
                    blob.storedLength(), out);
            return out;
        }
    }

    private static void same(PackDirectory expected, PackDirectory actual) {
        assertEquals(expected.kind(), actual.kind());
        assertEquals(expected.blobs().size(), actual.blobs().size());
        for (int i = 0; i < expected.blobs().size(); i++) {
            BlobEntry e = expected.blobs().get(i);
            BlobEntry a = actual.blobs().get(i);
            assertEquals(List.of(e.offset(), e.storedLength(), e.codec(), e.epoch(), e.rawLength()),
                    List.of(a.offset(), a.storedLength(), a.codec(), a.epoch(), a.rawLength()));
            assertArrayEquals(e.types(), a.types());
            assertArrayEquals(e.lengths(), a.lengths());
            assertArrayEquals(e.ids(), a.ids());
            assertArrayEquals(e.refCounts(), a.refCounts());
            assertArrayEquals(e.refs(), a.refs());
        }
    }

    static void same(Manifest expected, Manifest actual) {
        assertEquals(plain(expected.keeper()), plain(actual.keeper()));
        assertArrayEquals(expected.keeper().group(), actual.keeper().group());
        Manifest.Details e = expected.details();
        Manifest.Details a = actual.details();
        assertEquals(List.of(e.server(), e.root(), e.exclusions(), e.program(), e.warningCount()),
                List.of(a.server(), a.root(), a.exclusions(), a.program(), a.warningCount()));
        assertArrayEquals(e.base(), a.base());
        assertArrayEquals(e.counters(), a.counters());
        assertArrayEquals(e.items().toArray(), a.items().toArray());
        assertEquals(e.warnings().size(), a.warnings().size());
        for (int i = 0; i < e.warnings().size(); i++) {
            assertArrayEquals(e.warnings().get(i).path(), a.warnings().get(i).path());
            assertEquals(e.warnings().get(i).problem(), a.warnings().get(i).problem());
            assertEquals(e.warnings().get(i).reason(), a.warnings().get(i).reason());
        }
        assertEquals(e.counter(Manifest.Counter.BYTES_READ), a.counter(Manifest.Counter.BYTES_READ));
    }

    private static Manifest.Keeper plain(Manifest.Keeper k) {
        return new Manifest.Keeper(k.kind(), k.seconds(), k.nanos(), k.millis(), k.previous(), null, k.state(),
                k.keepUntil(), k.storedBytes(), k.roots());
    }
}
