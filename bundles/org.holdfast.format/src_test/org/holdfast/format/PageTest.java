package org.holdfast.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

/** Directory pages keep everything, and only what is well-formed gets in. */
class PageTest {
    private static final Page.Owner OWNER = new Page.Owner(0100600, 1, 2, 0, "u", "g");

    static Page parse(byte[][] encoded) {
        return Page.parse(encoded[0], 0, encoded[0].length, encoded[1]);
    }

    static PageBuilder names(byte[]... names) {
        var page = new PageBuilder();
        for (byte[] name : names) {
            page.set(page.add(name, 0, name.length, OWNER, 0, 0, 0, 0, 0, 0, 0, AttributeSet.NONE), Content.NONE);
        }
        return page;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void everythingComesBack() {
        byte[][] encoded = Samples.encode(Samples.everything());
        byte[] shifted = TestData.concat(new byte[7], encoded[0], new byte[9]);
        for (Page page : List.of(parse(encoded), Page.parse(shifted, 7, encoded[0].length, encoded[1]))) {
            assertEquals(Samples.NAMES.size(), page.count);
            for (int i = 0; i < page.count; i++) {
                assertArrayEquals(Samples.NAMES.get(i), page.name(i));
                assertEquals(i, page.find(Samples.NAMES.get(i)));
                assertEquals(999_999_999 - i, page.mtimeNanos[i]);
                assertEquals(1_700_000_000L + i, page.ctime[i]);
                assertEquals(i, page.ctimeNanos[i]);
            }
            assertEquals(-1, page.find(bytes("b")));
            assertArrayEquals(new long[] { 1_700_000_000, -1, Long.MIN_VALUE, Long.MAX_VALUE, 4_294_967_296L },
                    Arrays.copyOf(page.mtime, 5));
            assertArrayEquals(new long[] { 7, 8, 9, 7, Long.MIN_VALUE, -1, 1, 2, 3, 4, 5, 6, 1L << 62 }, page.inode);
            assertArrayEquals(new byte[] { 1, 0, 2, 6, 0 }, Arrays.copyOf(page.flags, 5));
            assertEquals(0104755, page.mode(1));
            assertEquals(new Page.Owner(0104755, -2, 65534, 1, "nobody", ""), page.owner(1));
            assertEquals("disk", page.owner(7).group());
        }
    }

    @Test
    void everyKindOfContentComesBack() {
        Page page = parse(Samples.encode(Samples.everything()));
        assertEquals(List.of(Body.INLINE, Body.SINGLE, Body.SEGMENTS, Body.LISTS, Body.DIRECTORY, Body.DIRECTORY,
                Body.LINK, Body.DEVICE, Body.NONE, Body.NONE, Body.INLINE, Body.NONE, Body.NONE),
                IntStream.range(0, page.count).mapToObj(page::bodyKind).toList());
        assertArrayEquals(bytes("Hello, vault\n"), page.body(0).string(512, "content"));
        assertEquals(Content.single(TestData.id(0x11)), page.content(1));
        assertEquals(Samples.segmentsContent(), page.content(2));
        Segments segments = Segments.parse(page.body(2));
        assertArrayEquals(Samples.segments().lengths(), segments.lengths());
        assertArrayEquals(Samples.segments().kinds(), segments.kinds());
        assertEquals(page.size[2], segments.total());
        assertEquals(2, segments.chunks());
        assertEquals(2, page.refCount(3));
        assertEquals(Samples.directory(), page.directory(4));
        assertEquals(603, page.directory(4).entries());
        assertEquals(DirectoryBody.EMPTY, page.directory(5));
        assertArrayEquals(new byte[] { '.', '.', '/', (byte) 0xff }, page.body(6).string(100, "target"));
        ByteReader device = page.body(7);
        assertEquals(8, device.varint());
        assertEquals(1, device.varint());
        assertTrue(page.sameContent(1, Content.single(TestData.id(0x11))));
        assertFalse(page.sameContent(1, Content.single(TestData.id(0x12))));
        assertThrows(FormatException.class, () -> page.directory(0));
    }

    @Test
    void attributesComeBack() {
        Page page = parse(Samples.encode(Samples.everything()));
        var seen = new TreeMap<String, String>();
        AttributeSet.forEach(page.attributesOf(0), (name, value) -> seen.put(new String(name,
                StandardCharsets.US_ASCII), TestData.hex(value)));
        assertEquals(Map.of("security.capability", "0100000200200000", "user.empty", ""), seen);
        assertArrayEquals(Samples.attributes(), page.attributesOf(4));
        assertArrayEquals(AttributeSet.NONE, page.attributesOf(1));
        assertEquals(2, page.attributeSets.size(), "equal sets are kept once");
    }

    /** Dropped rows leave no trace: the page is the one that was never given them. */
    @Test
    void droppedRowsAreAsIfNeverAdded() {
        PageBuilder with = names(bytes("a"), bytes("b"), bytes("c"), bytes("d"));
        with.drop(0);
        with.drop(2);
        with.drop(2);
        assertTrue(with.dropped(0));
        assertEquals(2, with.entries());
        assertEquals(4, with.count());
        assertArrayEquals(bytes("b"), with.firstName());
        assertArrayEquals(Samples.encode(names(bytes("b"), bytes("d")))[0], Samples.encode(with)[0]);
    }

    @Test
    void contentIsCopiedFromAnotherPage() {
        Page old = parse(Samples.encode(Samples.everything()));
        PageBuilder page = Samples.everything();
        var copy = new PageBuilder();
        for (int i = 0; i < old.count; i++) {
            int row = copy.add(old.name(i), 0, old.nameLength[i], old.owner(i), old.flags[i], old.mtime[i],
                    old.mtimeNanos[i], old.ctime[i], old.ctimeNanos[i], old.inode[i], old.size[i],
                    old.attributesOf(i));
            copy.copy(row, old, i);
        }
        assertArrayEquals(Samples.encode(page)[0], Samples.encode(copy)[0]);
        assertArrayEquals(Samples.encode(page)[1], Samples.encode(copy)[1]);
    }

    @Test
    void correctionsReplaceWhatWasAdded() {
        PageBuilder page = names(bytes("x"));
        var other = new Page.Owner(0100755, 5, 6, 2, "v", "");
        page.correct(0, other, Page.INCONSISTENT, -5, 1, -6, 2, 99, 512);
        page.set(0, Content.inline(new byte[512], 0, 512));
        Page read = parse(Samples.encode(page));
        assertEquals(other, read.owner(0));
        assertEquals(List.of(-5L, -6L, 99L, 512L), List.of(read.mtime[0], read.ctime[0], read.inode[0], read.size[0]));
        assertEquals(Page.INCONSISTENT, read.flags[0]);
    }

    @Test
    void anEntryWithoutContentIsAnError() {
        var page = new PageBuilder();
        page.add(bytes("x"), 0, 1, OWNER, 0, 0, 0, 0, 0, 0, 0, AttributeSet.NONE);
        assertThrows(IllegalStateException.class, () -> Samples.encode(page));
    }

    @Test
    void attributesThatComeLateMakeMorePagesWhenOneHasNoRoomForThem() {
        PageBuilder page = names(bytes("a"), bytes("b"), bytes("c"), bytes("d"), bytes("e"));
        assertEquals(List.of(page), page.parts());
        byte[] most = new AttributeSet.Builder().add(bytes("user.x"), new byte[PageBuilder.MAX_ATTRIBUTE_BYTES - 20])
                .build();
        page.attributes(1, most);
        assertEquals(List.of(page), page.parts());
        page.attributes(2, most);
        page.attributes(2, Samples.attributes());
        assertTrue(page.full(bytes("c"), 0, 1));
        page.attributes(0, new byte[100]);
        page.drop(3);
        List<PageBuilder> parts = page.parts();
        assertEquals(List.of(1, 1, 2), parts.stream().map(PageBuilder::entries).toList());
        assertArrayEquals(bytes("c"), parts.get(2).firstName());
        Page last = parse(Samples.encode(parts.get(2)));
        assertArrayEquals(Samples.attributes(), last.attributesOf(0));
        assertArrayEquals(bytes("e"), last.name(1));
        assertArrayEquals(most, parse(Samples.encode(parts.get(1))).attributesOf(0));
    }

    @Test
    void checkpointsKeepWhatHasContent() {
        PageBuilder page = names(bytes("a"), bytes("b"));
        page.add(bytes("c"), 0, 1, OWNER, 0, 0, 0, 0, 0, 0, 0, AttributeSet.NONE);
        page.add(bytes("d"), 0, 1, new Page.Owner(0040700, 1, 2, 0, "", ""), 0, 0, 0, 0, 0, 0, 0, AttributeSet.NONE);
        Page read = parse(Samples.encode(page.snapshot(Map.of(3, DirectoryBody.EMPTY.toContent()))));
        assertEquals(3, read.count);
        assertArrayEquals(bytes("d"), read.name(2));
        assertEquals(DirectoryBody.EMPTY, read.directory(2));
        assertEquals(0, read.flags[2]);
        assertEquals(4, page.entries(), "the page itself goes on");
    }

    @Test
    void checkpointsSayWhichFilesAreNotComplete() {
        PageBuilder page = names(bytes("a"));
        page.add(bytes("b"), 0, 1, OWNER, Page.SPARSE, 1, 2, 3, 4, 5, 9, AttributeSet.NONE);
        var rest = new ByteWriter(8).u8(Body.SEGMENTS);
        new Segments(new byte[] { Body.ZERO, Body.HOLE }, new long[] { 2, 7 }).encode(rest);
        var content = new Content(rest.toByteArray(), new byte[0]);
        Page read = parse(Samples.encode(page.snapshot(Map.of(1, content))));
        assertEquals(Page.SPARSE | Page.INCONSISTENT | Page.PARTIAL, read.flags[1]);
        assertEquals(0, read.flags[0], "what is complete is not marked");
        assertTrue(read.sameContent(1, content));
        assertEquals(9, read.size[1]);
        page.set(1, Content.inline(bytes("123456789"), 0, 9));
        assertEquals(Page.SPARSE, parse(Samples.encode(page)).flags[1], "the page itself is not marked");
    }

    @Test
    void hostileNamesAreRefused() {
        for (String name : List.of(".", "..", "/", "a/b", "/a", "a/", "../x", "\0", "a\0", "\0a")) {
            assertThrows(FormatException.class, () -> parse(Samples.encode(names(bytes(name)))), name);
        }
        for (String name : List.of("...", ".a", "..a", "a..", " ", "\n", "\\", "-rf", "~", "\u00ff")) {
            assertArrayEquals(bytes(name), parse(Samples.encode(names(bytes(name)))).name(0));
        }
        FormatException empty = assertThrows(FormatException.class,
                () -> parse(emptyName()));
        assertTrue(empty.getMessage().contains("the length of a name is 0"), empty.getMessage());
    }

    private static byte[][] emptyName() {
        byte[] raw = Samples.encode(names(bytes("x")))[0];
        var out = new ByteWriter(64);
        int at = new String(raw, StandardCharsets.ISO_8859_1).indexOf("\1x");
        out.raw(raw, 0, at).u8(0).raw(raw, at + 2, raw.length - at - 2);
        return new byte[][] { out.toByteArray(), new byte[0] };
    }

    @Test
    void namesMustBeInOrderAndUnique() {
        for (String[] pair : new String[][] { { "b", "a" }, { "a", "a" }, { "ab", "a" }, { "\u00ff", "a" },
                { "\u0080", "\u007f" } }) {
            assertThrows(FormatException.class,
                    () -> parse(Samples.encode(names(bytes(pair[0]), bytes(pair[1])))), Arrays.toString(pair));
        }
        assertEquals(3, parse(Samples.encode(names(bytes("\u007f"), bytes("\u0080"), bytes("\u00ff")))).count);
    }

    @Test
    void longNamesOfOwnersAreLeftOut() {
        var page = new PageBuilder();
        var owner = new Page.Owner(0100600, 1, 2, 0, "\u3042".repeat(342), "\u3042".repeat(341));
        page.set(page.add(bytes("x"), 0, 1, owner, 0, 0, 0, 0, 0, 0, 0, AttributeSet.NONE), Content.NONE);
        Page read = parse(Samples.encode(page));
        assertEquals("", read.owner(0).user());
        assertEquals("\u3042".repeat(341), read.owner(0).group());
    }

    /** The page ends by the name, so that one insertion does not move all following ends. */
    @Test
    void pagesEndWhereNamesSaySo() {
        byte[] ends = null;
        byte[] goesOn = bytes("0");
        for (int i = 0; ends == null; i++) {
            byte[] name = bytes("f" + i);
            ends = PageBuilder.endsPage(name, 0, name.length) ? name : null;
        }
        assertArrayEquals(bytes("f643"), ends, "part of the format: 32-bit FNV-1a, folded, one in 1024");
        assertFalse(PageBuilder.endsPage(goesOn, 0, 1));
        var page = new PageBuilder();
        while (page.count() < PageBuilder.MIN_ENTRIES - 1) {
            add(page, 0);
        }
        assertFalse(page.full(ends, 0, ends.length));
        add(page, 0);
        assertTrue(page.full(ends, 0, ends.length));
        assertFalse(page.full(goesOn, 0, 1));
        while (page.count() < PageBuilder.MAX_ENTRIES) {
            assertFalse(page.full(goesOn, 0, 1));
            add(page, 0);
        }
        assertTrue(page.full(goesOn, 0, 1));
        var heavy = new PageBuilder();
        for (int i = 0; i < 1900; i++) {
            add(heavy, Body.INLINE_MAX);
        }
        assertTrue(heavy.full(goesOn, 0, 1), "1 MiB of tiny files ends a page");
    }

    private static void add(PageBuilder page, int size) {
        page.add(bytes("x"), 0, 1, OWNER, 0, 0, 0, 0, 0, 0, size, AttributeSet.NONE);
    }

    @Test
    void randomPagesComeBack() {
        for (int seed = 0; seed < 60; seed++) {
            var random = new SplittableRandom(seed);
            var sorted = new TreeMap<byte[], Content>(Arrays::compareUnsigned);
            int n = random.nextInt(1, 200);
            while (sorted.size() < n) {
                sorted.put(name(random), content(random));
            }
            var page = new PageBuilder();
            var times = new ArrayList<long[]>();
            sorted.forEach((name, content) -> {
                long[] t = { random.nextLong(), random.nextInt(1_000_000_000), random.nextLong(),
                        random.nextInt(1_000_000_000), random.nextLong(), 0 };
                times.add(t);
                t[5] = size(content, random);
                var owner = new Page.Owner(type(content, random) | random.nextInt(010000), random.nextInt(),
                        random.nextInt(), random.nextInt(3), "u" + random.nextInt(3), "");
                page.set(page.add(name, 0, name.length, owner, random.nextInt(256), t[0], (int) t[1], t[2],
                        (int) t[3], t[4], t[5], AttributeSet.NONE), content);
            });
            Page read = parse(Samples.encode(page));
            int i = 0;
            for (var entry : sorted.entrySet()) {
                assertArrayEquals(entry.getKey(), read.name(i));
                assertEquals(entry.getValue(), read.content(i));
                assertArrayEquals(times.get(i), new long[] { read.mtime[i], read.mtimeNanos[i], read.ctime[i],
                        read.ctimeNanos[i], read.inode[i], read.size[i] });
                i++;
            }
            assertEquals(i, read.count);
        }
    }

    private static int type(Content content, SplittableRandom random) {
        return switch (content.body()[0]) {
            case Body.NONE -> new int[] { 0100000, 0010000, 0140000 }[random.nextInt(3)];
            case Body.DIRECTORY -> 0040000;
            case Body.LINK -> 0120000;
            case Body.DEVICE -> random.nextBoolean() ? 0020000 : 0060000;
            default -> 0100000;
        };
    }

    private static long size(Content content, SplittableRandom random) {
        return switch (content.body()[0]) {
            case Body.INLINE -> new ByteReader("x", content.body(), 1, content.body().length - 1).varint();
            case Body.SINGLE -> random.nextInt(1, PackDirectory.MAX_RAW + 1);
            case Body.SEGMENTS -> Samples.segments().total();
            default -> 0;
        };
    }

    private static byte[] name(SplittableRandom random) {
        var name = new byte[random.nextInt(3, 256)];
        random.nextBytes(name);
        for (int i = 0; i < name.length; i++) {
            name[i] = name[i] == 0 || name[i] == '/' ? (byte) '_' : name[i];
        }
        return name;
    }

    private static Content content(SplittableRandom random) {
        var data = new byte[random.nextInt(0, Body.INLINE_MAX + 1)];
        random.nextBytes(data);
        return switch (random.nextInt(7)) {
            case 0 -> Content.NONE;
            case 1 -> Content.inline(data, 0, data.length);
            case 2 -> Content.single(TestData.id(random.nextInt(256)));
            case 3 -> Samples.segmentsContent();
            case 4 -> Samples.directory().toContent();
            case 5 -> Content.link(data);
            default -> Content.device(random.nextLong());
        };
    }
}
