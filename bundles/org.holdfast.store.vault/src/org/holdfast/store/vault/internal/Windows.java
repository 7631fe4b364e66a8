package org.holdfast.store.vault.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Parts of objects that were fetched lately. Who goes through an object gets larger and larger parts, the next of them
 * fetched while he works with the last, so that a restore does not wait for each of many small reads; who jumps about
 * gets little more than he asks for. Bounded by bytes. Thread-safe.
 */
final class Windows {
    private static final int SMALLEST = 64 << 10;
    private static final int LARGEST = 4 << 20;
    /** A jump forward by no more than this still counts as going on. */
    private static final int SKIP = 512 << 10;

    private final Fetcher fetcher;
    private final long budget;
    private final LinkedHashMap<Key, Part> parts = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<String, Trail> trails = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Trail> eldest) {
            return size() > 4096;
        }
    };
    private long held;

    /** Fetches a range. */
    @FunctionalInterface
    interface Fetcher {
        /** The bytes of it; fewer only at the end of the object. */
        byte[] fetch(String name, long from, int length) throws IOException;
    }

    private record Key(String name, long from) {
    }

    /** A part that is there or on its way. */
    private static final class Part {
        private final long from;
        private final int length;
        private final CompletableFuture<byte[]> bytes = new CompletableFuture<>();

        Part(long from, int length) {
            this.from = from;
            this.length = length;
        }

        boolean covers(long at) {
            return at >= from && at < from + length;
        }
    }

    /** How somebody goes through an object. */
    private static final class Trail {
        private long end = -1;
        private int window = SMALLEST;
        private @Nullable Part last;
        private @Nullable Part next;
    }

    Windows(Fetcher fetcher, long budget) {
        this.fetcher = fetcher;
        this.budget = budget;
    }

    /** Reads, from what is there or anew. */
    int read(String name, long position, byte[] into, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            Part part = part(name, position + done, length - done);
            byte[] bytes = await(name, part);
            int at = (int) (position + done - part.from);
            int n = Math.min(length - done, bytes.length - at);
            if (n <= 0) {
                break;
            }
            System.arraycopy(bytes, at, into, offset + done, n);
            done += n;
            if (bytes.length < part.length) {
                break;
            }
        }
        return done;
    }

    private Part part(String name, long at, int length) {
        Part wanted;
        Part ahead = null;
        synchronized (this) {
            Trail trail = trails.computeIfAbsent(name, n -> new Trail());
            Part found = covering(trail, at);
            boolean onward = trail.end >= 0 && at >= trail.end - LARGEST && at <= trail.end + SKIP;
            if (found != null) {
                wanted = found;
            } else {
                trail.window = onward ? Math.min(LARGEST, trail.window * 2) : SMALLEST;
                wanted = add(name, at, Math.max(length, trail.window));
                trail.last = wanted;
                trail.next = null;
                trail.end = wanted.from + wanted.length;
                return start(name, wanted);
            }
            if (wanted == trail.next) {
                trail.last = wanted;
                trail.next = null;
            }
            boolean far = at + length >= wanted.from + wanted.length / 2;
            if (wanted == trail.last && trail.next == null && far && trail.window > SMALLEST) {
                trail.window = Math.min(LARGEST, trail.window * 2);
                ahead = add(name, wanted.from + wanted.length, trail.window);
                trail.next = ahead;
                trail.end = ahead.from + ahead.length;
            }
        }
        if (ahead != null) {
            Part fetch = ahead;
            Thread.ofVirtual().name("holdfast-ahead").start(() -> start(name, fetch));
        }
        return wanted;
    }

    private @Nullable Part covering(Trail trail, long at) {
        for (Part part : new Part[] { trail.last, trail.next }) {
            if (part != null && part.covers(at) && !part.bytes.isCompletedExceptionally()) {
                return part;
            }
        }
        return null;
    }

    private Part add(String name, long from, int length) {
        var part = new Part(from, length);
        held += length;
        Part before = parts.put(new Key(name, from), part);
        if (before != null) {
            held -= before.length;
        }
        Iterator<Map.Entry<Key, Part>> oldest = parts.entrySet().iterator();
        while (held > budget && parts.size() > 1 && oldest.hasNext()) {
            Map.Entry<Key, Part> entry = oldest.next();
            if (entry.getValue() != part) {
                oldest.remove();
                held -= entry.getValue().length;
                forget(entry.getKey().name(), entry.getValue());
            }
        }
        return part;
    }

    private void forget(String name, Part part) {
        Trail trail = trails.get(name);
        if (trail != null && trail.last == part) {
            trail.last = null;
        }
        if (trail != null && trail.next == part) {
            trail.next = null;
        }
    }

    private Part start(String name, Part part) {
        try {
            part.bytes.complete(fetcher.fetch(name, part.from, part.length));
        } catch (IOException | RuntimeException | Error e) {
            part.bytes.completeExceptionally(e);
        }
        return part;
    }

    private byte[] await(String name, Part part) throws IOException {
        try {
            return part.bytes.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Reading was interrupted.");
        } catch (ExecutionException e) {
            synchronized (this) {
                forget(name, part);
                if (parts.remove(new Key(name, part.from), part)) {
                    held -= part.length;
                }
            }
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException runtime -> throw runtime;
                case Error error -> throw error;
                default -> throw new IOException(e.getCause());
            }
        }
    }

    /** Forgets an object. */
    synchronized void drop(String name) {
        trails.remove(name);
        Iterator<Map.Entry<Key, Part>> all = parts.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Key, Part> entry = all.next();
            if (entry.getKey().name().equals(name)) {
                all.remove();
                held -= entry.getValue().length;
            }
        }
    }
}
