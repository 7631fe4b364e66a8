package org.holdfast.console.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.Listing;
import org.holdfast.api.vault.PointState;
import org.holdfast.api.vault.PointSummary;

/** A recovery point in memory. */
public final class FakePoint {
    private static final Instant MODIFIED = Instant.parse("2026-03-01T10:00:00Z");

    private record Directory(int size, IntFunction<Entry> at) {
    }

    private final PointSummary summary;
    private final Map<RawPath, List<Entry>> small = new HashMap<>();
    private final Map<RawPath, Directory> large = new HashMap<>();

    private FakePoint(PointSummary summary) {
        this.summary = summary;
        small.put(summary.base(), new ArrayList<>());
    }

    /**
     * Makes an empty point.
     *
     * @param number makes the id: 32 hex digits
     */
    public static FakePoint of(int number, String time, String server, String base, PointState state) {
        RawPath root = RawPath.of(base);
        long warnings = state == PointState.COMPLETED_WITH_WARNINGS ? 3 : 0;
        return new FakePoint(new PointSummary(String.format("%032x", 0x1000 + number), Instant.parse(time),
                Duration.ofSeconds(95), server, root, List.of(root), state, 1200L + number, 80, 5_400_000_000L,
                120_000_000L + number, warnings, null));
    }

    /** As in the list of points. */
    public PointSummary summary() {
        return summary;
    }

    /** Adds a file with all folders above it. */
    public FakePoint file(String path, long size, Change change) {
        return file(path, size, MODIFIED, change);
    }

    /** Adds a file with a time. */
    public FakePoint file(String path, long size, Instant modified, Change change) {
        RawPath file = RawPath.of(path);
        add(new Entry(file, EntryType.FILE, size, modified, 0644, 0, 0, "root", "root", null, change));
        return this;
    }

    /** Adds a symbolic link. */
    public FakePoint link(String path, String target) {
        add(new Entry(RawPath.of(path), EntryType.SYMBOLIC_LINK, target.length(), MODIFIED, 0777, 0, 0, "root",
                "root", target, Change.UNCHANGED));
        return this;
    }

    /** Adds an empty folder. */
    public FakePoint folder(String path) {
        RawPath folder = RawPath.of(path);
        if (small.putIfAbsent(folder, new ArrayList<>()) == null && !folder.equals(summary.base())) {
            add(entry(folder, EntryType.DIRECTORY, 0));
        }
        return this;
    }

    /** Adds a folder of that many files, made up when asked for; it takes no memory. */
    public FakePoint largeFolder(String path, int files) {
        RawPath folder = RawPath.of(path);
        large.put(folder, new Directory(files,
                i -> entry(folder.child(String.format("file-%07d.dat", i)), EntryType.FILE, i * 37L % 100_000)));
        add(entry(folder, EntryType.DIRECTORY, files));
        return this;
    }

    /** Says how a folder compares with the point before. */
    public FakePoint changed(String path, Change change) {
        RawPath folder = RawPath.of(path);
        small.get(folder.parent()).replaceAll(e -> !e.path().equals(folder) ? e
                : new Entry(folder, e.type(), e.size(), e.modified(), e.mode(), e.uid(), e.gid(), e.owner(), e.group(),
                        null, change));
        return this;
    }

    /** Part of a folder. */
    public Listing list(RawPath path, int from, int max) {
        RawPath folder = path.isEmpty() ? summary.base() : path;
        Directory made = large.get(folder);
        if (made != null) {
            var page = new ArrayList<Entry>();
            for (int i = from; i < Math.min(made.size(), from + max); i++) {
                page.add(made.at().apply(i));
            }
            return new Listing(page, made.size());
        }
        List<Entry> all = small.get(folder);
        if (all == null) {
            throw missing(folder);
        }
        int start = Math.min(from, all.size());
        return new Listing(List.copyOf(all.subList(start, Math.min(all.size(), start + max))), all.size());
    }

    /** One entry. */
    public Entry entry(RawPath path) {
        for (Entry entry : small.getOrDefault(path.parent(), List.of())) {
            if (entry.path().equals(path)) {
                return entry;
            }
        }
        Directory made = large.get(path.parent());
        if (made != null) {
            String name = RawPath.displayOf(path.name());
            return made.at().apply(Integer.parseInt(name.substring(5, 12)));
        }
        throw missing(path);
    }

    /** Entries of the small folders. */
    public List<Entry> entries() {
        return small.values().stream().flatMap(List::stream).toList();
    }

    private void add(Entry entry) {
        RawPath parent = entry.path().parent();
        if (!small.containsKey(parent)) {
            folder(parent.toString());
        }
        List<Entry> siblings = small.get(parent);
        siblings.removeIf(e -> e.path().equals(entry.path()));
        siblings.add(entry);
        siblings.sort((a, b) -> a.path().compareTo(b.path()));
        counted(parent, siblings.size());
    }

    /** The size of a folder is the number of its entries. */
    private void counted(RawPath folder, int entries) {
        List<Entry> siblings = small.get(folder.parent());
        if (siblings != null && !folder.equals(summary.base())) {
            siblings.replaceAll(
                    e -> e.path().equals(folder) ? entry(folder, EntryType.DIRECTORY, entries) : e);
        }
    }

    private static Entry entry(RawPath path, EntryType type, long size) {
        return new Entry(path, type, size, MODIFIED, type == EntryType.DIRECTORY ? 0755 : 0644, 0, 0, "root", "root",
                null, type == EntryType.DIRECTORY ? Change.UNKNOWN : Change.UNCHANGED);
    }

    private HoldfastException missing(RawPath path) {
        return new HoldfastException(Problem.PATH_NOT_FOUND, "There is no '" + path + "' in the recovery point.",
                "Look at the folder above it.");
    }
}
