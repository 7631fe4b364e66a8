package org.holdfast.crypto;

import java.security.MessageDigest;

/**
 * Constants and comparison of content ids: {@code HMAC-SHA-256(key, type byte || content)}, all 32 bytes. The key is
 * {@link DomainKeys#contentIdKey()}, so an id tells nothing to who does not have it.
 */
public final class ContentId {

    /** Length of an id, in bytes. */
    public static final int BYTES = 32;
    /** Type of a chunk of file data. */
    public static final byte TYPE_DATA = 0x01;
    /** Type of a directory page. */
    public static final byte TYPE_DIRECTORY = 0x02;

    private ContentId() {
    }

    /** Whether two ids are equal, found out in a time that does not depend on where they differ. */
    public static boolean matches(byte[] a, int aOffset, byte[] b, int bOffset) {
        int difference = 0;
        for (int i = 0; i < BYTES; i++) {
            difference |= a[aOffset + i] ^ b[bOffset + i];
        }
        return difference == 0;
    }

    /** Whether two ids of 32 bytes are equal, in constant time. */
    public static boolean matches(byte[] a, byte[] b) {
        return a.length == BYTES && b.length == BYTES && MessageDigest.isEqual(a, b);
    }
}
