package org.holdfast.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.holdfast.crypto.DomainKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blobs come back as they were, and only for who names them rightly. */
class BlobCodecTest {
    private static final byte[] ID = TestData.id(0x55);

    private final DomainKeys keys = TestData.keys();
    private final BlobCodec codec = new BlobCodec(keys);

    @AfterEach
    void close() {
        codec.close();
        keys.close();
    }

    private byte[] decode(PackKind kind, BlobCodec.Stored stored, int raw, byte[] id, byte[] sealed, int at) {
        var out = new byte[raw];
        codec.decode(kind, stored.codec(), stored.epoch(), raw, id, 0, sealed, at, stored.length(), out);
        return out;
    }

    @Test
    void everySizeComesBack() {
        for (int n : new int[] { 0, 1, 2, 31, 32, 33, 100, 4095, 4096, 4097, 65_535, Chunker.MIN, Chunker.MIN + 1,
                Chunker.MAX, Chunker.MAX + 1 }) {
            for (byte[] raw : new byte[][] { TestData.stream("blob", n), new byte[n] }) {
                for (PackKind kind : PackKind.values()) {
                    var sealed = new byte[BlobCodec.bound(n)];
                    BlobCodec.Stored stored = codec.encode(kind, 1, raw, n, ID, 0, sealed);
                    assertTrue(stored.length() <= BlobCodec.bound(n));
                    assertArrayEquals(raw, decode(kind, stored, n, ID, sealed, 0));
                }
            }
        }
    }

    /** What gains less than a thirty-second is stored as it is, so reading it costs nothing. */
    @Test
    void poorCompressionIsNotUsed() {
        byte[] noise = TestData.stream("noise", 100_000);
        var sealed = new byte[BlobCodec.bound(noise.length)];
        assertEquals(new BlobCodec.Stored(100_040, BlobCodec.RAW, 0),
                codec.encode(PackKind.DATA, 3, noise, noise.length, ID, 0, sealed));
        System.arraycopy(new byte[2000], 0, noise, 0, 2000);
        assertEquals(BlobCodec.RAW, codec.encode(PackKind.DATA, 3, noise, noise.length, ID, 0, sealed).codec());
        System.arraycopy(new byte[4000], 0, noise, 0, 4000);
        BlobCodec.Stored stored = codec.encode(PackKind.DATA, 3, noise, noise.length, ID, 0, sealed);
        assertEquals(BlobCodec.ZSTD, stored.codec());
        assertArrayEquals(noise, decode(PackKind.DATA, stored, noise.length, ID, sealed, 0));
    }

    @Test
    void aBlobCanStandAnywhere() {
        byte[] raw = TestData.text("blob", 5000);
        var sealed = new byte[BlobCodec.bound(raw.length)];
        BlobCodec.Stored stored = codec.encode(PackKind.DATA, 3, raw, raw.length, ID, 0, sealed);
        byte[] pack = TestData.concat(new byte[777], sealed);
        byte[] ids = TestData.concat(new byte[64], ID);
        var out = new byte[raw.length];
        codec.decode(PackKind.DATA, stored.codec(), 0, raw.length, ids, 64, pack, 777, stored.length(), out);
        assertArrayEquals(raw, out);
    }

    @Test
    void whatDescribesABlobIsPartOfIt() {
        byte[] raw = TestData.text("blob", 5000);
        var sealed = new byte[BlobCodec.bound(raw.length)];
        BlobCodec.Stored s = codec.encode(PackKind.DATA, 3, raw, raw.length, ID, 0, sealed);
        assertThrows(FormatException.class, () -> decode(PackKind.META, s, raw.length, ID, sealed, 0));
        assertThrows(FormatException.class, () -> decode(PackKind.DATA, s, raw.length, TestData.id(1), sealed, 0));
        assertThrows(FormatException.class, () -> decode(PackKind.DATA, s, raw.length - 1, ID, sealed, 0));
        assertThrows(FormatException.class, () -> decode(PackKind.DATA, s, raw.length + 1, ID, sealed, 0));
        assertThrows(FormatException.class, () -> decode(PackKind.DATA,
                new BlobCodec.Stored(s.length(), BlobCodec.RAW, 0), raw.length, ID, sealed, 0));
        assertThrows(FormatException.class, () -> decode(PackKind.DATA,
                new BlobCodec.Stored(s.length(), BlobCodec.RAW, 0), s.length() - BlobCodec.SEAL_BYTES, ID, sealed, 0));
        FormatException epoch = assertThrows(FormatException.class, () -> decode(PackKind.DATA,
                new BlobCodec.Stored(s.length(), s.codec(), 1), raw.length, ID, sealed, 0));
        assertTrue(epoch.getMessage().contains("key epoch 1"), epoch.getMessage());
        assertThrows(FormatException.class, () -> decode(PackKind.DATA,
                new BlobCodec.Stored(BlobCodec.SEAL_BYTES - 1, s.codec(), 0), raw.length, ID, sealed, 0));
        try (DomainKeys other = TestData.keys(TestData.counting(1, 16)); BlobCodec stranger = new BlobCodec(other)) {
            assertThrows(FormatException.class, () -> stranger.decode(PackKind.DATA, s.codec(), 0, raw.length, ID, 0,
                    sealed, 0, s.length(), new byte[raw.length]));
        }
    }
}
