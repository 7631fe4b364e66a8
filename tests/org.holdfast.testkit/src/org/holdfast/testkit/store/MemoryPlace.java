package org.holdfast.testkit.store;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import org.holdfast.api.spi.store.StoreFullException;

/** The objects that several {@link MemoryStore}s share, as several processes share a directory. */
final class MemoryPlace {
    record Blob(byte[] bytes, Instant appeared) {
    }

    private final long capacity;
    private final TreeMap<String, Blob> blobs = new TreeMap<>();
    private long used;

    MemoryPlace(long capacity) {
        this.capacity = capacity;
    }

    synchronized boolean add(String name, byte[] bytes, Instant now) throws StoreFullException {
        if (blobs.containsKey(name)) {
            return false;
        }
        if (bytes.length > capacity - used) {
            throw new StoreFullException("No room for " + bytes.length + " bytes");
        }
        blobs.put(name, new Blob(bytes, now));
        used += bytes.length;
        return true;
    }

    synchronized Blob get(String name) {
        return blobs.get(name);
    }

    synchronized boolean remove(String name) {
        Blob gone = blobs.remove(name);
        used -= gone == null ? 0 : gone.bytes().length;
        return gone != null;
    }

    synchronized void damage(String name, UnaryOperator<byte[]> how) {
        Blob old = blobs.get(name);
        if (old == null) {
            throw new IllegalArgumentException("No object " + name);
        }
        byte[] damaged = how.apply(old.bytes().clone());
        used += damaged.length - old.bytes().length;
        blobs.put(name, new Blob(damaged, old.appeared()));
    }

    synchronized Map<String, Blob> starting(String prefix) {
        // Names are ASCII, so this is behind every one that starts like that.
        return new TreeMap<>(blobs.subMap(prefix, prefix + Character.MAX_VALUE));
    }

    synchronized long free() {
        return capacity - used;
    }

    synchronized boolean isEmpty() {
        return blobs.isEmpty();
    }

    synchronized MemoryPlace copy() {
        MemoryPlace copy = new MemoryPlace(capacity);
        copy.blobs.putAll(blobs);
        copy.used = used;
        return copy;
    }
}
