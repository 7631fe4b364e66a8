package org.holdfast.simulation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.api.spi.store.Upload;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.engine.internal.objects.IndexWriter;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.BlobCodec;
import org.holdfast.format.BlobEntry;
import org.holdfast.format.ContentType;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.Id;
import org.holdfast.format.IndexSegment;
import org.holdfast.format.Manifest;
import org.holdfast.format.PackDirectory;
import org.holdfast.format.PackFormat;
import org.holdfast.format.PackKind;

/**
 * A vault of any size that takes no room: segments of the index and directories of packs are made when they are read,
 * with real bytes under real seals; data is not there at all. Each data pack has 64 blobs of one chunk; of ten packs
 * one is needed by nothing and one by half. Lists of 1024 references, 56 of them in a pack, are below pages, and those
 * are what the one recovery point starts from.
 */
final class SyntheticVault implements BlobStore {
    static final int CHUNKS_IN_PACK = 64;
    private static final int PACKS_IN_SEGMENT = 1400;
    private static final int REFS_IN_LIST = 1024;
    private static final int LISTS_IN_PACK = 56;
    private static final int CHUNK_BYTES = 256 << 10;
    private static final int META_BLOB = 100_000;
    private static final long PACK_BYTES = PackFormat.HEADER_BYTES + (long) CHUNKS_IN_PACK * CHUNK_BYTES + 3000;

    private final Domain domain = new Domain();
    private final Vault vault = domain.open(this, Clock.systemUTC());
    private final int packs;
    private final int segments;
    private final int segmentBytes;
    private final BitSet deleted = new BitSet();
    private final Map<String, byte[]> small = new TreeMap<>();
    private final Map<String, Long> written = new LinkedHashMap<>();
    private final BitSet replaced = new BitSet();
    private final Map<String, Integer> metaPacks = new TreeMap<>();
    private final List<Long> metaBytes = new ArrayList<>();
    private final int listPacks;
    private final int lists;
    private int madeTail = -1;
    private byte[] tail = new byte[0];

    /** @param chunks of data, about */
    SyntheticVault(long chunks) throws IOException {
        packs = Math.toIntExact(Math.max(1, chunks / CHUNKS_IN_PACK));
        segments = (packs + PACKS_IN_SEGMENT - 1) / PACKS_IN_SEGMENT;
        segmentBytes = segment(0).length;
        long live = 0;
        for (int pack = 0; pack < packs; pack++) {
            live += liveIn(pack);
        }
        lists = Math.toIntExact((live + REFS_IN_LIST - 1) / REFS_IN_LIST);
        listPacks = (lists + LISTS_IN_PACK - 1) / LISTS_IN_PACK;
        makeMeta();
    }

    Vault vault() {
        return vault;
    }

    long chunks() {
        return (long) packs * CHUNKS_IN_PACK;
    }

    int packs() {
        return packs;
    }

    /** Packs that nothing needs. */
    int deadPacks() {
        return (packs + 9) / 10;
    }

    private static int liveIn(int pack) {
        return pack % 10 == 0 ? 0 : pack % 10 == 1 ? CHUNKS_IN_PACK / 2 : CHUNKS_IN_PACK;
    }

    private static void id(int kind, long number, byte[] into, int at) {
        ByteBuffer out = ByteBuffer.wrap(into, at, Id.SIZE);
        long seed = number * 8 + kind;
        for (int i = 0; i < Id.SIZE / Long.BYTES; i++) {
            seed += 0x9e3779b97f4a7c15L;
            long z = (seed ^ seed >>> 30) * 0xbf58476d1ce4e5b9L;
            z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
            out.putLong(z ^ z >>> 31);
        }
    }

    private static Id id(int kind, long number) {
        byte[] bytes = new byte[Id.SIZE];
        id(kind, number, bytes, 0);
        return new Id(bytes);
    }

    private static String hex(int kind, long number) {
        return HexFormat.of().formatHex(id(kind, number).bytes());
    }

    private byte[] segment(int number) {
        var builder = new IndexSegment.Builder();
        int end = Math.min(packs, (number + 1) * PACKS_IN_SEGMENT);
        for (int pack = number * PACKS_IN_SEGMENT; pack < end; pack++) {
            List<BlobEntry> blobs = new ArrayList<>(CHUNKS_IN_PACK);
            int at = PackFormat.HEADER_BYTES;
            for (int i = 0; i < CHUNKS_IN_PACK; i++) {
                byte[] chunk = new byte[Id.SIZE];
                id(0, (long) pack * CHUNKS_IN_PACK + i, chunk, 0);
                blobs.add(new BlobEntry(at, CHUNK_BYTES, BlobCodec.RAW, 0, CHUNK_BYTES - BlobCodec.SEAL_BYTES,
                        new byte[] { ContentType.DATA }, new int[] { CHUNK_BYTES - BlobCodec.SEAL_BYTES }, chunk,
                        new int[1], new byte[0]));
                at += CHUNK_BYTES;
            }
            builder.add(new IndexSegment.Pack(id(1, pack), PACK_BYTES, new PackDirectory(PackKind.DATA, blobs)));
        }
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            return builder.seal(List.of(), vault.domainId(), keeper);
        }
    }

    /** The number of the live chunk that comes so many live ones behind the first. */
    private static long live(long ordinal) {
        // Ten packs have eight and a half packs of what is needed.
        long ten = CHUNKS_IN_PACK * 17L / 2;
        long inTen = ordinal % ten;
        long half = CHUNKS_IN_PACK / 2;
        long inPacks = inTen < half ? CHUNKS_IN_PACK + inTen : CHUNKS_IN_PACK * 2L + inTen - half;
        return ordinal / ten * 10 * CHUNKS_IN_PACK + inPacks;
    }

    private long liveChunks() {
        long whole = packs / 10 * (CHUNKS_IN_PACK * 17L / 2);
        for (int pack = packs / 10 * 10; pack < packs; pack++) {
            whole += liveIn(pack);
        }
        return whole;
    }

    private PackDirectory.Builder directory(int pack) {
        var builder = new PackDirectory.Builder(PackKind.META);
        boolean pages = pack >= listPacks;
        long all = pages ? lists : liveChunks();
        int first = (pages ? pack - listPacks : pack) * LISTS_IN_PACK;
        long chunks = (all + REFS_IN_LIST - 1) / REFS_IN_LIST;
        int count = (int) Math.min(LISTS_IN_PACK, chunks - first);
        byte[] ids = new byte[count * Id.SIZE];
        byte[] types = new byte[count];
        Arrays.fill(types, pages ? ContentType.PAGE : ContentType.LIST);
        int[] lengths = new int[count];
        Arrays.fill(lengths, 1000);
        int[] refCounts = new int[count];
        ByteBuffer refs = ByteBuffer.allocate(count * REFS_IN_LIST * Id.SIZE);
        for (int i = 0; i < count; i++) {
            id(pages ? 3 : 2, first + i, ids, i * Id.SIZE);
            long from = (long) (first + i) * REFS_IN_LIST;
            refCounts[i] = (int) Math.min(REFS_IN_LIST, all - from);
            for (int r = 0; r < refCounts[i]; r++) {
                id(pages ? 2 : 0, pages ? from + r : live(from + r), refs.array(), refs.position());
                refs.position(refs.position() + Id.SIZE);
            }
        }
        builder.add(new BlobEntry(PackFormat.HEADER_BYTES, META_BLOB, BlobCodec.RAW, 0, count * 1000, types, lengths,
                ids, refCounts, Arrays.copyOf(refs.array(), refs.position())));
        return builder;
    }

    private void makeMeta() throws IOException {
        int pages = (lists + REFS_IN_LIST - 1) / REFS_IN_LIST;
        int pagePacks = (pages + LISTS_IN_PACK - 1) / LISTS_IN_PACK;
        var index = new IndexWriter(vault);
        List<Id> roots = new ArrayList<>();
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            for (int pack = 0; pack < listPacks + pagePacks; pack++) {
                byte[] sealed = PackFormat.seal(directory(pack), vault.domainId(), keeper);
                long bytes = PackFormat.HEADER_BYTES + META_BLOB + sealed.length;
                metaPacks.put(PackKind.META.objectName(id(4, pack)), pack);
                metaBytes.add(bytes);
                PackDirectory parsed = org.holdfast.engine.internal.objects.PackDirectories.read(vault, keeper,
                        PackKind.META, id(4, pack), bytes);
                index.add(new IndexSegment.Pack(id(4, pack), bytes, parsed.withoutReferences()));
            }
        }
        index.flush();
        for (int page = 0; page < pages; page++) {
            roots.add(id(3, page));
        }
        var facts = new Manifest.Keeper(Manifest.POINT, 1_700_000_000, 0, 1, new Id(new byte[Id.SIZE]), domain.group(),
                0, 0, 1, roots);
        new Points(vault).commit(Points.POINTS, new Manifest(facts, new Manifest.Details("server", new byte[] { '/' },
                List.of(new byte[] { '/' }), DirectoryBody.EMPTY, List.of(), "synthetic", new long[7], 0, List.of())));
    }

    private byte[] tail(int pack) {
        if (madeTail != pack) {
            try (Xaes256Gcm keeper = vault.keeperCipher()) {
                tail = PackFormat.seal(directory(pack), vault.domainId(), keeper);
            }
            madeTail = pack;
        }
        return tail;
    }

    @Override
    public boolean put(String name, ByteBuffer bytes) {
        if (name.startsWith(IndexWriter.prefix(PackKind.DATA))) {
            // Nobody reads in a collection what it has written itself of the index of data.
            return written.put(name, (long) bytes.remaining()) == null;
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return small.putIfAbsent(name, copy) == null;
    }

    @Override
    public Upload begin() {
        throw new UnsupportedOperationException("nothing is moved here");
    }

    @Override
    public long size(String name) {
        byte[] bytes = small.get(name);
        return bytes == null ? -1 : bytes.length;
    }

    @Override
    public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
        Integer pack = metaPacks.get(name);
        if (pack == null) {
            throw new NoSuchFileException(name);
        }
        byte[] end = tail(pack);
        int from = Math.toIntExact(position - PackFormat.HEADER_BYTES - META_BLOB);
        int count = Math.min(length, end.length - from);
        System.arraycopy(end, from, into, offset, count);
        return count;
    }

    @Override
    public byte[] get(String name, int limit) throws IOException {
        byte[] bytes = small.get(name);
        if (bytes != null) {
            return bytes.clone();
        }
        if (name.startsWith(IndexWriter.prefix(PackKind.DATA))) {
            for (int i = 0; i < segments; i++) {
                if (name.equals(segmentName(i))) {
                    return segment(i);
                }
            }
        }
        throw new NoSuchFileException(name);
    }

    private static String segmentName(int number) {
        return IndexWriter.prefix(PackKind.DATA) + hex(5, number);
    }

    @Override
    public void list(String prefix, Consumer<ObjectInfo> visitor) {
        Instant then = Instant.now();
        small.forEach((name, bytes) -> tell(prefix, name, bytes.length, then, visitor));
        if (prefix.startsWith(IndexWriter.PREFIX)) {
            for (int i = replaced.nextClearBit(0); i < segments; i = replaced.nextClearBit(i + 1)) {
                tell(prefix, segmentName(i), segmentBytes, then, visitor);
            }
            written.forEach((name, size) -> tell(prefix, name, size, then, visitor));
        }
        if (prefix.equals(PackKind.DATA.prefix())) {
            for (int i = deleted.nextClearBit(0); i < packs; i = deleted.nextClearBit(i + 1)) {
                tell(prefix, prefix + hex(1, i), PACK_BYTES, then, visitor);
            }
        }
        if (prefix.equals(PackKind.META.prefix())) {
            metaPacks.forEach((name, pack) -> tell(prefix, name, metaBytes.get(pack), then, visitor));
        }
    }

    private static void tell(String prefix, String name, long size, Instant then, Consumer<ObjectInfo> visitor) {
        if (name.startsWith(prefix)) {
            visitor.accept(new ObjectInfo(name, size, then));
        }
    }

    @Override
    public boolean delete(String name) {
        if (name.startsWith(PackKind.DATA.prefix())) {
            // Which one it was does not matter for the figures, but it must be one of those that may go.
            int next = deleted.cardinality() * 10;
            deleted.set(next);
            return true;
        }
        if (name.startsWith(IndexWriter.prefix(PackKind.DATA))) {
            replaced.set(replaced.cardinality());
            return true;
        }
        return small.remove(name) != null;
    }

    @Override
    public long freeBytes() {
        return -1;
    }

    @Override
    public String location() {
        return "synthetic";
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
