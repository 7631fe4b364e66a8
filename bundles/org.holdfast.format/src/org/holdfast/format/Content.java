package org.holdfast.format;

import java.util.Arrays;

/**
 * What an entry holds, encoded: the body and the ids it refers to.
 *
 * @param body bytes as they stand in a page; the first is a {@link Body} number
 * @param refs ids, {@link Id#SIZE} bytes each
 */
public record Content(byte[] body, byte[] refs) {
    private static final byte[] NO_REFS = new byte[0];
    /** No content. */
    public static final Content NONE = new Content(new byte[] { Body.NONE }, NO_REFS);

    /** A tiny file. */
    public static Content inline(byte[] data, int offset, int length) {
        return new Content(new ByteWriter(length + 4).u8(Body.INLINE).varint(length).raw(data, offset, length)
                .toByteArray(), NO_REFS);
    }

    /** A file of one chunk. */
    public static Content single(byte[] id) {
        return new Content(new byte[] { Body.SINGLE }, id);
    }

    /** A symbolic link. */
    public static Content link(byte[] target) {
        return new Content(new ByteWriter(target.length + 4).u8(Body.LINK).string(target).toByteArray(), NO_REFS);
    }

    /** A device node; major in the upper, minor in the lower 32 bits. */
    public static Content device(long device) {
        return new Content(new ByteWriter(12).u8(Body.DEVICE).varint(device >>> 32).varint(device & 0xffffffffL)
                .toByteArray(), NO_REFS);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Content c && Arrays.equals(body, c.body) && Arrays.equals(refs, c.refs);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(body) + Arrays.hashCode(refs);
    }
}
