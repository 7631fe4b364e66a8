package org.holdfast.engine.reader;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Opens a vault with a recovery key and reads its points, in the steps of format.md §14. */
public final class IndependentReader {
    private static final int DEEPEST = 100_000;

    private final Objects objects;
    private final Keys keys;
    private final byte[] publicKey;
    private final Packs packs;
    private final PageParser pages;

    /** A recovery point: what its manifest says. */
    record Point(String name, long seconds, long nanos, int state, byte[] previous, String server, byte[] base,
            List<byte[]> items, List<Entry.PageRef> root, long warnings) {
    }

    /** Told of every entry of a point, parents first. */
    @FunctionalInterface
    interface Visitor {
        /** One entry; {@code path} are the names from the base on. */
        void entry(List<byte[]> path, Entry entry) throws IOException;
    }

    IndependentReader(Path vault, String recoveryKey) {
        objects = new Objects(vault);
        byte[] descriptor = objects.get("vault");
        Damaged.unless(descriptor.length == 144, "the descriptor has 144 bytes");
        byte[] domain = Arrays.copyOfRange(descriptor, 8, 24);
        var in = new Cursor(descriptor);
        byte[] header = in.raw(24);
        in.u64();
        Damaged.unless(in.u64() == 0, "the vault has features that this reader does not know");
        in.u64();
        publicKey = in.raw(32);
        keys = new Keys(root(recoveryKey, domain), domain);
        Damaged.unless(Arrays.equals(header, keys.header("HFVT", 0)), "the header of the descriptor");
        Damaged.unless(Crypto.belongs(publicKey, keys.of("sign")), "the descriptor is somebody else's");
        Damaged.unless(Crypto.verify(publicKey, Arrays.copyOf(descriptor, 80), in.raw(64)), "the signature");
        packs = new Packs(objects, keys);
        pages = new PageParser(packs);
    }

    private byte[] root(String recoveryKey, byte[] domain) {
        byte[] key = RecoverySlot.key(recoveryKey);
        for (String slot : objects.list("slots")) {
            byte[] root = RecoverySlot.unwrap(objects.get(slot), key, domain);
            if (root != null) {
                return root;
            }
        }
        throw new Damaged("no slot opens");
    }

    /** All recovery points, oldest first. */
    List<Point> points() {
        return objects.list("points").stream().map(this::point)
                .sorted((a, b) -> a.seconds() != b.seconds() ? Long.compare(a.seconds(), b.seconds())
                        : Long.compare(a.nanos(), b.nanos()))
                .toList();
    }

    private Point point(String object) {
        byte[] bytes = objects.get(object);
        var in = new Cursor(bytes);
        byte[] header = in.raw(24);
        Damaged.unless(Arrays.equals(header, keys.header("HFMP", 1)), "the header of a manifest");
        byte[] sealedKeeper = in.raw(in.u32());
        byte[] sealedDetails = in.raw(in.u32());
        byte[] signature = in.raw(64);
        in.end();
        Damaged.unless(Crypto.verify(publicKey, Arrays.copyOf(bytes, bytes.length - 64), signature), "a signature");
        var keeper = new Cursor(Crypto.open(keys.keeper(), sealedKeeper, header));
        long seconds = keeper.u64();
        long nanos = keeper.u32();
        keeper.varint();
        byte[] previous = keeper.id();
        keeper.raw(16);
        int state = keeper.u8();
        keeper.u64();
        keeper.varint();
        List<byte[]> rootIds = keeper.ids(keeper.count(Cursor.ID));
        keeper.end();
        byte[] details = Crypto.open(keys.of("manifest"), sealedDetails,
                Crypto.concat(header, Crypto.sha256Bytes(sealedKeeper)));
        var packed = new Cursor(details);
        long raw = packed.u32();
        Damaged.unless(raw <= 64 << 20, "details are too long");
        var d = new Cursor(Packs.inflate(packed.raw(packed.left()), (int) raw));
        String server = d.text(1024);
        byte[] base = d.bytes(1 << 20);
        var items = new ArrayList<byte[]>();
        int itemCount = d.count(1);
        for (int i = 0; i < itemCount; i++) {
            items.add(d.bytes(1 << 20));
        }
        var body = new Cursor(d.bytes(d.left()));
        List<byte[]> ids = d.ids(d.count(Cursor.ID));
        Damaged.unless(same(ids, rootIds), "the two parts of a manifest do not agree");
        Damaged.unless(body.u8() == 5, "the root is no directory");
        Iterator<byte[]> references = ids.iterator();
        List<Entry.PageRef> root = PageParser.directory(body, references);
        body.end();
        Damaged.unless(!references.hasNext(), "the root has pages too many");
        skipTexts(d);
        d.text(1024);
        int counters = d.count(1);
        for (int i = 0; i < counters; i++) {
            d.varint();
        }
        long warnings = d.varint();
        int first = d.count(3);
        for (int i = 0; i < first; i++) {
            d.bytes(1 << 20);
            d.text(100);
            d.text(4096);
        }
        d.end();
        return new Point(object, seconds, nanos, state, previous, server, base, items, root, warnings);
    }

    private static void skipTexts(Cursor in) {
        int count = in.count(1);
        for (int i = 0; i < count; i++) {
            in.text(1 << 20);
        }
    }

    private static boolean same(List<byte[]> a, List<byte[]> b) {
        return Arrays.deepEquals(a.toArray(), b.toArray());
    }

    /** Visits everything in a point. */
    void walk(Point point, Visitor visitor) throws IOException {
        walk(new ArrayList<>(), point.root(), visitor);
    }

    private void walk(List<byte[]> path, List<Entry.PageRef> directory, Visitor visitor) throws IOException {
        Damaged.unless(path.size() < DEEPEST, "directories nest too deep");
        byte[] before = null;
        for (Entry.PageRef ref : directory) {
            List<Entry> entries = pages.page(ref.id());
            Damaged.unless(entries.size() == ref.entries(), "a page has another number of entries");
            Damaged.unless(ref.firstName() == null || Arrays.equals(ref.firstName(), entries.get(0).name),
                    "a page begins with another name");
            PageParser.checkName(entries.get(0).name, before);
            before = entries.get(entries.size() - 1).name;
            for (Entry entry : entries) {
                path.add(entry.name);
                visitor.entry(path, entry);
                if (entry.pages != null) {
                    walk(path, entry.pages, visitor);
                }
                path.remove(path.size() - 1);
            }
        }
    }

    /** Writes the content of a file; zeros and holes as zeros. */
    void content(Entry entry, OutputStream out) throws IOException {
        if (entry.inline != null) {
            out.write(entry.inline);
            return;
        }
        for (Entry.Segment segment : entry.segments) {
            if (segment.id() == null) {
                var zeros = new byte[8192];
                for (long left = segment.length(); left > 0; left -= zeros.length) {
                    out.write(zeros, 0, (int) Math.min(left, zeros.length));
                }
                continue;
            }
            byte[] chunk = packs.data(segment.id());
            Damaged.unless(chunk.length == segment.length(), "a chunk has another length than its segment");
            out.write(chunk);
        }
    }
}
