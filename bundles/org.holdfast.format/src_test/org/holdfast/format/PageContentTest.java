package org.holdfast.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;

/** Pages that contradict themselves, or the directory they are in, are refused. */
class PageContentTest {
    private static Page one(int mode, long size, Content content) {
        var page = new PageBuilder();
        page.set(page.add(PageTest.bytes("x"), 0, 1, new Page.Owner(mode, 0, 0, 0, "", ""), 0, 0, 0, 0, 0, 0, size,
                AttributeSet.NONE), content);
        return PageTest.parse(Samples.encode(page));
    }

    @Test
    void typesHaveTheContentThatGoesWithThem() {
        Content[] contents = { Content.NONE, Content.inline(PageTest.bytes("a"), 0, 1), Content.single(TestData.id(1)),
                DirectoryBody.EMPTY.toContent(), Content.link(PageTest.bytes("t")), Content.device(1) };
        int[] modes = { 0100000, 0040000, 0120000, 0020000, 0060000, 0010000, 0140000, 0, 0170000, 0030000 };
        boolean[][] fits = { { true, true, true, false, false, false }, { false, false, false, true, false, false },
                { false, false, false, false, true, false }, { false, false, false, false, false, true },
                { false, false, false, false, false, true }, { true, false, false, false, false, false },
                { true, false, false, false, false, false }, new boolean[6], new boolean[6], new boolean[6] };
        for (int m = 0; m < modes.length; m++) {
            for (int c = 0; c < contents.length; c++) {
                int mode = modes[m] | 0644;
                Content content = contents[c];
                int size = c == 1 || c == 2 ? 1 : 0;
                if (fits[m][c]) {
                    assertEquals(content, one(mode, size, content).content(0));
                } else {
                    assertThrows(FormatException.class, () -> one(mode, size, content));
                }
            }
        }
    }

    @Test
    void sizesAreThoseOfTheContent() {
        int file = 0100644;
        assertEquals(PackDirectory.MAX_RAW, one(file, PackDirectory.MAX_RAW, Content.single(TestData.id(1))).size[0]);
        assertThrows(FormatException.class, () -> one(file, 1, Content.NONE));
        assertThrows(FormatException.class, () -> one(file, 2, Content.inline(PageTest.bytes("a"), 0, 1)));
        assertThrows(FormatException.class, () -> one(file, 0, Content.single(TestData.id(1))));
        assertThrows(FormatException.class, () -> one(file, PackDirectory.MAX_RAW + 1L,
                Content.single(TestData.id(1))));
        assertThrows(FormatException.class, () -> one(file, Samples.segments().total() + 1,
                Samples.segmentsContent()));
        assertThrows(FormatException.class, () -> one(file, 300_000_006, Samples.listsContent()));
        assertThrows(FormatException.class, () -> one(0040755, 1, DirectoryBody.EMPTY.toContent()));
        assertThrows(FormatException.class, () -> one(0120777, 1, Content.link(PageTest.bytes("t"))));
        assertThrows(FormatException.class, () -> one(0020600, 1, Content.device(1)));
        var negative = new ByteWriter(20).u8(Body.LISTS).varint(2).varint(-1).varint(8).toByteArray();
        assertThrows(FormatException.class, () -> one(file, 7, new Content(negative, new byte[64])));
        var device = new ByteWriter(20).u8(Body.DEVICE).varint(1L << 32).varint(0).toByteArray();
        assertThrows(FormatException.class, () -> one(0020600, 0, new Content(device, new byte[0])));
    }

    /** Over all pages of a directory, too, names rise and none is there twice. */
    @Test
    void pagesMustFitIntoTheirDirectory() {
        Page first = PageTest.parse(Samples.encode(PageTest.names(PageTest.bytes("a"), PageTest.bytes("c"))));
        Page second = PageTest.parse(Samples.encode(PageTest.names(PageTest.bytes("d"), PageTest.bytes("e"))));
        var good = directory(2, "d");
        good.check(0, first);
        good.check(1, second);
        assertThrows(FormatException.class, () -> good.check(0, second), "it ends behind the next page");
        assertThrows(FormatException.class, () -> good.check(1, first), "it begins with another name");
        assertThrows(FormatException.class, () -> directory(2, "c").check(0, first), "it ends with the next name");
        assertThrows(FormatException.class, () -> directory(3, "d").check(0, first), "it has fewer entries");
        for (String next : List.of("m", "l", "")) {
            byte[] body = new DirectoryBody(0, 0, 0, List.of(ref("", 1), ref("m", 1), ref(next, 1))).toContent()
                    .body();
            assertThrows(FormatException.class, () -> DirectoryBody.parse(new ByteReader("x", body, 1,
                    body.length - 1), new byte[96], 0, 3), next);
        }
    }

    private static DirectoryBody directory(int entries, String second) {
        return new DirectoryBody(0, 0, 0, List.of(ref("", entries), ref(second, 2)));
    }

    private static DirectoryBody.PageRef ref(String first, int entries) {
        return new DirectoryBody.PageRef(new byte[32], entries, PageTest.bytes(first));
    }
}
