package org.holdfast.engine.internal.backup;

import java.io.IOException;
import java.util.Arrays;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.engine.internal.objects.MetaReader;
import org.holdfast.format.Body;
import org.holdfast.format.ByteReader;
import org.holdfast.format.ByteWriter;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.Page;
import org.holdfast.format.Segments;

/**
 * How far an earlier backup had got with a large file, from its checkpoint.
 *
 * @param position where to go on reading: between two segments
 * @param lists how many lists of segments are full and stored
 * @param listTotals their lengths in bytes of the file, varints
 * @param listRefs their ids
 * @param tail the segments behind them
 * @param tailRefs ids of the chunks in {@code tail}
 */
record PartialFile(long position, int lists, byte[] listTotals, byte[] listRefs, Segments tail, byte[] tailRefs) {
    /** Reads it from a checkpoint's entry; null when that is of no use, for example because it cannot be read. */
    static @Nullable PartialFile of(Page page, int row, MetaReader reader) {
        try {
            return switch (page.bodyKind(row)) {
                case Body.SEGMENTS -> {
                    int from = page.refOffset(row);
                    byte[] refs = Arrays.copyOfRange(page.refs, from, from + page.refCount(row) * Id.SIZE);
                    yield of(page.size[row], 0, 0, new byte[0], new byte[0], Segments.parse(page.body(row)), refs);
                }
                case Body.LISTS -> ofLists(page, row, reader);
                default -> null;
            };
        } catch (IOException | FormatException e) {
            // As with everything in earlier points: what cannot be read of it is read from the source again.
            return null;
        }
    }

    private static @Nullable PartialFile ofLists(Page page, int row, MetaReader reader) throws IOException {
        ByteReader in = page.body(row);
        int full = in.count(1, "segment lists") - 1;
        if (full < 0) {
            return null;
        }
        var totals = new ByteWriter(full * 5 + 8);
        long before = 0;
        for (int i = 0; i < full; i++) {
            long total = in.varint();
            totals.varint(total);
            before += total;
        }
        int from = page.refOffset(row);
        int last = from + full * Id.SIZE;
        MetaReader.ListChunk list = reader.list(page.refs, last);
        return of(page.size[row], before, full, totals.toByteArray(), Arrays.copyOfRange(page.refs, from, last),
                list.segments(), list.refs());
    }

    private static @Nullable PartialFile of(long size, long before, int lists, byte[] totals, byte[] listRefs,
            Segments last, byte[] refs) {
        int n = last.count() - 1;
        if (n < 0 || last.kinds()[n] != Body.HOLE || before + last.total() != size) {
            return null;
        }
        long position = size - last.lengths()[n];
        var tail = new Segments(Arrays.copyOf(last.kinds(), n), Arrays.copyOf(last.lengths(), n));
        return position == 0 ? null : new PartialFile(position, lists, totals, listRefs, tail, refs);
    }
}
