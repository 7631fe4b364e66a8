package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.util.Arrays;

import org.holdfast.api.CancelToken;
import org.holdfast.format.FormatException;
import org.holdfast.format.Page;

/** Compares files that are there with files of a recovery point by content, reading no data pack. One thread. */
final class Comparison {
    private static final int PIECE = 256 * 1024;

    private final ChunkSource chunks;
    private final FileContent.Lists lists;
    private final CancelToken cancel;
    private byte[] buffer = new byte[PIECE];

    /** A file that is there. */
    @FunctionalInterface
    interface Existing {
        /** Reads at a position; 0 at the end. */
        int read(long position, byte[] into, int offset, int length) throws IOException;
    }

    /** Thrown inside to end a comparison early. */
    private static final class Different extends IOException {
        private static final long serialVersionUID = 1L;

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    Comparison(ChunkSource chunks, FileContent.Lists lists, CancelToken cancel) {
        this.chunks = chunks;
        this.lists = lists;
        this.cancel = cancel;
    }

    /** Whether a file of the same length has the same content; false also when the point's content cannot be known. */
    boolean same(Page page, int row, Existing file) throws IOException {
        try {
            FileContent.forEach(page, row, lists, new FileContent.Visitor() {
                @Override
                public void inline(byte[] bytes, int from, int length) throws IOException {
                    fill(file, 0, length);
                    require(Arrays.equals(buffer, 0, length, bytes, from, from + length));
                }

                @Override
                public void chunk(long position, byte[] ids, int at, int length) throws IOException {
                    require(matches(file, position, ids, at, length));
                }

                @Override
                public void empty(long position, long length, boolean hole) throws IOException {
                    require(zeros(file, position, length));
                }
            });
            return true;
        } catch (Different | FormatException e) {
            return false;
        }
    }

    private static void require(boolean same) throws Different {
        if (!same) {
            throw new Different();
        }
    }

    /** Whether a range of a file is a chunk. */
    boolean matches(Existing file, long position, byte[] ids, int at, int length) throws IOException {
        return fill(file, position, length) && chunks.matches(buffer, length, ids, at);
    }

    /** Whether a range of a file is there and all zeros. */
    boolean zeros(Existing file, long position, long length) throws IOException {
        long done = 0;
        while (done < length) {
            int piece = (int) Math.min(PIECE, length - done);
            if (!fill(file, position + done, piece) || !allZero(buffer, piece)) {
                return false;
            }
            done += piece;
        }
        return true;
    }

    private static boolean allZero(byte[] bytes, int length) {
        // An array that begins with zero and equals itself shifted by one is all zeros; the comparison is vectorised.
        return length == 0 || bytes[0] == 0 && Arrays.equals(bytes, 0, length - 1, bytes, 1, length);
    }

    private boolean fill(Existing file, long position, int length) throws IOException {
        cancel.check();
        if (buffer.length < length) {
            buffer = new byte[length];
        }
        int got = 0;
        while (got < length) {
            int n = file.read(position + got, buffer, got, length - got);
            if (n <= 0) {
                return false;
            }
            got += n;
        }
        return true;
    }
}
