package org.holdfast.engine.internal.backup;

import java.io.IOException;

import org.holdfast.engine.internal.objects.MetaWriter;
import org.holdfast.format.Body;
import org.holdfast.format.ByteWriter;
import org.holdfast.format.Content;
import org.holdfast.format.Segments;

/**
 * Makes the content of a large file from its segments. Whenever they fill a list, the list is stored and only its id is
 * kept, so a file of 4 TB takes about half a megabyte.
 */
final class ContentBuilder {
    private final MetaWriter meta;
    private final SegmentsBuilder segments = new SegmentsBuilder();
    private final ByteWriter lists = new ByteWriter(256);
    private final ByteWriter listRefs = new ByteWriter(256);
    private int listCount;

    ContentBuilder(MetaWriter meta) {
        this.meta = meta;
    }

    /** Starts with what an earlier backup had got; nothing may have been added. */
    void resume(PartialFile from) {
        lists.raw(from.listTotals());
        listRefs.raw(from.listRefs());
        listCount = from.lists();
        segments.add(from.tail(), from.tailRefs());
    }

    /** Adds a segment; {@code id} counts for chunks only. */
    void add(int kind, long length, byte[] id) throws IOException {
        segments.add(kind, length, id);
        if (segments.count() == Segments.PER_LIST) {
            listRefs.raw(store(segments));
            lists.varint(segments.total());
            listCount++;
            segments.clear();
        }
    }

    private byte[] store(SegmentsBuilder list) throws IOException {
        return meta.list(list.segments(), list.refs().array(), list.refs().length());
    }

    /** The content of the whole file. */
    Content content() throws IOException {
        return endingWith(segments);
    }

    /**
     * The content of a file of which the last so many bytes were not read yet; more may be added afterwards.
     *
     * @param missing how many, at least 1
     */
    Content partial(long missing) throws IOException {
        var end = new SegmentsBuilder();
        end.add(segments.segments(), segments.refs().toByteArray());
        end.add(Body.HOLE, missing, null);
        return endingWith(end);
    }

    private Content endingWith(SegmentsBuilder last) throws IOException {
        if (listCount == 0 && last.count() <= Segments.MAX_IN_PAGE) {
            return last.count() == 0 ? Content.NONE : last.build();
        }
        int more = last.count() > 0 ? 1 : 0;
        var body = new ByteWriter(lists.length() + 16).u8(Body.LISTS).varint(listCount + more)
                .raw(lists.array(), 0, lists.length());
        var refs = new ByteWriter(listRefs.length() + 32).raw(listRefs.array(), 0, listRefs.length());
        if (more > 0) {
            body.varint(last.total());
            refs.raw(store(last));
        }
        return new Content(body.toByteArray(), refs.toByteArray());
    }
}
