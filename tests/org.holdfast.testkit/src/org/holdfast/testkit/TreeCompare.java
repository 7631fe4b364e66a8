package org.holdfast.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.holdfast.testkit.Posix.Directory;
import org.holdfast.testkit.Posix.Stat;

/**
 * Compares two trees in everything a restore has to bring back: names, types, content, holes, permissions, owners,
 * modification times in nanoseconds, link targets, device numbers, extended attributes with ACLs and capabilities, and
 * which names are hard links of each other. Needs to be root where the trees have entries of others.
 */
public final class TreeCompare {
    /** What may differ. */
    public enum Ignore {
        /** Users and groups. */
        OWNERS,
        /** Where the holes are; content still counts. */
        HOLES,
        /** Modification times of directories. */
        DIRECTORY_TIMES,
        /** Extended attributes. */
        ATTRIBUTES,
        /** Metadata of the two directories that are compared, not of what is in them. */
        ROOT
    }

    private static final int LONGEST_SHOWN = 300;
    private static final int BUFFER = 1 << 20;
    private static final int HOLE_UNIT = 4096;

    private final Set<Ignore> ignored;
    private final List<String> differences = new ArrayList<>();
    private final Map<String, Set<String>> expectedGroups = new TreeMap<>();
    private final Map<String, Set<String>> actualGroups = new TreeMap<>();

    private TreeCompare(Set<Ignore> ignored) {
        this.ignored = ignored;
    }

    /**
     * Compares two directories with all that is below them.
     *
     * @return one sentence for each difference; empty when there is none
     */
    public static List<String> differences(Path expected, Path actual, Ignore... ignored) throws IOException {
        var set = EnumSet.noneOf(Ignore.class);
        set.addAll(Arrays.asList(ignored));
        var compare = new TreeCompare(set);
        try (var e = Directory.open(expected); var a = Directory.open(actual)) {
            if (!set.contains(Ignore.ROOT)) {
                compare.metadata("", e, a, Posix.bytes("."));
            }
            compare.directories("", e, a);
        }
        compare.groups();
        return compare.differences;
    }

    private void differ(String path, String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            report(path, what + " is " + actual + " instead of " + expected);
        }
    }

    private void report(String path, String sentence) {
        boolean isLong = path.length() > LONGEST_SHOWN;
        String shown = isLong ? "..." + path.substring(path.length() - LONGEST_SHOWN) : path;
        differences.add((path.isEmpty() ? "." : shown) + ": " + sentence);
    }

    private void directories(String path, Directory expected, Directory actual) throws IOException {
        var all = new TreeMap<byte[], Integer>(Arrays::compareUnsigned);
        expected.names().forEach(n -> all.put(n, 1));
        actual.names().forEach(n -> all.merge(n, 2, Integer::sum));
        for (var entry : all.entrySet()) {
            String child = path.isEmpty() ? show(entry.getKey()) : path + "/" + show(entry.getKey());
            switch (entry.getValue()) {
                case 1 -> report(child, "is missing");
                case 2 -> report(child, "should not be there");
                default -> entry(child, expected, actual, entry.getKey());
            }
        }
    }

    private void entry(String path, Directory expected, Directory actual, byte[] name) throws IOException {
        Stat e = expected.stat(name);
        Stat a = actual.stat(name);
        if (e.type() != a.type()) {
            differ(path, "type", Integer.toOctalString(e.type()), Integer.toOctalString(a.type()));
            return;
        }
        metadata(path, expected, actual, name);
        switch (e.type()) {
            case Posix.S_IFDIR -> {
                try (var de = expected.directory(name); var da = actual.directory(name)) {
                    directories(path, de, da);
                }
            }
            case Posix.S_IFLNK -> differ(path, "target", show(expected.readLink(name)), show(actual.readLink(name)));
            case Posix.S_IFREG -> {
                differ(path, "size", e.size(), a.size());
                if (e.size() == a.size()) {
                    contents(path, expected.read(name), actual.read(name), e, a);
                }
            }
            case Posix.S_IFCHR, Posix.S_IFBLK -> differ(path, "device", e.specialMajor() + ":" + e.specialMinor(),
                    a.specialMajor() + ":" + a.specialMinor());
            default -> {
                // A fifo or socket has nothing more.
            }
        }
        if (e.type() != Posix.S_IFDIR) {
            group(expectedGroups, e, path);
            group(actualGroups, a, path);
        }
    }

    private void metadata(String path, Directory expected, Directory actual, byte[] name) throws IOException {
        Stat e = expected.stat(name);
        Stat a = actual.stat(name);
        differ(path, "mode", Integer.toOctalString(e.mode()), Integer.toOctalString(a.mode()));
        if (!ignored.contains(Ignore.OWNERS)) {
            differ(path, "owner", e.uid() + ":" + e.gid(), a.uid() + ":" + a.gid());
        }
        if (e.type() != Posix.S_IFDIR || !ignored.contains(Ignore.DIRECTORY_TIMES)) {
            differ(path, "modification time", time(e), time(a));
        }
        if (!ignored.contains(Ignore.ATTRIBUTES)) {
            Map<String, String> ea = expected.attributes(name);
            Map<String, String> aa = actual.attributes(name);
            var all = new TreeSet<>(ea.keySet());
            all.addAll(aa.keySet());
            for (String attribute : all) {
                differ(path, "attribute " + attribute, ea.getOrDefault(attribute, "missing"),
                        aa.getOrDefault(attribute, "missing"));
            }
        }
    }

    private static String time(Stat s) {
        return String.format("%d.%09d", s.mtimeSeconds(), s.mtimeNanos());
    }

    private void contents(String path, int expected, int actual, Stat e, Stat a) throws IOException {
        try {
            List<long[]> dataOfExpected = data(expected, e.size());
            List<long[]> dataOfActual = data(actual, a.size());
            for (long[] range : union(dataOfExpected, dataOfActual)) {
                for (long at = range[0]; at < range[1]; at += BUFFER) {
                    int length = (int) Math.min(BUFFER, range[1] - at);
                    int wrong = Arrays.mismatch(Posix.read(expected, at, length), Posix.read(actual, at, length));
                    if (wrong >= 0) {
                        report(path, "content differs at byte " + (at + wrong));
                        return;
                    }
                }
            }
            if (!ignored.contains(Ignore.HOLES)) {
                holes(path, dataOfExpected, dataOfActual, e, a);
            }
        } finally {
            Posix.closeFd(expected);
            Posix.closeFd(actual);
        }
    }

    /**
     * Holes must come back as holes. Data may come back as a reserved range that was never written (the kernel shows
     * that as a hole as well), but not as less space than it took.
     */
    private void holes(String path, List<long[]> expected, List<long[]> actual, Stat e, Stat a) {
        List<long[]> filled = minus(actual, expected);
        if (!filled.isEmpty()) {
            report(path, "data instead of a hole at " + show(filled));
        }
        List<long[]> lost = minus(expected, actual);
        if (!lost.isEmpty() && a.blocks() < e.blocks()) {
            report(path, "a hole instead of data at " + show(lost));
        }
    }

    private static List<long[]> data(int fd, long size) throws IOException {
        var ranges = new ArrayList<long[]>();
        long at = 0;
        while (at < size) {
            long start = Posix.nextData(fd, at);
            if (start < 0) {
                break;
            }
            at = Posix.nextHole(fd, start);
            ranges.add(new long[] { start, Math.min(at, size) });
        }
        return ranges;
    }

    private static List<long[]> union(List<long[]> a, List<long[]> b) {
        var all = new ArrayList<>(a);
        all.addAll(b);
        all.sort((x, y) -> Long.compare(x[0], y[0]));
        var merged = new ArrayList<long[]>();
        for (long[] range : all) {
            if (!merged.isEmpty() && merged.getLast()[1] >= range[0]) {
                merged.getLast()[1] = Math.max(merged.getLast()[1], range[1]);
            } else {
                merged.add(range.clone());
            }
        }
        return merged;
    }

    /** What is in a and not in b, without pieces smaller than a block of the file system. */
    private static List<long[]> minus(List<long[]> a, List<long[]> b) {
        var rest = new ArrayList<long[]>();
        for (long[] range : a) {
            long at = range[0];
            for (long[] taken : b) {
                if (taken[1] > at && taken[0] < range[1]) {
                    rest.add(new long[] { at, taken[0] });
                    at = taken[1];
                }
            }
            rest.add(new long[] { at, range[1] });
        }
        rest.removeIf(r -> r[1] - r[0] < HOLE_UNIT);
        return rest;
    }

    private static String show(List<long[]> ranges) {
        return String.join(", ", ranges.stream().map(r -> r[0] + "-" + r[1]).toList());
    }

    private static void group(Map<String, Set<String>> groups, Stat stat, String path) {
        if (stat.links() > 1) {
            groups.computeIfAbsent(stat.deviceMajor() + ":" + stat.deviceMinor() + ":" + stat.inode(),
                    k -> new TreeSet<>()).add(path);
        }
    }

    private void groups() {
        Set<Set<String>> expected = linked(expectedGroups);
        Set<Set<String>> actual = linked(actualGroups);
        expected.stream().filter(g -> !actual.contains(g))
                .forEach(g -> differences.add("not hard links of each other any more: " + g));
        actual.stream().filter(g -> !expected.contains(g))
                .forEach(g -> differences.add("hard links of each other now: " + g));
    }

    /** Groups with more than one name in the tree; a name whose partners are outside is on its own. */
    private static Set<Set<String>> linked(Map<String, Set<String>> groups) {
        var linked = new HashSet<Set<String>>();
        groups.values().stream().filter(g -> g.size() > 1).forEach(linked::add);
        return linked;
    }

    private static String show(byte[] raw) {
        var out = new ByteArrayOutputStream();
        for (byte b : raw) {
            if (b < 32 || b == '\\' || b == 127) {
                out.writeBytes(String.format("\\x%02x", b & 0xff).getBytes(StandardCharsets.US_ASCII));
            } else {
                out.write(b);
            }
        }
        return out.toString(StandardCharsets.US_ASCII);
    }
}
