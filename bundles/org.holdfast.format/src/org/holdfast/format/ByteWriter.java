package org.holdfast.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte array with the primitives of the format: big-endian integers, LEB128 varints, byte strings. */
public final class ByteWriter {
    private byte[] bytes;
    private int length;

    /** @param capacity bytes to start with */
    public ByteWriter(int capacity) {
        bytes = new byte[Math.max(16, capacity)];
    }

    /** Forgets the content and keeps the memory. */
    public void clear() {
        length = 0;
    }

    /** Forgets what was written behind a place. */
    void truncate(int newLength) {
        length = Math.min(length, newLength);
    }

    /**
     * Writes a varint that ends where other bytes start, for a number that is known only when those are written.
     *
     * @param end where they start; there must be room for the varint in front
     * @return where the varint starts
     */
    int varintBefore(int end, long value) {
        int size = 1;
        for (long v = value; (v & ~0x7fL) != 0; v >>>= 7) {
            size++;
        }
        int written = length;
        length = end - size;
        varint(value);
        length = written;
        return end - size;
    }

    /** Number of bytes written. */
    public int length() {
        return length;
    }

    /** The array behind; valid up to {@link #length()} until the next write. */
    public byte[] array() {
        return bytes;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Makes room for more bytes. */
    public void ensure(int more) {
        if (bytes.length - length < more) {
            // Powers of two, whatever the steps: so a large one does not get larger than its content needs by chance.
            long want = Long.highestOneBit(length + (long) more - 1) << 1;
            bytes = Arrays.copyOf(bytes, (int) Math.min(want, Integer.MAX_VALUE - 8L));
        }
    }

    /** One byte. */
    public ByteWriter u8(int value) {
        ensure(1);
        bytes[length++] = (byte) value;
        return this;
    }

    /** Two bytes, big-endian. */
    public ByteWriter u16(int value) {
        return u8(value >>> 8).u8(value);
    }

    /** Four bytes, big-endian. */
    public ByteWriter u32(int value) {
        ensure(4);
        Bytes.INT.set(bytes, length, value);
        length += 4;
        return this;
    }

    /** Eight bytes, big-endian. */
    public ByteWriter u64(long value) {
        ensure(8);
        Bytes.LONG.set(bytes, length, value);
        length += 8;
        return this;
    }

    /** Unsigned LEB128. */
    public ByteWriter varint(long value) {
        ensure(10);
        long v = value;
        while ((v & ~0x7fL) != 0) {
            bytes[length++] = (byte) (v | 0x80);
            v >>>= 7;
        }
        bytes[length++] = (byte) v;
        return this;
    }

    /** Signed value as zigzag LEB128. */
    public ByteWriter zigzag(long value) {
        return varint((value << 1) ^ (value >> 63));
    }

    /** Bytes as they are. */
    public ByteWriter raw(byte[] source) {
        return raw(source, 0, source.length);
    }

    /** Bytes as they are. */
    public ByteWriter raw(byte[] source, int offset, int count) {
        ensure(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
        return this;
    }

    /** Length as varint, then the bytes. */
    public ByteWriter string(byte[] source) {
        return varint(source.length).raw(source);
    }

    /** Text as a UTF-8 byte string. */
    public ByteWriter text(String value) {
        return string(value.getBytes(StandardCharsets.UTF_8));
    }
}
