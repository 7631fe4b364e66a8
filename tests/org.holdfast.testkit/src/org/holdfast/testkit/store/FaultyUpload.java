package org.holdfast.testkit.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.Upload;

/** An upload of a {@link FaultyStore}. */
final class FaultyUpload implements Upload {
    private final FaultyStore store;
    private final BlobStore inner;
    private final Upload upload;
    private final ByteArrayOutputStream copy;
    // The one who cuts the power closes the uploads of others, which belong to one thread each.
    private final ReentrantLock use = new ReentrantLock();
    private boolean torn;

    /** @param keep whether to remember the bytes, so that a damaged object can be made of them */
    FaultyUpload(FaultyStore store, BlobStore inner, Upload upload, boolean keep) {
        this.store = store;
        this.inner = inner;
        this.upload = upload;
        copy = keep ? new ByteArrayOutputStream() : null;
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        call(FaultyStore.Call.WRITE, "", new FaultyStore.Action<Void>() {
            @Override
            public Void run() throws IOException {
                upload.write(from, offset, length);
                if (copy != null) {
                    copy.write(from, offset, length);
                }
                return null;
            }

            @Override
            public Void again() {
                return null; // a stream has no second time
            }

            @Override
            public void half() throws IOException {
                abandon(from, offset, length / 2);
            }
        });
    }

    @Override
    public long length() {
        return upload.length();
    }

    @Override
    public boolean commit(String name) throws IOException {
        return call(FaultyStore.Call.COMMIT, name, new FaultyStore.Action<Boolean>() {
            @Override
            public Boolean run() throws IOException {
                boolean created = upload.commit(name);
                store.ended(FaultyUpload.this);
                return created;
            }

            @Override
            public Boolean again() {
                return false; // its own first time is there already
            }

            @Override
            public void half() {
                torn = true;
            }

            @Override
            public Boolean damaged(UnaryOperator<byte[]> damage) throws IOException {
                upload.close();
                store.ended(FaultyUpload.this);
                return inner.put(name, ByteBuffer.wrap(damage.apply(copy.toByteArray())));
            }
        });
    }

    @Override
    public void close() throws IOException {
        use.lock();
        try {
            // What was torn stays lying about like the file of a dead process.
            if (!torn) {
                upload.close();
                store.ended(this);
            }
        } finally {
            use.unlock();
        }
    }

    /** Writes something and leaves it lying about. */
    void abandon(byte[] from, int offset, int length) throws IOException {
        torn = true;
        upload.write(from, offset, length);
    }

    /** Goes away without a commit, now or when the call that is using it returns. */
    void vanish() throws IOException {
        if (use.tryLock()) {
            try {
                upload.close();
                store.ended(this);
            } finally {
                use.unlock();
            }
        }
    }

    private <T> T call(FaultyStore.Call kind, String detail, FaultyStore.Action<T> action) throws IOException {
        use.lock();
        try {
            return store.call(kind, detail, action);
        } finally {
            if (store.isDead()) {
                vanish();
            }
            use.unlock();
        }
    }
}
