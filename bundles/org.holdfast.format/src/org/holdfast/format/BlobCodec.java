package org.holdfast.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

import org.holdfast.crypto.CryptoException;
import org.holdfast.crypto.DomainKeys;
import org.holdfast.crypto.Xaes256Gcm;

/**
 * Turns raw blobs into stored ones and back: zstd (RFC 8878), then XAES-256-GCM with everything that describes the
 * blob as associated data. One instance per thread; buffers are the caller's.
 */
public final class BlobCodec implements AutoCloseable {
    /** Stored as it is, because compression gained less than 3 %. */
    public static final int RAW = 0;
    /** One zstd frame without checksum. */
    public static final int ZSTD = 1;
    /** What sealing adds. */
    public static final int SEAL_BYTES = Xaes256Gcm.OVERHEAD;

    private static final int MAGIC = 0x4846424c; // HFBL
    private static final int AAD_BYTES = 4 + 1 + 16 + 1 + 1 + 4 + 4 + Id.SIZE;
    private static final int EPOCH = 0;

    private final Xaes256Gcm[] seals = new Xaes256Gcm[3];
    private final byte[] aad = new byte[AAD_BYTES];
    private final DomainKeys keys;
    private ZstdCompressCtx compressor;
    private ZstdDecompressCtx decompressor;
    private byte[] scratch = new byte[0];

    /** @param keys keys of the domain; not closed with this */
    public BlobCodec(DomainKeys keys) {
        this.keys = keys;
        byte[] domain = keys.domainId();
        Bytes.INT.set(aad, 0, MAGIC);
        aad[4] = Version.CURRENT;
        System.arraycopy(domain, 0, aad, 5, domain.length);
    }

    private Xaes256Gcm seal(PackKind kind) {
        Xaes256Gcm seal = seals[kind.code()];
        if (seal == null) {
            seal = new Xaes256Gcm(kind == PackKind.DATA ? keys.dataKey(EPOCH) : keys.metaKey(EPOCH));
            seals[kind.code()] = seal;
        }
        return seal;
    }

    private void describe(PackKind kind, int codec, int epoch, int rawLength, byte[] ids, int idOffset) {
        aad[21] = (byte) kind.code();
        aad[22] = (byte) codec;
        Bytes.INT.set(aad, 23, epoch);
        Bytes.INT.set(aad, 27, rawLength);
        System.arraycopy(ids, idOffset, aad, 31, Id.SIZE);
    }

    /** Bytes a stored blob can have at most. */
    public static int bound(int rawLength) {
        return rawLength + SEAL_BYTES;
    }

    /** How a blob was stored. */
    public record Stored(int length, int codec, int epoch) {
    }

    /**
     * Compresses and seals.
     *
     * @param level zstd level
     * @param ids where the id of the blob's first chunk is
     * @param out room for {@link #bound} bytes
     */
    public Stored encode(PackKind kind, int level, byte[] raw, int length, byte[] ids, int idOffset, byte[] out) {
        if (compressor == null) {
            compressor = new ZstdCompressCtx();
            compressor.setChecksum(false).setContentSize(true);
        }
        compressor.setLevel(level);
        int bound = (int) Zstd.compressBound(length);
        if (scratch.length < bound) {
            scratch = new byte[bound];
        }
        int n = compressor.compressByteArray(scratch, 0, scratch.length, raw, 0, length);
        boolean smaller = n < length - length / 32;
        int codec = smaller ? ZSTD : RAW;
        describe(kind, codec, EPOCH, length, ids, idOffset);
        int stored = seal(kind).seal(smaller ? scratch : raw, 0, smaller ? n : length, aad, 0, AAD_BYTES, out, 0);
        return new Stored(stored, codec, EPOCH);
    }

    /**
     * Opens and decompresses.
     *
     * @param out room for the raw length
     * @throws FormatException when the blob is not what was stored
     */
    public void decode(PackKind kind, int codec, int epoch, int rawLength, byte[] ids, int idOffset, byte[] sealed,
            int offset, int length, byte[] out) {
        if (epoch != EPOCH) {
            throw new UnsupportedFormatException("The blob is sealed under key epoch " + Integer.toUnsignedString(epoch)
                    + ", which this version lacks.");
        }
        describe(kind, codec, epoch, rawLength, ids, idOffset);
        int plain = length - SEAL_BYTES;
        if (plain < 0 || codec == RAW && plain != rawLength) {
            throw new FormatException("The blob is damaged: its length is wrong.");
        }
        try {
            if (codec == RAW) {
                seal(kind).open(sealed, offset, length, aad, 0, AAD_BYTES, out, 0);
                return;
            }
            if (scratch.length < plain) {
                scratch = new byte[plain + (plain >> 3)];
            }
            seal(kind).open(sealed, offset, length, aad, 0, AAD_BYTES, scratch, 0);
        } catch (CryptoException e) {
            throw new FormatException("The blob is damaged: it does not authenticate.", e);
        }
        if (decompressor == null) {
            decompressor = new ZstdDecompressCtx();
        }
        int n;
        try {
            n = decompressor.decompressByteArray(out, 0, rawLength, scratch, 0, plain);
        } catch (ZstdException e) {
            throw new FormatException("The blob is damaged: it cannot be decompressed.", e);
        }
        if (n != rawLength) {
            throw new FormatException("The blob is damaged: it has " + n + " bytes instead of " + rawLength + ".");
        }
    }

    @Override
    public void close() {
        for (Xaes256Gcm seal : seals) {
            if (seal != null) {
                seal.close();
            }
        }
        if (compressor != null) {
            compressor.close();
        }
        if (decompressor != null) {
            decompressor.close();
        }
    }
}
