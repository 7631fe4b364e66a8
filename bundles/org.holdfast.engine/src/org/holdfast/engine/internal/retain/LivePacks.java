package org.holdfast.engine.internal.retain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.IndexScan;
import org.holdfast.engine.internal.objects.IndexWriter;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.BlobEntry;
import org.holdfast.format.Id;
import org.holdfast.format.IndexSegment;
import org.holdfast.format.Manifest;
import org.holdfast.format.PackKind;

/**
 * What of every pack recovery points need: a walk from the root pages along the references in the directories of
 * metadata packs. Needs the keeper's key only. Metadata packs are few, so the walk has their index in memory. Data is
 * not: references to it and the index of it are put into parts by the first bits of their ids, on disk when they are
 * many, and compared part by part. Memory is one bit a blob, 60 bytes a pack, 40 bytes a chunk of metadata, and what a
 * part takes.
 */
final class LivePacks {
    private final PackColumns packs;
    private final BitSet liveBlobs;
    private final long[] liveBytes;
    private final long missing;
    private final Map<Integer, IndexSegment.Pack> undescribed;
    private final List<String> damagedSegments;

    private LivePacks(Search search) {
        packs = search.packs;
        liveBlobs = search.liveBlobs;
        liveBytes = search.liveBytes;
        missing = search.missing;
        undescribed = search.undescribed;
        damagedSegments = search.damagedSegments;
    }

    /**
     * How much memory is used before the disk is.
     *
     * @param partChunks chunks of a part, about
     * @param bufferBytes memory for the buffers of all parts together
     */
    record Memory(long partChunks, int bufferBytes) {
        /** About 20 MiB for a part, and 16 MiB for buffers of two kinds of records. */
        static final Memory STANDARD = new Memory(3L << 18, 8 << 20);
        private static final int MOST_BITS = 12;
        private static final int LARGEST_BUFFER = 1 << 20;
        private static final int SMALLEST_BUFFER = 1 << 12;

        private int bits(long chunks) {
            int bits = 0;
            while (bits < MOST_BITS && chunks >> bits > partChunks) {
                bits++;
            }
            return bits;
        }

        private int buffer(long chunks, int recordBytes) {
            long fair = Math.min(LARGEST_BUFFER, bufferBytes >> bits(chunks));
            // A small vault needs no large buffer.
            return (int) Math.max(SMALLEST_BUFFER, Math.min(fair, 2 * chunks * recordBytes));
        }
    }

    /**
     * Finds out.
     *
     * @param ignore packs to do without
     * @param damaged packs to use only for what no other has
     * @param manifests reads what everything starts from; after the index, so that all they need is in it
     * @param step done now and then
     */
    static LivePacks find(Vault vault, Set<Id> ignore, Set<Id> damaged, Supplier<List<Manifest>> manifests,
            Memory memory,
            Collector.Step step) throws IOException {
        long[] bytes = { 0 };
        vault.store().list(IndexWriter.prefix(PackKind.DATA), (ObjectInfo info) -> bytes[0] += info.size());
        long chunks = bytes[0] / (Id.SIZE + 8) + 1;
        int bits = memory.bits(chunks);
        try (var entries = new Spill(bits, Search.ENTRY_BYTES, memory.buffer(chunks, Search.ENTRY_BYTES));
                var wanted = new Spill(bits, Spill.KEY_BYTES, memory.buffer(chunks, Spill.KEY_BYTES))) {
            var search = new Search(vault, entries, wanted, step);
            search.readMeta(ignore, damaged);
            search.readData(ignore, damaged);
            search.walk(manifests.get());
            search.compare();
            return new LivePacks(search);
        }
    }

    /** The search. Used once. */
    private static final class Search implements IndexScan.Sink {
        /** Key, number of the blob, stored length. */
        static final int ENTRY_BYTES = Spill.KEY_BYTES + 8;
        private static final int STEP = 4096;

        private final Vault vault;
        private final Spill entries;
        private final Spill wanted;
        private final Collector.Step step;
        private final PackColumns packs = new PackColumns();
        private final Map<Integer, IndexSegment.Pack> undescribed = new HashMap<>();
        private final List<String> damagedSegments = new ArrayList<>();
        private @Nullable ChunkIndex meta;
        private BitSet liveBlobs = new BitSet();
        private long[] liveBytes = new long[0];
        private long missing;
        private long counted;

        Search(Vault vault, Spill entries, Spill wanted, Collector.Step step) {
            this.vault = vault;
            this.entries = entries;
            this.wanted = wanted;
            this.step = step;
        }

        private void count() throws IOException {
            if ((++counted & STEP - 1) == 0) {
                step.run();
            }
        }

        /** Packs and blobs of metadata keep the numbers they have in their index. */
        void readMeta(Set<Id> ignore, Set<Id> damaged) {
            // Packs count that no segment describes, too: a lost segment must not make garbage of what it described.
            // What was stored again must not count as garbage because a damaged pack has it, too.
            ChunkIndex index = ChunkIndex.complete(vault, ignore, damaged, PackKind.META);
            var stored = new long[index.packs()];
            var count = new int[index.packs()];
            for (int blob = 0; blob < index.blobs(); blob++) {
                stored[index.packOf(blob)] += index.blobStored(blob);
                count[index.packOf(blob)]++;
            }
            for (int pack = 0; pack < index.packs(); pack++) {
                packs.add(index.packName(pack), index.packBytes(pack), stored[pack], count[pack]);
            }
            packs.dataFollows();
            undescribed.putAll(index.undescribed());
            damagedSegments.addAll(index.damagedSegments());
            meta = index;
        }

        void readData(Set<Id> ignore, Set<Id> damaged) {
            var scan = new IndexScan(vault, ignore, damaged);
            scan.run(IndexWriter.prefix(PackKind.DATA), List.of(PackKind.DATA), this);
            damagedSegments.addAll(scan.damagedSegments());
            liveBlobs = new BitSet(packs.blobs());
            liveBytes = new long[packs.packs()];
        }

        @Override
        public void restart() {
            int first = index().packs();
            packs.truncate(first);
            undescribed.keySet().removeIf(pack -> pack >= first);
            Vault.io("Reading the index", () -> {
                entries.clear();
                return null;
            });
        }

        @Override
        public void pack(IndexSegment.Pack pack, boolean described) {
            int number = packs.add(pack);
            if (!described) {
                undescribed.put(number, pack);
            }
            int blob = packs.firstBlob(number);
            for (BlobEntry entry : pack.directory().blobs()) {
                put(entry, blob++);
            }
        }

        private void put(BlobEntry entry, int blob) {
            Vault.io("Reading the index", () -> {
                for (int i = 0; i < entry.chunks(); i++) {
                    entries.add(entry.ids(), i * Id.SIZE).putInt(blob).putInt(entry.storedLength());
                    count();
                }
                return null;
            });
        }

        private ChunkIndex index() {
            ChunkIndex index = meta;
            if (index == null) {
                throw new IllegalStateException("the index of metadata is read first");
            }
            return index;
        }

        /** From pack to pack, so that the directory of each is read a few times only, whatever refers to what. */
        void walk(List<Manifest> manifests) throws IOException {
            var walk = new MetaWalk(vault, index());
            for (Manifest manifest : manifests) {
                manifest.keeper().roots().forEach(walk::root);
            }
            walk.run(step, (refs, at) -> {
                wanted.add(refs, at);
                count();
            });
            missing = walk.missing();
            BitSet chunks = walk.live();
            for (int chunk = chunks.nextSetBit(0); chunk >= 0; chunk = chunks.nextSetBit(chunk + 1)) {
                int blob = index().blobOf(chunk);
                live(blob, index().packOf(blob), index().blobStored(blob));
            }
        }

        private void live(int blob, int pack, int stored) {
            if (!liveBlobs.get(blob)) {
                liveBlobs.set(blob);
                liveBytes[pack] += stored;
            }
        }

        /** A chunk that is in several blobs is needed in the first of them. */
        void compare() throws IOException {
            var keys = new KeySet();
            for (int part = 0; part < wanted.parts(); part++) {
                step.run();
                keys.clear();
                wanted.read(part, (high, low, rest) -> keys.add(high, low));
                long[] found = { 0 };
                entries.read(part, (high, low, rest) -> {
                    if (keys.mark(high, low)) {
                        found[0]++;
                        int blob = rest.getInt();
                        live(blob, packs.packOf(blob), rest.getInt());
                    }
                });
                missing += keys.size() - found[0];
            }
        }
    }

    /** References to chunks that are not in the vault. */
    long missing() {
        return missing;
    }

    /** All packs. */
    PackColumns packs() {
        return packs;
    }

    /** Bytes of needed blobs of a pack. */
    long liveBytes(int pack) {
        return liveBytes[pack];
    }

    /** Whether a blob is needed, by its place in its pack. */
    boolean isLive(int pack, int blob) {
        return liveBlobs.get(packs.firstBlob(pack) + blob);
    }

    /** Packs that no readable segment describes, by number. */
    Map<Integer, IndexSegment.Pack> undescribed() {
        return undescribed;
    }

    /** Objects that should be segments and cannot be read. */
    List<String> damagedSegments() {
        return damagedSegments;
    }
}
