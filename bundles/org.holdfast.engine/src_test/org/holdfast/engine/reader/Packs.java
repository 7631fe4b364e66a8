package org.holdfast.engine.reader;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

/** Index, packs and blobs, as format.md §7 to §9 say. */
final class Packs {
    static final int DATA = 1;
    static final int META = 2;
    private static final int MIB = 1 << 20;

    /** One chunk of a blob; references only when they come from a pack. */
    record Chunk(byte[] id, int at, int length, int type, List<byte[]> references) {
    }

    /** One blob of a pack. */
    record Blob(String pack, int kind, int offset, int stored, int codec, long epoch, int raw, List<Chunk> chunks) {
    }

    private record Place(Blob blob, int chunk) {
    }

    private final Objects objects;
    private final Keys keys;
    private final Map<String, Place> index = new HashMap<>();
    private final Map<String, List<Blob>> directories = new HashMap<>();
    private final Map<Blob, byte[]> decoded = new HashMap<>();

    Packs(Objects objects, Keys keys) {
        this.objects = objects;
        this.keys = keys;
        load();
    }

    private void load() {
        Map<String, Cursor> segments = new HashMap<>();
        Set<String> replaced = new HashSet<>();
        Map<String, List<List<Blob>>> found = new HashMap<>();
        boolean whole = true;
        for (String name : objects.list("index")) {
            String hash = name.substring(name.length() - 64);
            try {
                segments.put(hash, segment(objects.get(name)));
                found.put(hash, packs(segments.get(hash), replaced));
            } catch (Damaged e) {
                whole = false;
            }
        }
        Set<String> described = new HashSet<>();
        found.forEach((hash, packs) -> {
            if (!replaced.contains(hash)) {
                packs.forEach(blobs -> add(blobs, described));
            }
        });
        if (!whole) {
            for (String pack : objects.packs()) {
                if (!described.contains(pack)) {
                    add(directory(pack), described);
                }
            }
        }
    }

    private void add(List<Blob> blobs, Set<String> described) {
        for (Blob blob : blobs) {
            described.add(blob.pack());
            for (int i = 0; i < blob.chunks().size(); i++) {
                index.putIfAbsent(hex(blob.chunks().get(i).id()), new Place(blob, i));
            }
        }
    }

    private Cursor segment(byte[] bytes) {
        byte[] header = keys.header("HFIX", 0);
        Damaged.unless(bytes.length > 24 && Arrays.equals(header, Arrays.copyOf(bytes, 24)), "a segment's header");
        return new Cursor(Crypto.open(keys.keeper(), Arrays.copyOfRange(bytes, 24, bytes.length), header));
    }

    private List<List<Blob>> packs(Cursor in, Set<String> replaced) {
        int count = in.count(36);
        var packs = new ArrayList<List<Blob>>();
        for (int i = 0; i < count; i++) {
            String name = hex(in.id());
            int kind = in.u8();
            Damaged.unless(kind == DATA || kind == META, "a kind of pack");
            long bytes = in.varint(24, 1 << 30);
            packs.add(blobs(in, (kind == DATA ? "data/" : "meta/") + name, kind, bytes, false));
        }
        int others = in.count(Cursor.ID);
        in.ids(others).forEach(id -> replaced.add(hex(id)));
        in.end();
        return packs;
    }

    private List<Blob> blobs(Cursor in, String pack, int kind, long bytes, boolean references) {
        int count = in.count(38);
        var blobs = new ArrayList<Blob>();
        long offset = 24;
        for (int b = 0; b < count; b++) {
            int stored = (int) in.varint(40, 65 * MIB);
            int codec = in.u8();
            Damaged.unless(codec <= 1, "a codec");
            long epoch = in.varint(0, 0xffffffffL);
            int raw = (int) in.varint(0, 64 * MIB);
            int n = in.count(Cursor.ID + 1);
            Damaged.unless(n > 0, "a blob without chunks");
            var chunks = new ArrayList<Chunk>();
            int at = 0;
            for (int c = 0; c < n; c++) {
                byte[] id = in.id();
                int length = (int) in.varint(0, raw - at);
                int type = kind == META ? in.u8() : 1;
                List<byte[]> refs = kind == META && references ? in.ids(in.count(Cursor.ID)) : List.of();
                chunks.add(new Chunk(id, at, length, type, refs));
                at += length;
            }
            Damaged.unless(at == raw, "the chunks of a blob do not add up");
            Damaged.unless(offset + stored <= bytes, "a blob reaches beyond its pack");
            blobs.add(new Blob(pack, kind, (int) offset, stored, codec, epoch, raw, chunks));
            offset += stored;
        }
        return blobs;
    }

    /** The directory of a pack, from the pack. */
    private List<Blob> directory(String pack) {
        List<Blob> known = directories.get(pack);
        if (known != null) {
            return known;
        }
        byte[] bytes = objects.get(pack);
        int kind = pack.startsWith("data/") ? DATA : META;
        byte[] header = keys.header("HFPK", kind);
        Damaged.unless(bytes.length >= 24 + 12 && Arrays.equals(header, Arrays.copyOf(bytes, 24)), "a pack's header");
        var trailer = new Cursor(Arrays.copyOfRange(bytes, bytes.length - 12, bytes.length));
        long n = trailer.u32();
        trailer.u32();
        Damaged.unless(Arrays.equals(trailer.raw(4), Crypto.ascii("HFPE")), "a pack's end");
        Damaged.unless(n >= 40 && n <= 64 * MIB && n <= bytes.length - 36, "the length of a pack's directory");
        int end = bytes.length - 12;
        var in = new Cursor(Crypto.open(keys.keeper(), Arrays.copyOfRange(bytes, end - (int) n, end), header));
        List<Blob> blobs = blobs(in, pack, kind, end - n, true);
        in.end();
        directories.put(pack, blobs);
        return blobs;
    }

    private byte[] raw(Blob blob) {
        return decoded.computeIfAbsent(blob, b -> {
            byte[] pack = objects.get(b.pack());
            Damaged.unless(b.offset() + b.stored() <= pack.length, "a blob reaches beyond its pack");
            byte[] aad = Crypto.concat(Crypto.ascii("HFBL\1"), keys.domain(),
                    new byte[] { (byte) b.kind(), (byte) b.codec() }, Crypto.u32(b.epoch()), Crypto.u32(b.raw()),
                    b.chunks().get(0).id());
            byte[] plain = Crypto.open(keys.of((b.kind() == DATA ? "data/" : "meta/") + b.epoch()),
                    Arrays.copyOfRange(pack, b.offset(), b.offset() + b.stored()), aad);
            return b.codec() == 0 ? plain : inflate(plain, b.raw());
        });
    }

    static byte[] inflate(byte[] frame, int raw) {
        var out = new byte[raw];
        try {
            Damaged.unless(Zstd.decompressByteArray(out, 0, raw, frame, 0, frame.length) == raw, "a frame's length");
        } catch (ZstdException e) {
            throw new Damaged("a frame cannot be decompressed", e);
        }
        return out;
    }

    private Place find(byte[] id) {
        Place place = index.get(hex(id));
        Damaged.unless(place != null, "the chunk " + hex(id) + " is missing");
        return place;
    }

    /** A chunk of file data, checked. */
    byte[] data(byte[] id) {
        Place place = find(id);
        byte[] bytes = cut(place.blob(), place.chunk());
        Damaged.unless(place.blob().kind() == DATA && Arrays.equals(id, keys.contentId(1, bytes)), "a data chunk's id");
        return bytes;
    }

    private byte[] cut(Blob blob, int chunk) {
        Chunk c = blob.chunks().get(chunk);
        return Arrays.copyOfRange(raw(blob), c.at(), c.at() + c.length());
    }

    /** A page or a list: raw bytes and references. */
    record Meta(byte[] raw, List<byte[]> references) {
    }

    /** A page (type 2) or list (type 3), checked. */
    Meta meta(int type, byte[] id) {
        Place place = find(id);
        Damaged.unless(place.blob().kind() == META, "a page in a data pack");
        Blob blob = directory(place.blob().pack()).stream().filter(b -> b.offset() == place.blob().offset())
                .findFirst().orElseThrow(() -> new Damaged("the index and a pack do not agree"));
        Chunk chunk = blob.chunks().get(place.chunk());
        byte[] raw = cut(blob, place.chunk());
        byte[] framed = Crypto.concat(Crypto.u32(chunk.references().size()),
                Crypto.concat(chunk.references().toArray(new byte[0][])), raw);
        Damaged.unless(chunk.type() == type && Arrays.equals(id, keys.contentId(type, framed)), "a page's id");
        return new Meta(raw, chunk.references());
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
