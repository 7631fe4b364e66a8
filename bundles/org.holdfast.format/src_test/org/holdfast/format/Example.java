package org.holdfast.format;

import java.util.List;

/** The vault of a handful of bytes that {@code docs/format.md} takes apart. */
final class Example {
    private Example() {
    }

    /** Content of the one file that is not in the page; a real writer would have put it there, too. */
    static byte[] world() {
        return Samples.ascii("hello, world");
    }

    private static PageBuilder page() {
        var file = new Page.Owner(0100644, 1000, 1000, 0, "ada", "staff");
        var page = new PageBuilder();
        add(page, "hello.txt", file, 1_700_000_000L, 500_000_000, 131, 6,
                Content.inline(Samples.ascii("hello\n"), 0, 6));
        add(page, "latest", new Page.Owner(0120777, 0, 0, 0, "root", "root"), 1_700_000_001L, 0, 132, 0,
                Content.link(Samples.ascii("hello.txt")));
        add(page, "logs", new Page.Owner(0040755, 0, 0, 0, "root", "root"), 1_699_999_999L, 0, 130, 0,
                DirectoryBody.EMPTY.toContent());
        add(page, "world.bin", file, -1, 999_999_999, 200, 12, Content.single(Samples.dataId(world())));
        return page;
    }

    private static void add(PageBuilder page, String name, Page.Owner owner, long seconds, int nanos, long inode,
            long size, Content content) {
        byte[] attributes = name.equals("world.bin")
                ? new AttributeSet.Builder().add(Samples.ascii("user.note"), Samples.ascii("hi")).build()
                : AttributeSet.NONE;
        page.set(page.add(Samples.ascii(name), 0, name.length(), owner, 0, seconds, nanos, 1_700_000_002L, 7, inode,
                size, attributes), content);
    }

    static byte[] pageRaw() {
        return Samples.encode(page())[0];
    }

    static byte[] pageRefs() {
        return Samples.encode(page())[1];
    }

    static byte[] pageId() {
        return Samples.metaId(ContentType.PAGE, pageRefs(), pageRaw());
    }

    static PackDirectory data(int stored) {
        return new PackDirectory(PackKind.DATA, List.of(Samples.entry(24, stored, BlobCodec.RAW,
                new byte[] { ContentType.DATA }, List.of(world()), Samples.dataId(world()), new int[1], new byte[0])));
    }

    static PackDirectory meta(int stored, int codec) {
        return new PackDirectory(PackKind.META, List.of(Samples.entry(24, stored, codec,
                new byte[] { ContentType.PAGE }, List.of(pageRaw()), pageId(), new int[] { 1 }, pageRefs())));
    }

    static Manifest point() {
        var root = new DirectoryBody(3, 1, 18, List.of(new DirectoryBody.PageRef(pageId(), 4, new byte[0])));
        return new Manifest(new Manifest.Keeper(Manifest.POINT, 1_700_000_100L, 250_000_000, 1_234,
                new Id(new byte[Id.SIZE]), TestData.counting(0xc0, 16), 0, 0, 1_500, List.of(new Id(pageId()))),
                new Manifest.Details("db-7", Samples.ascii("/srv"), List.of(Samples.ascii("/srv/hello.txt"),
                        Samples.ascii("/srv/latest"), Samples.ascii("/srv/logs"), Samples.ascii("/srv/world.bin")),
                        root, List.of("*.tmp"), "holdfast 0.1.0", new long[] { 3, 0, 0, 0, 18, 1, 2 }, 0, List.of()));
    }
}
