package org.holdfast.simulation;

import java.io.IOException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.holdfast.api.HoldfastException;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.engine.internal.objects.BlobReader;
import org.holdfast.engine.internal.objects.BlobRef;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.IdTable;
import org.holdfast.engine.internal.objects.IndexWriter;
import org.holdfast.engine.internal.objects.Marks;
import org.holdfast.engine.internal.objects.MetaReader;
import org.holdfast.engine.internal.objects.PackDirectories;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.BlobEntry;
import org.holdfast.format.ContentType;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.IndexSegment;
import org.holdfast.format.PackKind;
import org.holdfast.vault.catalog.data.PointRow;

/** What must hold, looked at from outside: on the objects as they truly are. */
final class Checks {
    private static final long READ = 1 << 20;
    private static final long SLACK_MINUTES = 30;

    private final World world;
    /** At which step tombstones appeared. */
    private final Map<String, Long> tombstones = new HashMap<>();

    Checks(World world) {
        this.world = world;
    }

    void appeared(String name) {
        if (name.startsWith(Marks.TOMBSTONES)) {
            tombstones.put(name, world.steps());
        }
    }

    /** A point goes: where deletion is soft, its time to be brought back must be over. */
    void deleted(String name) {
        if (!world.isSoft()) {
            return;
        }
        Instant purge = world.catalog().read(h -> h
                .createQuery("select purge_after from data_points where server_id = :server and name = :name")
                .bind("server", world.server()).bind("name", name).mapTo(Timestamp.class).findOne()
                .map(Timestamp::toInstant)).orElse(null);
        Instant now = World.START.plusMillis(world.now());
        if (purge == null || purge.isAfter(now.plusSeconds(SLACK_MINUTES * 60))) {
            world.violate("points/" + name + " is deleted, although it can still be brought back");
        }
    }

    /** Ids of what a pack has. */
    Set<Id> idsOf(String object) {
        PackKind kind = object.startsWith(PackKind.DATA.prefix()) ? PackKind.DATA : PackKind.META;
        Set<Id> ids = new HashSet<>();
        Vault vault = world.truth();
        byte[] bytes = world.place().get(object).bytes();
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            for (BlobEntry blob : PackDirectories.read(vault, keeper, kind, kind.pack(object), bytes.length).blobs()) {
                for (int i = 0; i < blob.chunks(); i++) {
                    ids.add(Id.at(blob.ids(), i * Id.SIZE));
                }
            }
        } catch (IOException | FormatException e) {
            // What cannot be read has nothing.
            ids.clear();
        }
        return ids;
    }

    private List<String> packs() {
        List<String> packs = new ArrayList<>();
        for (PackKind kind : PackKind.values()) {
            packs.addAll(world.place().starting(kind.prefix()).keySet());
        }
        return packs;
    }

    /** What only tombstoned packs have must not be taken for present. */
    void handedOut(IdTable table, long began) {
        if (world.place().starting(Marks.TOMBSTONES).isEmpty()) {
            return;
        }
        Set<Id> old = new HashSet<>();
        Set<Id> condemned = new HashSet<>();
        try {
            for (Marks.Tombstone tombstone : Marks.tombstones(world.truth())) {
                condemned.addAll(tombstone.packs());
                if (tombstones.getOrDefault(tombstone.object(), Long.MAX_VALUE) < began) {
                    old.addAll(tombstone.packs());
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Set<Id> elsewhere = new HashSet<>();
        Map<String, Set<Id>> bad = new HashMap<>();
        for (String pack : packs()) {
            Id name = Id.parse(pack.substring(pack.indexOf('/') + 1));
            if (name == null || !condemned.contains(name)) {
                elsewhere.addAll(idsOf(pack));
            } else if (old.contains(name)) {
                bad.put(pack, idsOf(pack));
            }
        }
        for (Map.Entry<String, Set<Id>> each : bad.entrySet()) {
            for (Id id : each.getValue()) {
                if (!elsewhere.contains(id) && table.get(id.bytes(), 0) >= 0) {
                    world.violate("a chunk of the condemned pack " + each.getKey() + " counts as present");
                }
            }
        }
    }

    /** When all is quiet for the first time, after everything that went wrong. */
    void between() {
        restorable(false);
    }

    /** When all is well again. */
    void atTheEnd() throws IOException {
        Set<Id> needed = restorable(true);
        Set<String> rows = new HashSet<>();
        world.catalog().read(h -> org.holdfast.vault.catalog.data.Points.of(h, world.server())).stream()
                .map(PointRow::name).forEach(rows::add);
        Set<String> objects = new HashSet<>();
        world.place().starting(Points.POINTS).keySet().forEach(o -> objects.add(o.substring(Points.POINTS.length())));
        if (!rows.equals(objects)) {
            world.violate("catalogue and store differ: " + rows + " and " + objects);
        }
        if (rows.isEmpty()) {
            world.violate("no recovery point is left");
        }
        for (String prefix : List.of(Marks.TOMBSTONES, "sessions/", Points.CHECKPOINTS)) {
            nothing("is left over", world.place().starting(prefix).keySet());
        }
        for (String pack : packs()) {
            Set<Id> ids = idsOf(pack);
            ids.retainAll(needed);
            if (ids.isEmpty()) {
                world.violate(pack + " is needed by nothing, and is still there");
            }
        }
        segments();
    }

    private void nothing(String what, Collection<String> objects) {
        if (!objects.isEmpty()) {
            world.violate(objects.iterator().next() + " " + what);
        }
    }

    private void segments() throws IOException {
        Vault vault = world.truth();
        Set<Id> described = new HashSet<>();
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            for (String object : world.place().starting(IndexWriter.PREFIX).keySet()) {
                IndexSegment segment = IndexSegment.open(vault.store().get(object, IndexSegment.MAX_BYTES),
                        vault.domainId(), keeper);
                for (IndexSegment.Pack pack : segment.packs()) {
                    described.add(pack.name());
                    if (vault.store().size(pack.directory().kind().objectName(pack.name())) < 0) {
                        world.violate(object + " describes the pack " + pack.name().hex() + ", which is gone");
                    }
                }
            }
        }
        for (String pack : packs()) {
            if (!described.contains(Id.parse(pack.substring(pack.indexOf('/') + 1)))) {
                world.violate(pack + " is described by no segment");
            }
        }
    }

    /**
     * Reads all points.
     *
     * @param last whether the newest one has to be whole, whatever has rotted
     * @return ids of all that they need
     */
    private Set<Id> restorable(boolean last) {
        Set<Id> needed = new HashSet<>();
        Vault vault = world.truth();
        List<Points.Stored> points = new Points(vault).list(Points.POINTS, false, (o, d) -> world.damaged(o, d));
        ChunkIndex index = ChunkIndex.forReading(vault, PackKind.values());
        try (MetaReader meta = new MetaReader(vault, index); BlobReader data = new BlobReader(vault, index, READ)) {
            for (Points.Stored point : points) {
                Set<Id> own = new HashSet<>();
                try {
                    restore(point, index, meta, data, own);
                } catch (IOException | FormatException | HoldfastException e) {
                    boolean whole = last && point == points.getLast();
                    if (whole || own.stream().noneMatch(world.rotten()::contains)) {
                        world.violate(point.object() + " cannot be restored: " + e.getMessage());
                    }
                }
                needed.addAll(own);
            }
        }
        return needed;
    }

    private void restore(Points.Stored point, ChunkIndex index, MetaReader meta, BlobReader data, Set<Id> needed)
            throws IOException {
        Id root = point.manifest().keeper().roots().getFirst();
        int[][] expected = world.expected().get(root);
        needed.add(root);
        byte[] directories = meta.list(root.bytes(), 0).refs();
        List<byte[]> lists = new ArrayList<>();
        for (int d = 0; d < directories.length; d += Id.SIZE) {
            needed.add(Id.at(directories, d));
            byte[] chunks = meta.list(directories, d).refs();
            lists.add(chunks);
            for (int c = 0; c < chunks.length; c += Id.SIZE) {
                needed.add(Id.at(chunks, c));
            }
        }
        for (int d = 0; d < lists.size(); d++) {
            byte[] chunks = lists.get(d);
            for (int c = 0; c < chunks.length; c += Id.SIZE) {
                byte[] content = world.domain().content(expected[d][c / Id.SIZE]);
                if (!Arrays.equals(chunk(index, data, chunks, c), content)) {
                    throw new FormatException("it has other bytes than what was backed up");
                }
            }
        }
    }

    private static byte[] chunk(ChunkIndex index, BlobReader data, byte[] ids, int at) throws IOException {
        int number = index.find(ids, at);
        if (number < 0) {
            throw new FormatException("the chunk " + Id.at(ids, at).hex() + " is missing");
        }
        BlobRef ref = index.locate(number);
        byte[] raw = data.blob(ref.blob());
        data.check(ContentType.DATA, raw, ref.offset(), ref.length(), ids, at);
        return Arrays.copyOfRange(raw, ref.offset(), ref.offset() + ref.length());
    }
}
