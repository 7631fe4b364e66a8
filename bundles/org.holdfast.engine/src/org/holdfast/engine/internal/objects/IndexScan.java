package org.holdfast.engine.internal.objects;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.IndexSegment;
import org.holdfast.format.PackKind;

/**
 * Hands out all packs that the index describes, one segment at a time, because together segments may be larger than
 * the heap; then those that no readable segment describes, so that a lost or damaged segment costs time and not data.
 * Used once.
 */
public final class IndexScan {
    private static final int ATTEMPTS = 5;
    /** Segments with more bytes than that name so many packs that these are not remembered as objects. */
    private static final long MANY_BYTES = 64L << 20;

    private final Vault vault;
    private final Set<Id> ignore;
    private final Set<Id> last;
    private final Set<Id> replaced = new HashSet<>();
    private final List<Id> segments = new ArrayList<>();
    private final List<String> damagedSegments = new ArrayList<>();
    private final List<Late> late = new ArrayList<>();
    private Predicate<Id> first = id -> true;

    /** Takes packs. */
    public interface Sink {
        /** What was handed out so far does not count: a collection has replaced segments meanwhile. */
        void restart();

        /**
         * A pack.
         *
         * @param described whether a segment describes it
         */
        void pack(IndexSegment.Pack pack, boolean described);
    }

    private record Late(IndexSegment.Pack pack, boolean described) {
    }

    /**
     * @param ignore packs that are left out
     * @param last packs that are handed out behind all others: damaged ones, of which parts may be good
     */
    public IndexScan(Vault vault, Set<Id> ignore, Set<Id> last) {
        this.vault = vault;
        this.ignore = ignore;
        this.last = last;
    }

    /**
     * Runs it.
     *
     * @param prefix of the segments to read
     * @param kinds of packs to look for beside the segments
     */
    public void run(String prefix, List<PackKind> kinds, Sink sink) {
        for (int attempt = 1; readSegments(prefix, sink) && attempt < ATTEMPTS; attempt++) {
            sink.restart();
        }
        for (PackKind kind : kinds) {
            look(kind, sink);
        }
        late.forEach(each -> sink.pack(each.pack(), each.described()));
    }

    /**
     * Reads all segments.
     *
     * @return whether that is not the whole truth: a segment was gone, so it was replaced by a collection since it was
     *         listed, or one was read that another one replaces
     */
    private boolean readSegments(String prefix, Sink sink) {
        List<ObjectInfo> infos = list("Reading the index", prefix);
        late.clear();
        segments.clear();
        damagedSegments.clear();
        first = memory(infos.stream().mapToLong(ObjectInfo::size).sum());
        boolean gone = false;
        Set<Id> used = new HashSet<>();
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            for (ObjectInfo info : infos) {
                try {
                    Id name = IndexWriter.id(info.name());
                    IndexSegment segment = IndexSegment.open(vault.store().get(info.name(), IndexSegment.MAX_BYTES),
                            vault.domainId(), keeper);
                    segments.add(name);
                    replaced.addAll(segment.replaces());
                    if (!replaced.contains(name)) {
                        used.add(name);
                        segment.packs().forEach(pack -> hand(pack, true, sink));
                    }
                } catch (FormatException e) {
                    damagedSegments.add(info.name());
                } catch (java.nio.file.NoSuchFileException e) {
                    gone = true;
                } catch (java.io.IOException e) {
                    throw Vault.problem("Reading the index", e);
                }
            }
        }
        return gone || used.stream().anyMatch(replaced::contains);
    }

    private static Predicate<Id> memory(long segmentBytes) {
        if (segmentBytes < MANY_BYTES) {
            Set<Id> seen = new HashSet<>();
            return seen::add;
        }
        IdTable seen = IdTable.ofIds();
        return id -> seen.putIfAbsent(id.bytes(), 0, 0) < 0;
    }

    private List<ObjectInfo> list(String what, String prefix) {
        List<ObjectInfo> infos = new ArrayList<>();
        Vault.io(what, () -> {
            vault.store().list(prefix, infos::add);
            return null;
        });
        return infos;
    }

    private void hand(IndexSegment.Pack pack, boolean described, Sink sink) {
        if (ignore.contains(pack.name()) || !first.test(pack.name())) {
            return;
        }
        if (last.contains(pack.name())) {
            late.add(new Late(pack, described));
        } else {
            sink.pack(pack, described);
        }
    }

    /** Packs that no segment describes; the names are gone through as they come, since there may be a million. */
    private void look(PackKind kind, Sink sink) {
        Map<Id, Long> unknown = new HashMap<>();
        Vault.io("Listing the packs", () -> {
            vault.store().list(kind.prefix(), info -> {
                Id name = kind.pack(info.name());
                if (name != null && !ignore.contains(name) && first.test(name)) {
                    unknown.put(name, info.size());
                }
            });
            return null;
        });
        Id[] names = unknown.keySet().toArray(Id[]::new);
        Arrays.sort(names);
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            for (Id name : names) {
                IndexSegment.Pack pack = look(vault, keeper, kind, name, unknown.get(name));
                if (pack != null) {
                    if (last.contains(name)) {
                        late.add(new Late(pack, false));
                    } else {
                        sink.pack(pack, false);
                    }
                }
            }
        }
    }

    private static IndexSegment.@Nullable Pack look(Vault vault, Xaes256Gcm keeper, PackKind kind, Id name,
            long bytes) {
        try {
            return new IndexSegment.Pack(name, bytes, PackDirectories.read(vault, keeper, kind, name, bytes)
                    .withoutReferences());
        } catch (FormatException | java.nio.file.NoSuchFileException e) {
            // A damaged pack nobody describes, or one that is just being collected: its chunks are not to be had.
            return null;
        } catch (java.io.IOException e) {
            throw Vault.problem("Reading the directory of a pack", e);
        }
    }

    /** Names of all segments read, replaced ones included. */
    public List<Id> segments() {
        return List.copyOf(segments);
    }

    /** Objects that should be segments and cannot be read. */
    public List<String> damagedSegments() {
        return List.copyOf(damagedSegments);
    }
}
