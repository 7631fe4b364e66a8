package org.holdfast.store.azure.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

import org.holdfast.api.spi.store.remote.ReadAhead;
import org.holdfast.azure.AzureErrors;

import com.azure.core.util.Context;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.DownloadRetryOptions;

/** Blobs of a container by their full names, with what was read ahead of them. Thread-safe. */
final class Container {
    private static final int UNSATISFIABLE = 416;
    /** For all stores in the container together. */
    private static final long READ_AHEAD = 64L << 20;
    /** A body that breaks off is asked for again from where it did. */
    private static final DownloadRetryOptions RESUME = new DownloadRetryOptions().setMaxRetryRequests(5);

    private final BlobContainerClient client;
    private final ReadAhead ahead = new ReadAhead(this::range, READ_AHEAD);

    Container(BlobContainerClient client) {
        this.client = client;
    }

    BlobContainerClient client() {
        return client;
    }

    ReadAhead ahead() {
        return ahead;
    }

    /** Fills arrays with a range, and says how many bytes there were; fewer only at the end of the object. */
    int range(String blob, long from, byte[][] into) throws IOException {
        var scattered = new Scattered(into);
        try {
            client.getBlobClient(blob).downloadStreamWithResponse(scattered, new BlobRange(from, scattered.room()),
                    RESUME, null, false, null, Context.NONE);
        } catch (RuntimeException e) {
            if (Failures.status(e) == UNSATISFIABLE) {
                return 0;
            }
            if (AzureErrors.isInterrupt(e)) {
                // Others may wait for the same bytes; they have to see whose end this is.
                throw Failures.of(blob, e);
            }
            throw e;
        }
        return scattered.count;
    }

    /** A whole object. */
    byte[] whole(String blob, int limit) throws IOException {
        var into = new Limited(new byte[Math.min(limit, 64 << 10)], limit, blob);
        try {
            client.getBlobClient(blob).downloadStreamWithResponse(into, null, RESUME, null, false, null, Context.NONE);
        } catch (RuntimeException e) {
            if (into.over) {
                throw new Retry.TooLargeException("The object " + blob + " is larger than " + limit + " bytes.");
            }
            throw e;
        }
        return into.bytes();
    }

    /** Fills one array after another. */
    private static final class Scattered extends OutputStream {
        private final byte[][] into;
        private int array;
        private int within;
        private int count;

        Scattered(byte[][] into) {
            this.into = into;
        }

        long room() {
            long room = 0;
            for (byte[] each : into) {
                room += each.length;
            }
            return room;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] { (byte) b }, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            int done = 0;
            while (done < length) {
                if (array == into.length) {
                    throw new Retry.TooLargeException("The answer has more bytes than were asked for.");
                }
                int n = Math.min(length - done, into[array].length - within);
                System.arraycopy(from, offset + done, into[array], within, n);
                done += n;
                within += n;
                if (within == into[array].length) {
                    array++;
                    within = 0;
                }
            }
            count += length;
        }
    }

    /** Takes bytes up to a limit. */
    private static final class Limited extends OutputStream {
        private final int limit;
        private final String name;
        private byte[] bytes;
        private int count;
        private boolean over;

        Limited(byte[] bytes, int limit, String name) {
            this.bytes = bytes;
            this.limit = limit;
            this.name = name;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] { (byte) b }, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            if (length > limit - count) {
                over = true;
                throw new Retry.TooLargeException("The answer for " + name + " is larger than " + limit + " bytes.");
            }
            if (count + length > bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(count + (long) length, bytes.length * 2L)));
            }
            System.arraycopy(from, offset, bytes, count, length);
            count += length;
        }

        byte[] bytes() {
            return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
        }
    }
}
