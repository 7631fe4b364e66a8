package org.holdfast.engine.internal.retain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.holdfast.crypto.ContentHasher;
import org.holdfast.engine.internal.TestVault;
import org.holdfast.engine.internal.objects.BlobBuilder;
import org.holdfast.engine.internal.objects.BlobRef;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.IndexWriter;
import org.holdfast.engine.internal.objects.KnownIds;
import org.holdfast.engine.internal.objects.MetaWriter;
import org.holdfast.engine.internal.objects.PackDirectories;
import org.holdfast.engine.internal.objects.PackWriter;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.BlobCodec;
import org.holdfast.format.Body;
import org.holdfast.format.ContentType;
import org.holdfast.format.Id;
import org.holdfast.format.Manifest;
import org.holdfast.format.PackKind;
import org.holdfast.format.Segments;
import org.holdfast.testkit.store.MemoryStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The search in parts and on disk finds what a search in memory finds, for vaults of every shape. */
@Timeout(300)
class LivePacksTest {
    /** Sixteen parts and more, with files for nearly all of them. */
    private static final LivePacks.Memory TINY = new LivePacks.Memory(4, 1);
    private static final Collector.Step NOTHING = () -> {
    };

    private static final class Made implements AutoCloseable {
        private final MemoryStore store = new MemoryStore();
        private final TestVault test = new TestVault(store);
        private final Vault vault = test.open();
        private final Random random;
        private final List<Id> lists = new ArrayList<>();

        Made(long seed) throws IOException {
            random = new Random(seed);
            int sessions = 1 + random.nextInt(6);
            for (int i = 0; i < sessions; i++) {
                session(random.nextBoolean());
            }
        }

        /** What a backup stores; one that knows nothing stores everything again. */
        private void session(boolean knows) throws IOException {
            var index = new IndexWriter(vault);
            var known = new KnownIds(table -> {
                if (knows) {
                    ChunkIndex.loadIds(vault, Set.of(), table);
                }
            });
            try (var meta = new MetaWriter(vault, known, index);
                    var data = new BlobBuilder(PackKind.DATA, new BlobCodec(vault.keys()),
                            new PackWriter(vault, PackKind.DATA, index), 40, 1);
                    var hasher = new ContentHasher(vault.keys().contentIdKey())) {
                int files = random.nextInt(8);
                for (int f = 0; f < files; f++) {
                    List<Id> chunks = new ArrayList<>();
                    int count = 1 + random.nextInt(30);
                    for (int c = 0; c < count; c++) {
                        byte[] bytes = ("chunk " + random.nextInt(200)).getBytes();
                        byte[] id = new byte[Id.SIZE];
                        hasher.hash(ContentType.DATA, bytes, 0, bytes.length, id, 0);
                        if (known.claim(id, 0)) {
                            data.add(ContentType.DATA, id, 0, bytes, 0, bytes.length, new byte[0], 0);
                        }
                        chunks.add(new Id(id));
                    }
                    lists.add(list(meta, chunks));
                    if (random.nextInt(3) == 0) {
                        data.finish();
                        index.flush();
                    }
                }
                for (int i = 0; i < 2 && !lists.isEmpty(); i++) {
                    List<Id> some = new ArrayList<>();
                    for (int c = 0; c < 3; c++) {
                        some.add(lists.get(random.nextInt(lists.size())));
                    }
                    lists.add(list(meta, some));
                }
                data.finish();
                meta.finish();
                index.flush();
            }
        }

        private static Id list(MetaWriter meta, List<Id> ids) throws IOException {
            byte[] kinds = new byte[ids.size()];
            Arrays.fill(kinds, (byte) Body.CHUNK);
            long[] lengths = new long[ids.size()];
            Arrays.fill(lengths, 9);
            ByteBuffer refs = ByteBuffer.allocate(ids.size() * Id.SIZE);
            ids.forEach(id -> refs.put(id.bytes()));
            return new Id(meta.list(new Segments(kinds, lengths), refs.array(), refs.capacity()));
        }

        List<Manifest> manifests() {
            List<Id> roots = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0 && !lists.isEmpty(); i--) {
                roots.add(lists.get(random.nextInt(lists.size())));
            }
            var keeper = new Manifest.Keeper(Manifest.POINT, 1, 0, 1, new Id(new byte[Id.SIZE]), new byte[16], 0, 0, 1,
                    roots);
            return List.of(new Manifest(keeper, null));
        }

        /** Some of the packs. */
        Set<Id> some(int percent) {
            Set<Id> some = new HashSet<>();
            for (PackKind kind : PackKind.values()) {
                for (String object : test.objects(kind.prefix())) {
                    if (random.nextInt(100) < percent) {
                        some.add(kind.pack(object));
                    }
                }
            }
            return some;
        }

        @Override
        public void close() {
            test.close();
        }
    }

    /** The whole index in memory, and a walk from chunk to chunk. */
    private static Map<Id, Long> inMemory(Made made, Set<Id> ignore, Set<Id> damaged, List<Manifest> manifests,
            boolean[] missing) throws IOException {
        ChunkIndex index = ChunkIndex.complete(made.vault, ignore, damaged, PackKind.META, PackKind.DATA);
        var seen = new BitSet();
        Deque<Integer> left = new ArrayDeque<>();
        try (var directories = new PackDirectories(made.vault, index)) {
            for (Manifest manifest : manifests) {
                for (Id root : manifest.keeper().roots()) {
                    visit(index, root.bytes(), 0, seen, left, missing);
                }
            }
            while (!left.isEmpty()) {
                BlobRef ref = index.locate(left.pop());
                byte[] refs = directories.references(ref);
                for (int at = 0; at < refs.length; at += Id.SIZE) {
                    visit(index, refs, at, seen, left, missing);
                }
            }
        }
        var blobs = new BitSet();
        seen.stream().forEach(chunk -> blobs.set(index.blobOf(chunk)));
        Map<Id, Long> live = new TreeMap<>();
        for (int pack = 0; pack < index.packs(); pack++) {
            live.put(index.packName(pack), 0L);
        }
        blobs.stream().forEach(blob -> live.merge(index.packName(index.packOf(blob)), (long) index.blobStored(blob),
                Long::sum));
        return live;
    }

    private static void visit(ChunkIndex index, byte[] id, int at, BitSet seen, Deque<Integer> left,
            boolean[] missing) {
        int chunk = index.find(id, at);
        if (chunk < 0) {
            missing[0] = true;
        } else if (!seen.get(chunk)) {
            seen.set(chunk);
            if (index.packKind(index.packOf(index.blobOf(chunk))) == PackKind.META) {
                left.push(chunk);
            }
        }
    }

    private static Map<Id, Long> found(LivePacks live) {
        Map<Id, Long> found = new TreeMap<>();
        for (int pack = 0; pack < live.packs().packs(); pack++) {
            found.put(live.packs().name(pack), live.liveBytes(pack));
        }
        return found;
    }

    @Test
    void findsWhatASearchInMemoryFinds() throws IOException {
        int withMissing = 0;
        for (int seed = 0; seed < 60; seed++) {
            try (var made = new Made(seed)) {
                if (seed % 5 == 0) {
                    // A lost segment: its packs are looked into.
                    made.test.objects("index/").stream().findFirst().ifPresent(made.store::delete);
                }
                List<Manifest> manifests = made.manifests();
                Set<Id> ignore = seed % 3 == 0 ? made.some(10) : Set.of();
                Set<Id> damaged = seed % 4 == 0 ? made.some(30) : Set.of();
                boolean[] missing = { false };
                Map<Id, Long> expected = inMemory(made, ignore, damaged, manifests, missing);
                withMissing += missing[0] ? 1 : 0;
                for (LivePacks.Memory memory : List.of(TINY, LivePacks.Memory.STANDARD)) {
                    LivePacks live = LivePacks.find(made.vault, ignore, damaged, () -> manifests, memory, NOTHING);
                    assertEquals(missing[0], live.missing() > 0, "missing, seed " + seed);
                    assertEquals(expected, found(live), "seed " + seed);
                }
            }
        }
        assertTrue(withMissing > 0 && withMissing < 40, withMissing + " with something missing");
    }

    @Test
    void leavesNoFileBehindAndGoesThroughAllParts() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        long before = spills(folder);
        Map<Integer, List<Long>> added = new HashMap<>();
        try (var spill = new Spill(3, Spill.KEY_BYTES + 4, 100)) {
            var random = new Random(1);
            byte[] id = new byte[Id.SIZE];
            for (int i = 0; i < 1000; i++) {
                random.nextBytes(id);
                spill.add(id, 0).putInt(i);
                added.computeIfAbsent((id[0] & 0xff) >> 5, part -> new ArrayList<>())
                        .add(ByteBuffer.wrap(id).getLong());
            }
            assertEquals(before, spills(folder), "files with names");
            for (int part = 0; part < spill.parts(); part++) {
                List<Long> read = new ArrayList<>();
                spill.read(part, (high, low, rest) -> read.add(high));
                assertEquals(added.get(part), read);
            }
        }
    }

    private static long spills(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".spill")).count();
        }
    }
}
