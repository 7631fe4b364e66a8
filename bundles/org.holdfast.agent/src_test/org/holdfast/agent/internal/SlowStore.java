package org.holdfast.agent.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
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
        return new BlobStore() {
            @Override
            public boolean put(String name, ByteBuffer bytes) throws IOException {
                if (!name.startsWith("sessions/")) {
                    pass();
                }
                return store.put(name, bytes);
            }

            @Override
            public Upload begin() throws IOException {
                pass();
                return store.begin();
            }

            @Override
            public long size(String name) throws IOException {
                return store.size(name);
            }

            @Override
            public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
                return store.read(name, position, into, offset, length);
            }

            @Override
            public byte[] get(String name, int limit) throws IOException {
                return store.get(name, limit);
            }

            @Override
            public void list(String prefix, Consumer<ObjectInfo> visitor) throws IOException {
                store.list(prefix, visitor);
            }

            @Override
            public boolean delete(String name) throws IOException {
                return store.delete(name);
            }

            @Override
            public long freeBytes() throws IOException {
                return store.freeBytes();
            }

            @Override
            public String location() {
                return store.location();
            }

            @Override
            public void close() throws IOException {
                store.close();
            }
        };
    }
}
