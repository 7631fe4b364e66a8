package org.holdfast.simulation;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.crypto.ContentHasher;
import org.holdfast.engine.internal.objects.BlobBuilder;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.IndexWriter;
import org.holdfast.engine.internal.objects.KnownIds;
import org.holdfast.engine.internal.objects.Marks;
import org.holdfast.engine.internal.objects.MetaReader;
import org.holdfast.engine.internal.objects.MetaWriter;
import org.holdfast.engine.internal.objects.PackWriter;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.engine.internal.objects.Session;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.BlobCodec;
import org.holdfast.format.Body;
import org.holdfast.format.ContentType;
import org.holdfast.format.DirectoryBody;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.Manifest;
import org.holdfast.format.PackKind;
import org.holdfast.format.Segments;
import org.holdfast.protocol.data.SessionOpened;

/**
 * One run of an agent. A backup takes the steps of the engine's {@code BackupJob} in its order, with the engine's own
 * sessions, marks, index, packs, segments and manifests; only walking files and the threads for it are left out.
 */
final class Agent {
    /** Small, so that a pack has several blobs. */
    private static final int BLOB_BYTES = 100;
    private static final Id NONE = new Id(new byte[Id.SIZE]);

    private final World world;
    private final String name;
    private final Clock clock;
    private boolean dead;

    Agent(World world, String name, Clock clock) {
        this.world = world;
        this.name = name;
        this.clock = clock;
    }

    /** The current actor is about to do something that others may see. */
    void step() {
        if (dead) {
            throw new Crashed(name);
        }
        world.step();
    }

    /** The machine dies, or is only thought dead: another run begins, and this one may go on after a while. */
    void crash(String when) {
        world.replace();
        if (world.chance(40)) {
            world.tell("hangs", name, when);
            world.pause();
            return;
        }
        world.tell("crash", name, when);
        dead = true;
        throw new Crashed(name);
    }

    /**
     * Makes a recovery point.
     *
     * @param directories what each holds, numbers of contents
     */
    void backUp(int[][] directories) throws IOException {
        step();
        SessionOpened opened = world.openSession(name);
        AgentStore plain = new AgentStore(world, this, opened);
        try (BlobStore store = world.mutant().agentStore(plain, world)) {
            Vault vault = world.domain().open(store, clock);
            try (Session session = Session.begin(vault)) {
                new Backup(vault, session, directories, world.steps()).run();
            }
        }
    }

    private final class Backup {
        private final Vault vault;
        private final Session session;
        private final int[][] directories;
        private final long began;
        private final IndexWriter index;
        private final KnownIds known;
        private final Set<Id> unreliable;
        private final Set<Id> damaged;
        private final Points points;
        private final List<Points.Stored> parents = new ArrayList<>();
        private final List<String> checkpoints = new ArrayList<>();
        private final List<List<Id>> oldDirectories = new ArrayList<>();
        private final List<Id> oldIds = new ArrayList<>();
        private Id previous = NONE;

        Backup(Vault vault, Session session, int[][] directories, long began) throws IOException {
            this.vault = vault;
            this.session = session;
            this.directories = directories;
            this.began = began;
            points = new Points(vault);
            List<Points.Stored> all = points.list(Points.POINTS, false, (o, d) -> world.damaged(o, d));
            if (!all.isEmpty()) {
                previous = all.getLast().name();
            }
            Points.Stored newest = Points.latest(all, world.domain().group());
            for (Points.Stored checkpoint : points.list(Points.CHECKPOINTS, false, (o, d) -> world.damaged(o, d))) {
                if (Points.unfinished(checkpoint, newest)) {
                    parents.add(checkpoint);
                }
                checkpoints.add(checkpoint.object());
            }
            if (newest != null) {
                parents.add(newest);
            }
            unreliable = Marks.unreliable(vault);
            damaged = Marks.damaged(vault);
            index = new IndexWriter(vault);
            known = new KnownIds(table -> {
                ChunkIndex.loadIds(vault, unreliable, table);
                world.handedOut(table, began);
            });
        }

        void run() throws IOException {
            readParents();
            List<Id> roots = new ArrayList<>();
            try (MetaWriter meta = new MetaWriter(vault, known, index);
                    BlobBuilder data = new BlobBuilder(PackKind.DATA, new BlobCodec(vault.keys()),
                            new PackWriter(vault, PackKind.DATA, index), BLOB_BYTES, 1);
                    ContentHasher hasher = new ContentHasher(vault.keys().contentIdKey())) {
                for (int[] directory : directories) {
                    roots.add(directory(directory, meta, data, hasher));
                    session.renew();
                    if (world.chance(15)) {
                        data.finish();
                        commit(Manifest.CHECKPOINT, root(roots, meta), roots.size(), meta);
                    }
                    if (world.chance(6)) {
                        world.pause();
                    }
                }
                data.finish();
                commit(Manifest.POINT, root(roots, meta), roots.size(), meta);
            }
            for (String checkpoint : checkpoints) {
                vault.store().delete(checkpoint);
            }
        }

        private void readParents() {
            if (parents.isEmpty()) {
                return;
            }
            ChunkIndex old = ChunkIndex.load(vault, IndexWriter.prefix(PackKind.META), damaged);
            try (MetaReader reader = new MetaReader(vault, old)) {
                for (Points.Stored parent : parents) {
                    readParent(reader, parent);
                }
            }
        }

        private void readParent(MetaReader reader, Points.Stored parent) {
            try {
                byte[] refs = reader.list(parent.manifest().keeper().roots().getFirst().bytes(), 0).refs();
                for (int at = 0; at < refs.length; at += Id.SIZE) {
                    byte[] chunks = reader.list(refs, at).refs();
                    List<Id> ids = new ArrayList<>();
                    for (int c = 0; c < chunks.length; c += Id.SIZE) {
                        ids.add(Id.at(chunks, c));
                    }
                    oldDirectories.add(ids);
                    oldIds.add(Id.at(refs, at));
                }
            } catch (FormatException | IOException e) {
                // What cannot be read of a parent is stored again.
                world.tell("parent", parent.object(), "unreadable");
            }
        }

        /** Nothing is looked up of what is as it was, unless packs are marked as damaged. */
        private Id unchanged(List<Id> chunks) {
            int at = oldDirectories.indexOf(chunks);
            if (at < 0) {
                return null;
            }
            boolean intact = damaged.isEmpty() || known.contains(oldIds.get(at).bytes(), 0)
                    && chunks.stream().allMatch(id -> known.contains(id.bytes(), 0));
            return intact ? oldIds.get(at) : null;
        }

        private Id directory(int[] contents, MetaWriter meta, BlobBuilder data, ContentHasher hasher)
                throws IOException {
            List<Id> chunks = new ArrayList<>();
            for (int content : contents) {
                byte[] bytes = world.domain().content(content);
                byte[] id = new byte[Id.SIZE];
                hasher.hash(ContentType.DATA, bytes, 0, bytes.length, id, 0);
                chunks.add(new Id(id));
            }
            Id same = unchanged(chunks);
            if (same != null) {
                return same;
            }
            for (int i = 0; i < contents.length; i++) {
                byte[] bytes = world.domain().content(contents[i]);
                if (known.claim(chunks.get(i).bytes(), 0)) {
                    data.add(ContentType.DATA, chunks.get(i).bytes(), 0, bytes, 0, bytes.length, new byte[0], 0);
                }
            }
            return list(chunks, meta);
        }

        private Id root(List<Id> roots, MetaWriter meta) throws IOException {
            return list(roots, meta);
        }

        private static Id list(List<Id> ids, MetaWriter meta) throws IOException {
            byte[] kinds = new byte[ids.size()];
            Arrays.fill(kinds, (byte) Body.CHUNK);
            long[] lengths = new long[ids.size()];
            Arrays.fill(lengths, 1);
            byte[] refs = new byte[ids.size() * Id.SIZE];
            for (int i = 0; i < ids.size(); i++) {
                System.arraycopy(ids.get(i).bytes(), 0, refs, i * Id.SIZE, Id.SIZE);
            }
            return new Id(meta.list(new Segments(kinds, lengths), refs, refs.length));
        }

        private void commit(int kind, Id root, int count, MetaWriter meta) throws IOException {
            meta.finish();
            index.flush();
            if (world.chance(12)) {
                world.pause();
            }
            session.requireAlive();
            var keeper = new Manifest.Keeper(kind, clock.instant().getEpochSecond(), 0, 1, previous,
                    world.domain().group(), kind == Manifest.CHECKPOINT ? 2 : 0, 0, index.storedBytes(),
                    List.of(root));
            var manifest = new Manifest(keeper, new Manifest.Details("server", new byte[] { '/' },
                    List.of(new byte[] { '/' }), DirectoryBody.EMPTY, List.of(), "simulated", new long[7], 0,
                    List.of()));
            world.expect(root, Arrays.copyOf(directories, count));
            String prefix = kind == Manifest.POINT ? Points.POINTS : Points.CHECKPOINTS;
            try {
                Points.Stored stored = points.commit(prefix, manifest);
                if (kind == Manifest.CHECKPOINT) {
                    checkpoints.add(stored.object());
                } else {
                    world.committed(stored.name().hex());
                }
            } catch (HoldfastException e) {
                world.unexpected(e);
                throw e;
            }
        }
    }
}
