package org.holdfast.engine.internal.backup;

import java.util.Arrays;

import org.holdfast.format.Body;
import org.holdfast.format.ByteWriter;
import org.holdfast.format.Content;
import org.holdfast.format.Id;
import org.holdfast.format.Segments;

/** Collects the segments of a file; neighbouring zeros and neighbouring holes become one. */
final class SegmentsBuilder {
    private byte[] kinds = new byte[16];
    private long[] lengths = new long[16];
    private int count;
    private final ByteWriter refs = new ByteWriter(16 * Id.SIZE);

    void clear() {
        count = 0;
        refs.clear();
    }

    int count() {
        return count;
    }

    void add(int kind, long length, byte[] id) {
        add(kind, length);
        if (kind == Body.CHUNK) {
            refs.raw(id, 0, Id.SIZE);
        }
    }

    private void add(int kind, long length) {
        if (kind != Body.CHUNK && count > 0 && kinds[count - 1] == kind) {
            lengths[count - 1] += length;
            return;
        }
        if (count == kinds.length) {
            kinds = Arrays.copyOf(kinds, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        kinds[count] = (byte) kind;
        lengths[count++] = length;
    }

    /** Adds segments with the ids of their chunks. */
    void add(Segments more, byte[] ids) {
        for (int i = 0; i < more.count(); i++) {
            add(more.kinds()[i], more.lengths()[i]);
        }
        refs.raw(ids);
    }

    /** Sum of all lengths. */
    long total() {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += lengths[i];
        }
        return sum;
    }

    Segments segments() {
        return new Segments(Arrays.copyOf(kinds, count), Arrays.copyOf(lengths, count));
    }

    ByteWriter refs() {
        return refs;
    }

    Content build() {
        if (count == 1 && kinds[0] == Body.CHUNK) {
            return Content.single(refs.toByteArray());
        }
        var out = new ByteWriter(count * 4 + 8).u8(Body.SEGMENTS);
        segments().encode(out);
        return new Content(out.toByteArray(), refs.toByteArray());
    }
}
