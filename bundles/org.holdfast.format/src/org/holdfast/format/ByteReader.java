package org.holdfast.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the primitives of the format from a byte array and never past its end. Counts are checked against what is
 * left before anything is allocated, so no input makes a parser allocate more than a small multiple of its own size.
 */
public final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private final String what;
    private int position;

    /**
     * @param what name of the thing being read, for messages
     */
    public ByteReader(String what, byte[] bytes, int offset, int length) {
        this.what = what;
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    /** Reads a whole array. */
    public ByteReader(String what, byte[] bytes) {
        this(what, bytes, 0, bytes.length);
    }

    /** The array behind. */
    public byte[] array() {
        return bytes;
    }

    /** Index in the array of the next byte. */
    public int position() {
        return position;
    }

    /** Bytes left. */
    public int remaining() {
        return end - position;
    }

    /** A failure that names the thing being read and the place. */
    public FormatException damaged(String detail) {
        return new FormatException(what + " is damaged: " + detail + " (at byte " + position + ").");
    }

    private void need(int count) {
        if (count < 0 || end - position < count) {
            throw damaged("it ends too early");
        }
    }

    /** One byte. */
    public int u8() {
        need(1);
        return bytes[position++] & 0xff;
    }

    /** Two bytes, big-endian. */
    public int u16() {
        need(2);
        int value = (bytes[position] & 0xff) << 8 | bytes[position + 1] & 0xff;
        position += 2;
        return value;
    }

    /** Four bytes, big-endian. */
    public int u32() {
        need(4);
        int value = (int) Bytes.INT.get(bytes, position);
        position += 4;
        return value;
    }

    /** Eight bytes, big-endian. */
    public long u64() {
        need(8);
        long value = (long) Bytes.LONG.get(bytes, position);
        position += 8;
        return value;
    }

    /** Unsigned LEB128 of at most ten bytes. */
    public long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            need(1);
            byte b = bytes[position++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                if (shift == 63 && b > 1) {
                    throw damaged("a number has more than 64 bits");
                }
                return value;
            }
        }
        throw damaged("a number has more than 64 bits");
    }

    /** A varint in a range. */
    public int varint(int min, int max, String name) {
        long value = varint();
        if (value < min || value > max) {
            throw damaged(name + " is " + Long.toUnsignedString(value) + ", not " + min + " to " + max);
        }
        return (int) value;
    }

    /** A varint that counts things of at least {@code size} bytes each, all of which must still fit in what is left. */
    public int count(int size, String name) {
        long value = varint();
        if (value < 0 || value > remaining() / size) {
            throw damaged("the count of " + name + " is " + Long.toUnsignedString(value) + ", more than can follow");
        }
        return (int) value;
    }

    /** Signed zigzag LEB128. */
    public long zigzag() {
        long v = varint();
        return (v >>> 1) ^ -(v & 1);
    }

    /** Skips bytes and returns where they start. */
    public int skip(int count) {
        need(count);
        int at = position;
        position += count;
        return at;
    }

    /** A copy of the next bytes. */
    public byte[] raw(int count) {
        int at = skip(count);
        return Arrays.copyOfRange(bytes, at, at + count);
    }

    /** A byte string: length as varint, then the bytes. */
    public byte[] string(int max, String name) {
        long n = varint();
        if (n < 0 || n > max) {
            throw damaged("the length of " + name + " is " + Long.toUnsignedString(n) + ", more than " + max);
        }
        return raw((int) n);
    }

    /** UTF-8 text. */
    public String text(int max, String name) {
        return new String(string(max, name), StandardCharsets.UTF_8);
    }

    /** Checks that nothing is left. */
    public void end() {
        if (position != end) {
            throw damaged((end - position) + " bytes too many");
        }
    }
}
