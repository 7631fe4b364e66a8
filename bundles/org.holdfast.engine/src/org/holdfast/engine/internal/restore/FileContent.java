package org.holdfast.engine.internal.restore;

import java.io.IOException;

import org.holdfast.engine.internal.objects.MetaReader;
import org.holdfast.format.Body;
import org.holdfast.format.ByteReader;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.PackDirectory;
import org.holdfast.format.Page;
import org.holdfast.format.Segments;

/** What a file is made of, as its entry tells it. */
final class FileContent {
    private FileContent() {
    }

    /** Takes the pieces of a file in order. */
    interface Visitor {
        /** Bytes that are in the page. */
        void inline(byte[] bytes, int from, int length) throws IOException;

        /** A chunk. */
        void chunk(long position, byte[] ids, int at, int length) throws IOException;

        /** Zeros or a hole. */
        void empty(long position, long length, boolean hole) throws IOException;
    }

    /** Reads a list of segments. */
    interface Lists {
        /** The list with an id. */
        MetaReader.ListChunk read(byte[] ids, int at) throws IOException;
    }

    /**
     * Length of a file in bytes.
     *
     * @throws FormatException when the entry does not have the content of a file
     */
    static long length(Page page, int row) {
        switch (page.bodyKind(row)) {
            case Body.NONE:
                return 0;
            case Body.INLINE:
                ByteReader in = page.body(row);
                return in.varint(0, in.remaining(), "a length");
            case Body.SINGLE:
                return page.size[row];
            case Body.SEGMENTS:
                return Segments.parse(page.body(row)).total();
            case Body.LISTS: {
                long sum = 0;
                for (long total : listTotals(page, row)) {
                    sum += total;
                }
                return sum;
            }
            default:
                throw new FormatException("The directory page is damaged: a file has the content of something else.");
        }
    }

    /** Bytes that each list of a file covers. */
    static long[] listTotals(Page page, int row) {
        ByteReader in = page.body(row);
        var totals = new long[in.count(1, "segment lists")];
        long sum = 0;
        for (int i = 0; i < totals.length; i++) {
            totals[i] = in.varint();
            sum += totals[i];
            if (totals[i] < 0 || sum < 0) {
                throw new FormatException("The directory page is damaged: a segment list is impossibly long.");
            }
        }
        return totals;
    }

    /** Walks the pieces of a file in order. */
    static void forEach(Page page, int row, Lists lists, Visitor visitor) throws IOException {
        switch (page.bodyKind(row)) {
            case Body.NONE -> {
            }
            case Body.INLINE -> {
                ByteReader in = page.body(row);
                int length = in.varint(0, in.remaining(), "a length");
                visitor.inline(page.raw, in.position(), length);
            }
            case Body.SINGLE -> {
                if (page.size[row] > PackDirectory.MAX_RAW) {
                    throw new FormatException("The directory page is damaged: a chunk is impossibly long.");
                }
                visitor.chunk(0, page.refs, page.refOffset(row), (int) page.size[row]);
            }
            case Body.SEGMENTS -> segments(Segments.parse(page.body(row)), page.refs, page.refOffset(row), 0, visitor);
            case Body.LISTS -> {
                long position = 0;
                long[] totals = listTotals(page, row);
                for (int i = 0; i < totals.length; i++) {
                    MetaReader.ListChunk list = list(lists, page.refs, page.refOffset(row) + i * Id.SIZE, totals[i]);
                    segments(list.segments(), list.refs(), 0, position, visitor);
                    position += totals[i];
                }
            }
            default -> throw new FormatException(
                    "The directory page is damaged: a file has the content of something else.");
        }
    }

    /** Reads a list and checks that it covers as much as the page says. */
    static MetaReader.ListChunk list(Lists lists, byte[] ids, int at, long total) throws IOException {
        MetaReader.ListChunk list = lists.read(ids, at);
        if (list.segments().total() != total) {
            throw new FormatException("The segment list is damaged: it covers another length than its file says.");
        }
        return list;
    }

    private static void segments(Segments segments, byte[] refs, int refAt, long start, Visitor visitor)
            throws IOException {
        long position = start;
        int ref = refAt;
        for (int i = 0; i < segments.count(); i++) {
            long length = segments.lengths()[i];
            if (segments.kinds()[i] == Body.CHUNK) {
                visitor.chunk(position, refs, ref, (int) length);
                ref += Id.SIZE;
            } else {
                visitor.empty(position, length, segments.kinds()[i] == Body.HOLE);
            }
            position += length;
        }
    }
}
