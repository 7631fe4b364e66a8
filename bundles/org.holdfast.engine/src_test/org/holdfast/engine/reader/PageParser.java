package org.holdfast.engine.reader;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/** Reads a directory page, as format.md §10 and §11 say. */
final class PageParser {
    private static final int MAX = 65_535;

    private final Packs packs;

    PageParser(Packs packs) {
        this.packs = packs;
    }

    List<Entry> page(byte[] id) {
        Packs.Meta meta = packs.meta(2, id);
        var in = new Cursor(meta.raw());
        Damaged.unless(in.u8() == 1, "the version of a page is unknown");
        int n = (int) in.varint(1, MAX);
        Damaged.unless(n <= in.left() / 11, "a page has more entries than bytes for them");
        List<Entry> owners = owners(in);
        List<TreeMap<String, byte[]>> sets = new ArrayList<>();
        int setCount = in.count(1);
        for (int i = 0; i < setCount; i++) {
            sets.add(attributes(new Cursor(in.bytes(in.left()))));
        }
        var entries = new ArrayList<Entry>();
        var lengths = new int[n];
        for (int i = 0; i < n; i++) {
            lengths[i] = (int) in.varint(1, MAX);
        }
        for (int i = 0; i < n; i++) {
            var entry = new Entry();
            entry.name = in.raw(lengths[i]);
            checkName(entry.name, i == 0 ? null : entries.get(i - 1).name);
            entries.add(entry);
        }
        for (Entry entry : entries) {
            owner(entry, owners.get((int) in.varint(0, owners.size() - 1)));
        }
        entries.forEach(e -> e.flags = in.u8());
        long last = 0;
        for (Entry entry : entries) {
            last += in.zigzag();
            entry.mtime = last;
        }
        entries.forEach(e -> e.mtimeNanos = in.varint(0, 999_999_999));
        last = 0;
        for (Entry entry : entries) {
            last += in.zigzag();
            entry.ctime = last;
        }
        entries.forEach(e -> in.varint(0, 999_999_999));
        last = 0;
        for (Entry entry : entries) {
            last += in.zigzag();
            entry.inode = last;
        }
        entries.forEach(e -> e.size = in.varint(0, Long.MAX_VALUE));
        for (Entry entry : entries) {
            long set = sets.isEmpty() ? 0 : in.varint(0, sets.size());
            entry.attributes = set == 0 ? new TreeMap<>() : sets.get((int) set - 1);
        }
        Iterator<byte[]> references = meta.references().iterator();
        for (Entry entry : entries) {
            body(entry, in, references);
            check(entry);
        }
        in.end();
        Damaged.unless(!references.hasNext(), "a page has references that nothing uses");
        return entries;
    }

    private static List<Entry> owners(Cursor in) {
        var owners = new ArrayList<Entry>();
        int count = in.count(6);
        for (int i = 0; i < count; i++) {
            var owner = new Entry();
            owner.mode = (int) in.varint(0, 0xffff);
            owner.uid = in.varint(0, 0xffffffffL);
            owner.gid = in.varint(0, 0xffffffffL);
            owner.device = in.varint(0, Integer.MAX_VALUE);
            owner.user = in.text(1024);
            owner.group = in.text(1024);
            owners.add(owner);
        }
        return owners;
    }

    private static void owner(Entry entry, Entry owner) {
        entry.mode = owner.mode;
        entry.uid = owner.uid;
        entry.gid = owner.gid;
        entry.device = owner.device;
        entry.user = owner.user;
        entry.group = owner.group;
    }

    private static TreeMap<String, byte[]> attributes(Cursor in) {
        var map = new TreeMap<String, byte[]>();
        while (in.left() > 0) {
            String name = new String(in.bytes(in.left()), StandardCharsets.ISO_8859_1);
            map.put(name, in.bytes(in.left()));
        }
        return map;
    }

    static void checkName(byte[] name, byte[] before) {
        String text = new String(name, StandardCharsets.ISO_8859_1);
        Damaged.unless(!text.isEmpty() && !text.equals(".") && !text.equals("..") && text.indexOf('/') < 0
                && text.indexOf(0) < 0, "a name is forbidden");
        Damaged.unless(before == null || Arrays.compareUnsigned(before, name) < 0, "names are not in order");
    }

    private static byte[] next(Iterator<byte[]> references) {
        Damaged.unless(references.hasNext(), "a page has too few references");
        return references.next();
    }

    private void body(Entry entry, Cursor in, Iterator<byte[]> references) {
        entry.body = in.u8();
        switch (entry.body) {
            case 0 -> entry.segments = List.of();
            case 1 -> entry.inline = in.bytes(in.left());
            case 2 -> entry.segments = List.of(new Entry.Segment(0, entry.size, next(references)));
            case 3 -> entry.segments = segments(in, references);
            case 4 -> lists(entry, in, references);
            case 5 -> entry.pages = directory(in, references);
            case 6 -> entry.target = in.bytes(in.left());
            case 7 -> {
                entry.major = in.varint(0, 0xffffffffL);
                entry.minor = in.varint(0, 0xffffffffL);
            }
            default -> throw new Damaged("a body of kind " + entry.body);
        }
    }

    static List<Entry.PageRef> directory(Cursor in, Iterator<byte[]> references) {
        in.varint(0, Long.MAX_VALUE);
        in.varint(0, Long.MAX_VALUE);
        in.varint(0, Long.MAX_VALUE);
        var pages = new ArrayList<Entry.PageRef>();
        int count = in.count(1);
        for (int i = 0; i < count; i++) {
            long entries = in.varint(1, MAX);
            pages.add(new Entry.PageRef(next(references), entries, i == 0 ? null : in.bytes(MAX)));
        }
        return pages;
    }

    private static List<Entry.Segment> segments(Cursor in, Iterator<byte[]> references) {
        var segments = new ArrayList<Entry.Segment>();
        int count = in.count(1);
        for (int i = 0; i < count; i++) {
            long value = in.varint();
            int kind = (int) (value & 3);
            long length = value >>> 2;
            Damaged.unless(kind < 3 && length > 0 && (kind != 0 || length <= 64 << 20), "a segment is impossible");
            segments.add(new Entry.Segment(kind, length, kind == 0 ? next(references) : null));
        }
        return segments;
    }

    private void lists(Entry entry, Cursor in, Iterator<byte[]> references) {
        var all = new ArrayList<Entry.Segment>();
        int count = in.count(1);
        for (int i = 0; i < count; i++) {
            long covers = in.varint(1, Long.MAX_VALUE);
            Packs.Meta list = packs.meta(3, next(references));
            var listIn = new Cursor(list.raw());
            Damaged.unless(listIn.u8() == 1, "the version of a list is unknown");
            Iterator<byte[]> chunks = list.references().iterator();
            List<Entry.Segment> segments = segments(listIn, chunks);
            listIn.end();
            Damaged.unless(!chunks.hasNext(), "a list has references that nothing uses");
            Damaged.unless(sum(segments) == covers, "a list does not cover what its file says");
            all.addAll(segments);
        }
        entry.segments = all;
    }

    private static long sum(List<Entry.Segment> segments) {
        return segments.stream().mapToLong(Entry.Segment::length).reduce(0, Math::addExact);
    }

    private static void check(Entry entry) {
        boolean fits = switch (entry.type()) {
            case 0100000 -> entry.body <= 4;
            case 0040000 -> entry.body == 5;
            case 0120000 -> entry.body == 6;
            case 0020000, 0060000 -> entry.body == 7;
            case 0010000, 0140000 -> entry.body == 0;
            default -> false;
        };
        Damaged.unless(fits, "a type does not go with its body");
        long size = entry.inline != null ? entry.inline.length : entry.segments == null ? 0 : sum(entry.segments);
        Damaged.unless(size == entry.size, "a size is not that of the content");
    }
}
