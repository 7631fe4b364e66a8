package org.holdfast.api.spi.store.remote;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Blocks of objects that were fetched lately. Who goes through an object gets more and more blocks in one fetch, and
 * the next ones are fetched while he works with the last, so that a restore over a slow line does not wait for each of
 * many reads; who jumps about gets little more than he asks for. No block is fetched twice at a time. Bounded by bytes.
 * Thread-safe.
 */
public final class ReadAhead {
    private static final int BLOCK = 256 << 10;
    /** Blocks in one fetch. */
    private static final int MOST = 16;
    private static final int TRAILS = 1024;

    private final Fetcher fetcher;
    private final long budget;
    private final LinkedHashMap<Key, CompletableFuture<byte[]>> blocks = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<String, Trail> trails = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<String, Trail> eldest) {
            return size() > TRAILS;
        }
    };

    /** Fetches a range. */
    @FunctionalInterface
    public interface Fetcher {
        /** Fills one array after another, and says how many bytes it got; fewer only at the end of the object. */
        int fetch(String name, long from, byte[][] into) throws IOException;
    }

    private record Key(String name, long block) {
    }

    /** How an object is gone through. */
    private static final class Trail {
        private long end = -1;
        private int run = 1;
        private boolean over;
    }

    /** Blocks that somebody has to fetch. */
    private record Run(String name, long first, CompletableFuture<byte[]>[] blocks) {
    }

    /** @param own whether this thread has fetched it */
    private record Found(CompletableFuture<byte[]> bytes, boolean own) {
    }

    /**
     * Starts with nothing.
     *
     * @param fetcher where bytes come from
     * @param budget bytes to keep
     */
    public ReadAhead(Fetcher fetcher, long budget) {
        this.fetcher = fetcher;
        this.budget = budget;
    }

    /**
     * Reads, from what is there or anew.
     *
     * @return bytes read; fewer than asked for only at the end of the object
     */
    public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            long at = position + done;
            byte[] block = bytes(name, at / BLOCK, (position + length - 1) / BLOCK);
            int within = (int) (at % BLOCK);
            int n = Math.min(length - done, block.length - within);
            if (n <= 0) {
                break;
            }
            System.arraycopy(block, within, into, offset + done, n);
            done += n;
        }
        return done;
    }

    /** The bytes of a block. Who fetches it for others and is interrupted leaves it to them to fetch it themselves. */
    private byte[] bytes(String name, long block, long lastWanted) throws IOException {
        while (true) {
            Found found = block(name, block, lastWanted);
            try {
                return await(name, block, found.bytes());
            } catch (InterruptedIOException e) {
                if (found.own() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    /** A block, there or on its way; this thread fetches it when nobody else does. */
    private Found block(String name, long block, long lastWanted) {
        CompletableFuture<byte[]> found;
        Run here = null;
        Run ahead = null;
        synchronized (this) {
            Trail trail = trails.computeIfAbsent(name, n -> new Trail());
            found = blocks.get(new Key(name, block));
            boolean onward = blocks.containsKey(new Key(name, block - 1));
            if (found == null) {
                int wanted = (int) Math.min(MOST, lastWanted - block + 1);
                if (onward) {
                    trail.run = Math.min(MOST, Math.max(trail.run * 2, wanted));
                } else {
                    trail.run = wanted;
                }
                here = claim(name, block, trail.run);
                found = here.blocks()[0];
                trail.end = block + here.blocks().length;
            } else if (onward && !trail.over && block == trail.end - Math.max(1, trail.run / 2)) {
                trail.run = Math.min(MOST, trail.run * 2);
                ahead = claim(name, trail.end, trail.run);
                trail.end += ahead.blocks().length;
            }
        }
        if (here != null) {
            fetch(here);
        }
        if (ahead != null && ahead.blocks().length > 0) {
            Run next = ahead;
            Thread.ofVirtual().name("holdfast-ahead").start(() -> fetch(next));
        }
        return new Found(found, here != null);
    }

    /** Takes blocks that are not there, up to the first that is. */
    private Run claim(String name, long first, int most) {
        int n = 0;
        while (n < most && !blocks.containsKey(new Key(name, first + n))) {
            n++;
        }
        @SuppressWarnings("unchecked") CompletableFuture<byte[]>[] taken = new CompletableFuture[n];
        for (int i = 0; i < n; i++) {
            taken[i] = new CompletableFuture<>();
            blocks.put(new Key(name, first + i), taken[i]);
        }
        Iterator<Map.Entry<Key, CompletableFuture<byte[]>>> oldest = blocks.entrySet().iterator();
        while ((long) blocks.size() * BLOCK > budget && oldest.hasNext()) {
            if (oldest.next().getValue().isDone()) {
                oldest.remove();
            }
        }
        return new Run(name, first, taken);
    }

    private void fetch(Run run) {
        int n = run.blocks().length;
        try {
            // Each block has an array of its own: what is forgotten is free at once, and nothing is copied.
            byte[][] blocks = new byte[n][BLOCK];
            int bytes = fetcher.fetch(run.name(), run.first() * BLOCK, blocks);
            if (bytes < n * BLOCK) {
                synchronized (this) {
                    Trail trail = trails.get(run.name());
                    if (trail != null) {
                        trail.over = true;
                    }
                }
            }
            for (int i = 0; i < n; i++) {
                int length = Math.clamp(bytes - i * BLOCK, 0, BLOCK);
                run.blocks()[i].complete(length == BLOCK ? blocks[i] : Arrays.copyOf(blocks[i], length));
            }
        } catch (IOException | RuntimeException | Error e) {
            synchronized (this) {
                for (int i = 0; i < n; i++) {
                    blocks.remove(new Key(run.name(), run.first() + i), run.blocks()[i]);
                }
            }
            for (CompletableFuture<byte[]> block : run.blocks()) {
                block.completeExceptionally(e);
            }
        }
    }

    private byte[] await(String name, long block, CompletableFuture<byte[]> bytes) throws IOException {
        try {
            return bytes.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Reading block " + block + " of " + name + " was interrupted.");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException runtime -> throw runtime;
                case Error error -> throw error;
                default -> throw new IOException(e.getCause());
            }
        }
    }

    /** Forgets an object. */
    public synchronized void drop(String name) {
        trails.remove(name);
        blocks.keySet().removeIf(key -> key.name().equals(name));
    }
}
