package org.holdfast.agent.internal;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ForwardingStore;
import org.holdfast.api.spi.store.Upload;

/** A store that keeps whoever stores data waiting until it is let go, or breaks. */
final class SlowStore {
    private boolean held;
    private boolean broken;
    private int waiting;

    synchronized void hold(boolean now) {
        held = now;
        notifyAll();
    }

    synchronized void breakDown(boolean now) {
        broken = now;
        notifyAll();
    }

    synchronized int waiting() {
        return waiting;
    }

    private synchronized void pass() throws IOException {
        waiting++;
        try {
            while (held && !broken) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            waiting--;
        }
        if (broken) {
            throw new IOException("the connection broke");
        }
    }

    BlobStore wrap(BlobStore store) {
        return new ForwardingStore(store) {
            @Override
            public boolean put(String name, ByteBuffer bytes) throws IOException {
                if (!name.startsWith("sessions/")) {
                    pass();
                }
                return super.put(name, bytes);
            }

            @Override
            public Upload begin() throws IOException {
                pass();
                return super.begin();
            }
        };
    }
}
