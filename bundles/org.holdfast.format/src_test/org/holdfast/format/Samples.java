package org.holdfast.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.holdfast.crypto.ContentHasher;
import org.holdfast.crypto.DomainKeys;

/**
 * One object of every kind with everything the format has in it. The golden bytes were made from these values, which
 * therefore never change.
 */
final class Samples {
    /** Names of {@link #everything()}, in order. */
    static final List<byte[]> NAMES = List.of(ascii("a-inline"), ascii("b-single"), ascii("c-segments"),
            ascii("d-lists"), ascii("e-directory"), ascii("f-empty-directory"), ascii("g-link"), ascii("h-device"),
            ascii("i-fifo"), ascii("j-empty"), longest('k'), new byte[] { (byte) 0xe3, (byte) 0x81, (byte) 0x82 },
            new byte[] { (byte) 0xff, (byte) 0xfe, 'x' });

    private static final Page.Owner ROOT = new Page.Owner(0100644, 0, 0, 0, "root", "root");
    private static final Page.Owner USER = new Page.Owner(0104755, -2, 65534, 1, "nobody", "");
    private static final Page.Owner DIR = new Page.Owner(0041777, 1000, 1000, 0, "", "");

    private Samples() {
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] longest(char letter) {
        var name = new byte[255];
        Arrays.fill(name, (byte) letter);
        return name;
    }

    /** Two extended attributes, one with an empty value. */
    static byte[] attributes() {
        return new AttributeSet.Builder().add(ascii("security.capability"), TestData.unhex("0100000200200000"))
                .add(ascii("user.empty"), new byte[0]).build();
    }

    static Segments segments() {
        return new Segments(new byte[] { Body.CHUNK, Body.ZERO, Body.HOLE, Body.CHUNK },
                new long[] { 100_000, 65_536, 1L << 40, 5 });
    }

    static Content segmentsContent() {
        var out = new ByteWriter(64).u8(Body.SEGMENTS);
        segments().encode(out);
        return new Content(out.toByteArray(), TestData.concat(TestData.id(0x21), TestData.id(0x22)));
    }

    static Content listsContent() {
        return new Content(new ByteWriter(16).u8(Body.LISTS).varint(2).varint(300_000_000).varint(7).toByteArray(),
                TestData.concat(listId(), TestData.id(0x32)));
    }

    static DirectoryBody directory() {
        return new DirectoryBody(600, 3, 1L << 42, List.of(new DirectoryBody.PageRef(TestData.id(0x41), 512,
                new byte[0]), new DirectoryBody.PageRef(TestData.id(0x42), 91, ascii("m"))));
    }

    /** A page with every kind of body, odd names, owners and times. */
    static PageBuilder everything() {
        var page = new PageBuilder();
        Content[] contents = { Content.inline(ascii("Hello, vault\n"), 0, 13), Content.single(TestData.id(0x11)),
                segmentsContent(), listsContent(), directory().toContent(), DirectoryBody.EMPTY.toContent(),
                Content.link(new byte[] { '.', '.', '/', (byte) 0xff }), Content.device(8L << 32 | 1), Content.NONE,
                Content.NONE, Content.inline(new byte[0], 0, 0), Content.NONE, Content.NONE };
        long[] sizes = { 13, 70_000, 100_000 + 65_536 + (1L << 40) + 5, 300_000_007, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
        Page.Owner[] owners = { ROOT, USER, ROOT, ROOT, DIR, DIR, new Page.Owner(0120777, 0, 0, 0, "root", "root"),
                new Page.Owner(0060660, 0, 6, 0, "root", "disk"), new Page.Owner(0010600, 0, 0, 0, "root", "root"),
                ROOT,
                ROOT, ROOT, new Page.Owner(0140755, 0, 0, 0, "root", "root") };
        long[] mtimes = { 1_700_000_000, -1, Long.MIN_VALUE, Long.MAX_VALUE, 4_294_967_296L, 0, 0, 0, 0, 0, 0, 0, 1 };
        long[] inodes = { 7, 8, 9, 7, Long.MIN_VALUE, -1, 1, 2, 3, 4, 5, 6, 1L << 62 };
        int[] flags = { Page.MULTI, 0, Page.SPARSE, Page.SPARSE | Page.INCONSISTENT, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
        for (int i = 0; i < NAMES.size(); i++) {
            byte[] name = NAMES.get(i);
            byte[] set = i % 4 == 0 ? attributes()
                    : i == 5
                            ? new AttributeSet.Builder().add(ascii("user.x"), ascii("y")).build()
                            : AttributeSet.NONE;
            int row = page.add(name, 0, name.length, owners[i], flags[i], mtimes[i], 999_999_999 - i,
                    1_700_000_000L + i, i, inodes[i], sizes[i], set);
            page.set(row, contents[i]);
        }
        return page;
    }

    /** Raw bytes of {@link #everything()}. */
    static byte[] pageRaw() {
        return encode(everything())[0];
    }

    /** References of {@link #everything()}. */
    static byte[] pageRefs() {
        return encode(everything())[1];
    }

    /** Raw bytes and references of a page. */
    static byte[][] encode(PageBuilder page) {
        var out = new ByteWriter(1024);
        var refs = new ByteWriter(1024);
        page.encode(out, refs);
        return new byte[][] { out.toByteArray(), refs.toByteArray() };
    }

    /** Content id of file data. */
    static byte[] dataId(byte[] data) {
        try (DomainKeys keys = TestData.keys(); ContentHasher hasher = new ContentHasher(keys.contentIdKey())) {
            var id = new byte[Id.SIZE];
            hasher.hash(ContentType.DATA, data, 0, data.length, id, 0);
            return id;
        }
    }

    /** Content id of a page or list: references count. */
    static byte[] metaId(byte type, byte[] refs, byte[] raw) {
        try (DomainKeys keys = TestData.keys(); ContentHasher hasher = new ContentHasher(keys.contentIdKey())) {
            var id = new byte[Id.SIZE];
            hasher.begin(type);
            hasher.update(new ByteWriter(4).u32(refs.length / Id.SIZE).toByteArray(), 0, 4);
            hasher.update(refs, 0, refs.length);
            hasher.update(raw, 0, raw.length);
            hasher.finish(id, 0);
            return id;
        }
    }

    static byte[] listId() {
        return metaId(ContentType.LIST, listRefs(), segments().encodeList());
    }

    static byte[] listRefs() {
        return TestData.concat(TestData.id(0x21), TestData.id(0x22));
    }

    static byte[] pageId() {
        return metaId(ContentType.PAGE, pageRefs(), pageRaw());
    }

    /** The two chunks of the solid blob, which compresses. */
    static List<byte[]> solidChunks() {
        return List.of(TestData.text("first", 600), TestData.text("second", 700));
    }

    /** The chunk of the raw blob, which does not compress. */
    static byte[] rawChunk() {
        return TestData.stream("raw", 513);
    }

    static BlobEntry entry(int offset, int stored, int codec, byte[] types, List<byte[]> chunks, byte[] ids,
            int[] refCounts, byte[] refs) {
        int[] lengths = chunks.stream().mapToInt(chunk -> chunk.length).toArray();
        return new BlobEntry(offset, stored, codec, 0, Arrays.stream(lengths).sum(), types, lengths, ids, refCounts,
                refs);
    }

    /** Directory of the data pack, given what its two blobs take. */
    static PackDirectory dataDirectory(int solidStored, int rawStored) {
        byte[] ids = TestData.concat(dataId(solidChunks().get(0)), dataId(solidChunks().get(1)));
        var one = ContentType.DATA;
        return new PackDirectory(PackKind.DATA, List.of(
                entry(24, solidStored, BlobCodec.ZSTD, new byte[] { one, one }, solidChunks(), ids, new int[2],
                        new byte[0]),
                entry(24 + solidStored, rawStored, BlobCodec.RAW, new byte[] { one }, List.of(rawChunk()),
                        dataId(rawChunk()), new int[1], new byte[0])));
    }

    /** Directory of the metadata pack, whose blob holds a list and the page that refers to it. */
    static PackDirectory metaDirectory(int stored) {
        return new PackDirectory(PackKind.META, List.of(entry(24, stored, BlobCodec.ZSTD,
                new byte[] { ContentType.LIST, ContentType.PAGE }, List.of(segments().encodeList(), pageRaw()),
                TestData.concat(listId(), pageId()),
                new int[] { listRefs().length / Id.SIZE, pageRefs().length / Id.SIZE },
                TestData.concat(listRefs(), pageRefs()))));
    }

    static IndexSegment index(Id dataPack, long dataBytes, PackDirectory data, Id metaPack, long metaBytes,
            PackDirectory meta) {
        return new IndexSegment(List.of(new IndexSegment.Pack(dataPack, dataBytes, data),
                new IndexSegment.Pack(metaPack, metaBytes, meta)), List.of(new Id(TestData.id(0x71))));
    }

    static VaultDescriptor descriptor(byte[] publicKey) {
        return new VaultDescriptor(TestData.DOMAIN, 1_700_000_000L, 0, 0, publicKey);
    }

    static Manifest point(Id previous) {
        return new Manifest(new Manifest.Keeper(Manifest.POINT, 1_700_000_000L, 123_456_789, 4_321, previous,
                TestData.counting(0xc0, 16), 1, 1_800_000_000L, 5_000, List.of(new Id(pageId()))), details());
    }

    static Manifest checkpoint() {
        return new Manifest(new Manifest.Keeper(Manifest.CHECKPOINT, -1, 0, 0, new Id(new byte[Id.SIZE]),
                TestData.counting(0xc0, 16), 2, 0, 0, List.of()),
                new Manifest.Details("", new byte[0], List.of(), DirectoryBody.EMPTY, List.of(), "",
                        new long[0], 0, List.of()));
    }

    private static Manifest.Details details() {
        var items = new ArrayList<byte[]>();
        items.add(ascii("/srv/data"));
        items.add(new byte[] { '/', 's', 'r', 'v', '/', (byte) 0xfe });
        var root = new DirectoryBody(11, 2, 1_099_812_012_000L,
                List.of(new DirectoryBody.PageRef(pageId(), NAMES.size(), new byte[0])));
        return new Manifest.Details("db-7", ascii("/srv"), items, root, List.of("*.tmp", "size>4G"), "holdfast 0.1.0",
                new long[] { 1, 2, 3, 4, 5, 6, 7 }, 12, List.of(new Manifest.Skipped(
                        new byte[] { '/', 's', 'r', 'v', '/', (byte) 0xff }, "SOURCE_UNREADABLE",
                        "Permission denied.")));
    }
}
