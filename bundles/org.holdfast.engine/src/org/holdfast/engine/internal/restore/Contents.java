package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.engine.internal.browse.Browser;
import org.holdfast.engine.internal.browse.PointTree;
import org.holdfast.engine.internal.objects.BlobReader;
import org.holdfast.engine.internal.objects.BlobRef;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.Body;
import org.holdfast.format.ByteReader;
import org.holdfast.format.ContentType;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.PackDirectory;
import org.holdfast.format.PackKind;
import org.holdfast.format.Page;
import org.holdfast.format.Segments;

/**
 * Parts of files, for looking at them: only the chunks that hold what is wanted are read, and memory does not grow with
 * the file. The index of data is read when it is needed first, and again when something turns up that it does not know.
 * Thread-safe: one call at a time, each of which can be cancelled while it waits for the others.
 */
public final class Contents implements AutoCloseable {
    /** Bytes of decoded blobs to keep: the next part of a file is often in the same ones. */
    private static final long KEPT = 8L << 20;

    private final Vault vault;
    private @Nullable ChunkIndex index;
    private @Nullable BlobReader reader;

    /** @param vault with keys */
    public Contents(Vault vault) {
        this.vault = vault;
    }

    /** A part of a file that is being put together. */
    private final class Part {
        private final long from;
        private final byte[] bytes;
        private final CancelToken cancel;

        Part(long from, int length, CancelToken cancel) {
            this.from = from;
            this.bytes = new byte[length];
            this.cancel = cancel;
        }

        /** Whether some of these bytes of the file are wanted. */
        boolean wants(long position, long length) {
            return position < from + bytes.length && position + length > from;
        }

        void take(long position, byte[] source, int at, long length) {
            long begin = Math.max(from, position);
            long end = Math.min(from + bytes.length, position + length);
            System.arraycopy(source, (int) (at + begin - position), bytes, (int) (begin - from), (int) (end - begin));
        }

        void chunk(long position, byte[] ids, int at, long length) throws IOException {
            if (wants(position, length)) {
                cancel.check();
                BlobRef ref = locate(ids, at, length);
                byte[] raw = reader().blob(ref.blob());
                reader().check(ContentType.DATA, raw, ref.offset(), ref.length(), ids, at);
                take(position, raw, ref.offset(), length);
            }
        }

        void segments(Segments segments, byte[] refs, int refAt, long start) throws IOException {
            long position = start;
            int ref = refAt;
            for (int i = 0; i < segments.count() && position < from + bytes.length; i++) {
                long length = segments.lengths()[i];
                if (segments.kinds()[i] == Body.CHUNK) {
                    chunk(position, refs, ref, length);
                    ref += Id.SIZE;
                }
                position += length;
            }
        }
    }

    /**
     * Reads part of a file.
     *
     * @param browser of the same vault
     * @param point id of the point
     * @param file the entry of the file
     * @param from first byte wanted
     * @param most bytes wanted at most
     * @return the bytes, fewer when the file ends before
     * @throws HoldfastException {@link Problem#OBJECT_DAMAGED} when what is wanted cannot be read
     */
    public synchronized byte[] read(Browser browser, String point, PointTree.Found file, long from, int most,
            CancelToken cancel) {
        cancel.check();
        return Vault.io("Reading the file", () -> {
            try {
                return part(browser, point, file, from, most, cancel);
            } catch (FormatException | NoSuchFileException e) {
                // A collection may have moved things since the index was read; a fresh index tells.
                close();
                return part(browser, point, file, from, most, cancel);
            }
        });
    }

    private byte[] part(Browser browser, String point, PointTree.Found file, long from, int most, CancelToken cancel)
            throws IOException {
        Page page = file.page();
        int row = file.row();
        long left = FileContent.length(page, row) - from;
        var part = new Part(from, (int) Math.clamp(left, 0, most), cancel);
        if (part.bytes.length == 0) {
            return part.bytes;
        }
        switch (page.bodyKind(row)) {
            case Body.INLINE -> {
                ByteReader in = page.body(row);
                int length = in.varint(0, in.remaining(), "a length");
                part.take(0, page.raw, in.position(), length);
            }
            case Body.SINGLE -> {
                if (page.size[row] > PackDirectory.MAX_RAW) {
                    throw new FormatException("The directory page is damaged: a chunk is impossibly long.");
                }
                part.chunk(0, page.refs, page.refOffset(row), page.size[row]);
            }
            case Body.SEGMENTS -> part.segments(Segments.parse(page.body(row)), page.refs, page.refOffset(row), 0);
            case Body.LISTS -> {
                long[] totals = FileContent.listTotals(page, row);
                long position = 0;
                for (int i = 0; i < totals.length; i++) {
                    if (part.wants(position, totals[i])) {
                        cancel.check();
                        var list = FileContent.list((ids, at) -> browser.list(point, ids, at), page.refs,
                                page.refOffset(row) + i * Id.SIZE, totals[i]);
                        part.segments(list.segments(), list.refs(), 0, position);
                    }
                    position += totals[i];
                }
            }
            default -> throw new FormatException(
                    "The directory page is damaged: a file has the content of something else.");
        }
        return part.bytes;
    }

    private BlobRef locate(byte[] ids, int at, long length) {
        ChunkIndex known = index();
        int chunk = known.find(ids, at);
        if (chunk < 0) {
            throw new FormatException("The chunk " + new Id(Arrays.copyOfRange(ids, at, at + Id.SIZE))
                    + " is missing from the vault.");
        }
        BlobRef ref = known.locate(chunk);
        if (ref.length() != length) {
            throw new FormatException("A chunk is damaged: it has " + ref.length() + " bytes instead of " + length
                    + ".");
        }
        return ref;
    }

    private ChunkIndex index() {
        ChunkIndex known = index;
        if (known == null) {
            known = ChunkIndex.forReading(vault, PackKind.DATA);
            index = known;
        }
        return known;
    }

    private BlobReader reader() {
        BlobReader present = reader;
        if (present == null) {
            present = new BlobReader(vault, index(), KEPT);
            reader = present;
        }
        return present;
    }

    @Override
    public synchronized void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
        index = null;
    }
}
