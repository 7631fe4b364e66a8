package org.holdfast.console.client.recover;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.Listing;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.VaultConnection;

/**
 * Goes through a directory once, page after page in the background, to filter or sort it. Holds positions, not
 * entries, except while sorting, where the number of entries is bounded.
 */
final class DirectoryScan {
    private static final long TELL_EVERY = TimeUnit.MILLISECONDS.toNanos(250);

    /**
     * What is known so far.
     *
     * @param rows stored positions in the order to show, or null while they cannot be told yet
     * @param done whether that is all
     * @param failure why it ended early, or null
     */
    record Part(int @Nullable [] rows, boolean done, @Nullable Failure failure) {
    }

    private final VaultConnection connection;
    private final String pointId;
    private final RawPath directory;
    private final int total;
    private final Predicate<String> wanted;
    private final @Nullable Comparator<Entry> order;
    private int[] found = new int[256];
    private Entry[] entries = new Entry[0];
    private int count;
    private long told = System.nanoTime();
    private volatile int scanned;
    private volatile boolean cancelled;

    /** @param order how to sort, or null to keep the stored order */
    DirectoryScan(VaultConnection connection, String pointId, RawPath directory, int total,
            Predicate<String> wanted, @Nullable Comparator<Entry> order) {
        this.connection = connection;
        this.pointId = pointId;
        this.directory = directory;
        this.total = total;
        this.wanted = wanted;
        this.order = order;
    }

    /** Starts; parts are handed over on background threads (or at once when the pages are at hand). */
    void run(Consumer<Part> parts) {
        next(0, parts);
    }

    void cancel() {
        cancelled = true;
    }

    /** Entries looked at. */
    int scanned() {
        return scanned;
    }

    private void next(int page, Consumer<Part> parts) {
        int at = page;
        while (!cancelled) {
            if ((long) at * VaultConnection.PAGE >= total) {
                finish(parts);
                return;
            }
            Listing listing = connection.cachedPage(pointId, directory, at);
            if (listing == null) {
                int asked = at;
                connection.page(pointId, directory, asked).whenComplete((answer, thrown) -> {
                    if (thrown != null) {
                        parts.accept(new Part(null, true, Failure.of(thrown)));
                    } else if (!cancelled) {
                        take(asked, answer.entries());
                        tell(parts);
                        next(asked + 1, parts);
                    }
                });
                return;
            }
            take(at, listing.entries());
            tell(parts);
            at++;
        }
    }

    private void take(int page, List<Entry> list) {
        for (int i = 0; i < list.size(); i++) {
            Entry entry = list.get(i);
            if (wanted.test(entry.name())) {
                add(page * VaultConnection.PAGE + i, entry);
            }
        }
        scanned = Math.min(total, (page + 1) * VaultConnection.PAGE);
    }

    private void add(int position, Entry entry) {
        if (count == found.length) {
            found = Arrays.copyOf(found, count * 2);
        }
        if (order != null && count < DirectoryRows.SORT_LIMIT) {
            if (count >= entries.length) {
                entries = Arrays.copyOf(entries, Math.max(256, count * 2));
            }
            entries[count] = entry;
        }
        found[count++] = position;
    }

    /** In stored order the part found so far is already right, so it can be shown. */
    private void tell(Consumer<Part> parts) {
        long now = System.nanoTime();
        if (order == null && now - told >= TELL_EVERY) {
            told = now;
            parts.accept(new Part(Arrays.copyOf(found, count), false, null));
        }
    }

    private void finish(Consumer<Part> parts) {
        Comparator<Entry> by = order;
        if (by == null || count > DirectoryRows.SORT_LIMIT) {
            parts.accept(new Part(Arrays.copyOf(found, count), true, null));
            return;
        }
        Integer[] ranks = new Integer[count];
        Arrays.setAll(ranks, i -> i);
        Arrays.sort(ranks, (a, b) -> by.compare(entries[a], entries[b]));
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = found[ranks[i]];
        }
        entries = new Entry[0];
        parts.accept(new Part(rows, true, null));
    }
}
