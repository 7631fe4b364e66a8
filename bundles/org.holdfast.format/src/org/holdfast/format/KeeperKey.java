package org.holdfast.format;

import java.util.Arrays;

import org.holdfast.crypto.SecretBytes;

/** The keeper's copy of the key that seals pack directories, index segments and the keeper part of manifests. */
public final class KeeperKey {
    /** Name of the object. */
    public static final String OBJECT = "keeper";
    /** All bytes. */
    public static final int BYTES = Header.BYTES + 32 + 8;
    private static final int KEY_BYTES = 32;
    private static final int SUM_BYTES = 8;
    private static final int MAGIC = 0x48464b50; // HFKP

    private KeeperKey() {
    }

    /** The bytes to store. */
    public static byte[] encode(byte[] domainId, SecretBytes key) {
        byte[] copy = key.copy();
        byte[] out = Arrays.copyOf(Header.of(MAGIC, 0, domainId), BYTES);
        System.arraycopy(copy, 0, out, Header.BYTES, KEY_BYTES);
        SecretBytes.wipe(copy);
        byte[] sum = Manifest.sha256(out, 0, BYTES - SUM_BYTES);
        System.arraycopy(sum, 0, out, BYTES - SUM_BYTES, SUM_BYTES);
        return out;
    }

    /** Parses the stored bytes. */
    public static SecretBytes parse(byte[] stored, byte[] domainId) {
        var in = new ByteReader("The keeper key", stored);
        if (Header.parse(in, "The keeper key", MAGIC, domainId) != 0) {
            throw in.damaged("its header is wrong");
        }
        int keyAt = in.skip(KEY_BYTES);
        byte[] sum = in.raw(SUM_BYTES);
        in.end();
        if (!Arrays.equals(sum, 0, SUM_BYTES, Manifest.sha256(stored, 0, BYTES - SUM_BYTES), 0, SUM_BYTES)) {
            throw in.damaged("its checksum is wrong");
        }
        return SecretBytes.adopt(Arrays.copyOfRange(stored, keyAt, keyAt + KEY_BYTES));
    }
}
