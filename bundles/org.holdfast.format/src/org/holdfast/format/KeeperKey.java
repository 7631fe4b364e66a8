package org.holdfast.format;

import java.util.Arrays;

import org.holdfast.crypto.SecretBytes;

/** The keeper's copy of the key that seals pack directories, index segments and the keeper part of manifests. */
public final class KeeperKey {
    /** Name of the object. */
    public static final String OBJECT = "keeper";
    /** All bytes. */
    public static final int BYTES = 4 + 4 + 16 + 32 + 8;
    private static final int MAGIC = 0x48464b50; // HFKP

    private KeeperKey() {
    }

    /** The bytes to store. */
    public static byte[] encode(byte[] domainId, SecretBytes key) {
        byte[] copy = key.copy();
        byte[] out = new ByteWriter(BYTES).u32(MAGIC).u8(Version.CURRENT).u8(0).u16(0).raw(domainId).raw(copy)
                .u64(0).toByteArray();
        SecretBytes.wipe(copy);
        byte[] sum = Manifest.sha256(out, 0, BYTES - 8);
        System.arraycopy(sum, 0, out, BYTES - 8, 8);
        return out;
    }

    /** Parses the stored bytes. */
    public static SecretBytes parse(byte[] stored, byte[] domainId) {
        var in = new ByteReader("The keeper key", stored);
        if (in.u32() != MAGIC) {
            throw in.damaged("it does not start like one");
        }
        Version.check("The keeper key", in.u8());
        in.skip(3);
        if (!Arrays.equals(in.raw(16), domainId)) {
            throw in.damaged("it belongs to another encryption domain");
        }
        SecretBytes key = SecretBytes.adopt(in.raw(32));
        byte[] sum = in.raw(8);
        in.end();
        if (!Arrays.equals(sum, 0, 8, Manifest.sha256(stored, 0, BYTES - 8), 0, 8)) {
            throw in.damaged("its checksum is wrong");
        }
        return key;
    }
}
