package org.holdfast.engine.reader;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the types of format.md §1. */
final class Cursor {
    static final int ID = 32;

    private final ByteBuffer in;

    Cursor(byte[] bytes) {
        in = ByteBuffer.wrap(bytes);
    }

    int left() {
        return in.remaining();
    }

    private void need(long bytes) {
        Damaged.unless(bytes >= 0 && bytes <= left(), "something ends too early");
    }

    int u8() {
        need(1);
        return in.get() & 0xff;
    }

    int u16() {
        need(2);
        return in.getShort() & 0xffff;
    }

    long u32() {
        need(4);
        return in.getInt() & 0xffffffffL;
    }

    long u64() {
        need(8);
        return in.getLong();
    }

    byte[] raw(long count) {
        need(count);
        var bytes = new byte[(int) count];
        in.get(bytes);
        return bytes;
    }

    long varint() {
        long value = 0;
        for (int i = 0; i < 10; i++) {
            int b = u8();
            Damaged.unless(i < 9 || b <= 1, "a varint has more than 64 bits");
            value |= (long) (b & 0x7f) << 7 * i;
            if (b < 0x80) {
                return value;
            }
        }
        throw new Damaged("a varint has more than ten bytes");
    }

    /** A varint with a smallest and a largest value. */
    long varint(long least, long most) {
        long value = varint();
        Damaged.unless(value >= least && value <= most, value + " is not from " + least + " to " + most);
        return value;
    }

    long zigzag() {
        long v = varint();
        return (v & 1) == 0 ? v >>> 1 : ~(v >>> 1);
    }

    /** A count of things of at least so many bytes. */
    int count(int smallest) {
        return (int) varint(0, left() / smallest);
    }

    byte[] bytes(int most) {
        return raw(varint(0, most));
    }

    String text(int most) {
        return new String(bytes(most), StandardCharsets.UTF_8);
    }

    byte[] id() {
        return raw(ID);
    }

    List<byte[]> ids(int count) {
        need((long) count * ID);
        var ids = new ArrayList<byte[]>(count);
        for (int i = 0; i < count; i++) {
            ids.add(id());
        }
        return ids;
    }

    void end() {
        Damaged.unless(left() == 0, left() + " bytes too many");
    }
}
