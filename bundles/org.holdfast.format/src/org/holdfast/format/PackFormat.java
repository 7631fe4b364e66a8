package org.holdfast.format;

import java.util.zip.CRC32C;

import org.holdfast.crypto.CryptoException;
import org.holdfast.crypto.Xaes256Gcm;

/** Header, trailer and sealed directory of a pack. The name of a pack is the SHA-256 of all its bytes. */
public final class PackFormat {
    /** Bytes before the first blob. */
    public static final int HEADER_BYTES = Header.BYTES;
    /** Bytes after the sealed directory. */
    public static final int TRAILER_BYTES = 12;
    /** Largest pack accepted. */
    public static final int MAX_BYTES = 1 << 30;

    private static final int MAGIC = 0x4846504b; // HFPK
    private static final int END = 0x48465045; // HFPE

    private PackFormat() {
    }

    /** The header of a pack. */
    public static byte[] header(PackKind kind, byte[] domainId) {
        return Header.of(MAGIC, kind.code(), domainId);
    }

    /**
     * Checks a header.
     *
     * @return the kind of pack
     */
    public static PackKind parseHeader(byte[] header, byte[] domainId) {
        var in = new ByteReader("The header of the pack", header);
        PackKind kind = PackKind.of(Header.parse(in, "The pack", MAGIC, domainId), in);
        in.end();
        return kind;
    }

    /** Sealed directory and trailer, ready to be appended after the last blob. */
    public static byte[] seal(PackDirectory directory, byte[] domainId, Xaes256Gcm keeper) {
        var builder = new PackDirectory.Builder(directory.kind());
        directory.blobs().forEach(builder::add);
        return seal(builder, domainId, keeper);
    }

    /** Sealed directory and trailer, ready to be appended after the last blob. */
    public static byte[] seal(PackDirectory.Builder directory, byte[] domainId, Xaes256Gcm keeper) {
        int start = directory.start();
        int length = directory.length() - start;
        if (length > PackDirectory.MAX_BYTES - Xaes256Gcm.OVERHEAD) {
            throw new IllegalArgumentException("A pack's directory of " + length + " bytes cannot be read");
        }
        byte[] aad = header(directory.kind(), domainId);
        var sealed = new byte[length + Xaes256Gcm.OVERHEAD + TRAILER_BYTES];
        int n = keeper.seal(directory.bytes(), start, length, aad, 0, aad.length, sealed, 0);
        var crc = new CRC32C();
        crc.update(sealed, 0, n);
        Bytes.INT.set(sealed, n, n);
        Bytes.INT.set(sealed, n + 4, (int) crc.getValue());
        Bytes.INT.set(sealed, n + 8, END);
        return sealed;
    }

    /**
     * Length of the sealed directory, read from the last {@link #TRAILER_BYTES} bytes of a pack.
     *
     * @param packBytes size of the whole pack
     */
    public static int directoryLength(byte[] trailer, long packBytes) {
        var in = new ByteReader("The trailer of the pack", trailer);
        int length = in.u32();
        in.u32();
        if (in.u32() != END) {
            throw in.damaged("it does not end like a pack");
        }
        if (length < Xaes256Gcm.OVERHEAD || length > PackDirectory.MAX_BYTES
                || length > packBytes - HEADER_BYTES - TRAILER_BYTES) {
            throw in.damaged("its directory cannot have " + Integer.toUnsignedString(length) + " bytes");
        }
        return length;
    }

    /**
     * Opens a sealed directory.
     *
     * @param sealed the bytes before the trailer
     */
    public static PackDirectory open(byte[] sealed, PackKind kind, byte[] domainId, Xaes256Gcm keeper) {
        byte[] plain;
        try {
            plain = keeper.open(sealed, header(kind, domainId));
        } catch (CryptoException e) {
            throw new FormatException("The directory of the pack is damaged: it does not authenticate.", e);
        }
        return PackDirectory.parse(kind, new ByteReader("The directory of the pack", plain));
    }
}
