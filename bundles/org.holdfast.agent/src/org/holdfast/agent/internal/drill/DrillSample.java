package org.holdfast.agent.internal.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.holdfast.api.vault.Entry;

/**
 * Chooses files at random, in one pass over all of them and bounded memory: an even sample of each of twelve classes,
 * four of size and three of age, by a reservoir (Vitter, "Random sampling with a reservoir", 1985), then from all
 * classes in turn. So large and small, old and new files are met however many there are of a kind. What no drill has
 * met goes before what one has, and what failed the last time before both. The same seed chooses the same.
 */
final class DrillSample {
    private static final long[] SIZES = { 4L << 10, 1L << 20, 64L << 20 };
    private static final Duration NEW = Duration.ofDays(30);
    private static final Duration YOUNG = Duration.ofDays(365);
    /** What a file takes up beside its content. */
    private static final long BLOCK = 4096;

    private final Random random;
    private final int most;
    private final Instant time;
    private final List<Entry> suspects = new ArrayList<>();
    private final Map<Integer, Pool> fresh = new LinkedHashMap<>();
    private final Map<Integer, Pool> known = new LinkedHashMap<>();

    private static final class Pool {
        private final List<Entry> kept = new ArrayList<>();
        private long seen;
    }

    /**
     * @param most files that can be chosen at most
     * @param time of the point, by which age is measured
     */
    DrillSample(long seed, int most, Instant time) {
        this.random = new Random(seed);
        this.most = most;
        this.time = time;
    }

    /**
     * Considers a file; to be called for all, in the order of the point.
     *
     * @param drilled whether a drill has met it as it is
     * @param suspect whether it failed the last time
     */
    void add(Entry entry, boolean drilled, boolean suspect) {
        if (suspect && suspects.size() < most) {
            suspects.add(entry);
            return;
        }
        Pool pool = (drilled ? known : fresh).computeIfAbsent(classOf(entry), c -> new Pool());
        pool.seen++;
        if (pool.kept.size() < most) {
            pool.kept.add(entry);
        } else {
            long at = random.nextLong(pool.seen);
            if (at < most) {
                pool.kept.set((int) at, entry);
            }
        }
    }

    private int classOf(Entry entry) {
        int size = 0;
        while (size < SIZES.length && entry.size() >= SIZES[size]) {
            size++;
        }
        Duration age = Duration.between(entry.modified(), time);
        int old = age.compareTo(NEW) < 0 ? 0 : age.compareTo(YOUNG) < 0 ? 1 : 2;
        return size * 3 + old;
    }

    /**
     * The sample.
     *
     * @param files at most so many
     * @param bytes at most so much on disk; one file takes half of that at most, unless there are none but larger ones
     */
    List<Entry> choose(int files, long bytes) {
        List<Entry> order = new ArrayList<>(suspects);
        order.addAll(inTurn(fresh));
        order.addAll(inTurn(known));
        List<Entry> chosen = take(order, files, bytes, bytes / 2);
        return chosen.isEmpty() ? take(order, files, bytes, bytes) : chosen;
    }

    private List<Entry> inTurn(Map<Integer, Pool> pools) {
        List<List<Entry>> classes = new ArrayList<>();
        pools.values().forEach(pool -> {
            List<Entry> some = new ArrayList<>(pool.kept);
            Collections.shuffle(some, random);
            classes.add(some);
        });
        Collections.shuffle(classes, random);
        List<Entry> out = new ArrayList<>();
        boolean more = true;
        for (int i = 0; more; i++) {
            more = false;
            for (List<Entry> one : classes) {
                if (i < one.size()) {
                    out.add(one.get(i));
                    more = true;
                }
            }
        }
        return out;
    }

    private static List<Entry> take(List<Entry> order, int files, long bytes, long largest) {
        List<Entry> chosen = new ArrayList<>();
        long left = bytes;
        for (Entry entry : order) {
            long cost = onDisk(entry);
            if (chosen.size() < files && cost <= left && cost <= largest) {
                chosen.add(entry);
                left -= cost;
            }
        }
        return chosen;
    }

    private static long onDisk(Entry entry) {
        return Math.ceilDiv(entry.size(), BLOCK) * BLOCK + BLOCK;
    }
}
