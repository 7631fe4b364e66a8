package org.holdfast.engine.internal.retain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.holdfast.api.spi.store.ObjectInfo;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.engine.internal.objects.IndexWriter;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.IndexSegment;
import org.holdfast.format.PackKind;

/** Replaces index segments that name packs which are about to go, and joins small ones. */
final class IndexRewriter {
    /** More than so many small segments of a kind are joined. */
    private static final int MANY = 16;
    private static final int SMALL = IndexWriter.TARGET_BYTES / 2;

    private IndexRewriter() {
    }

    /**
     * Writes segments without some packs.
     *
     * @return names of the objects that have been replaced and may be deleted once the packs are gone
     */
    static List<String> without(Vault vault, Set<Id> gone) throws IOException {
        List<String> old = new ArrayList<>();
        for (PackKind kind : PackKind.values()) {
            old.addAll(without(vault, kind, gone));
        }
        return old;
    }

    private static List<String> without(Vault vault, PackKind kind, Set<Id> gone) throws IOException {
        List<ObjectInfo> infos = new ArrayList<>();
        vault.store().list(IndexWriter.prefix(kind), infos::add);
        List<String> replaced = new ArrayList<>();
        List<Id> replacedIds = new ArrayList<>();
        long small = infos.stream().filter(info -> info.size() < SMALL).count();
        // One segment is read at a time and handed on: all together may be larger than the heap.
        var writer = new IndexWriter(vault);
        Set<Id> seen = new HashSet<>();
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            for (ObjectInfo info : infos) {
                IndexSegment segment;
                try {
                    segment = IndexSegment.open(vault.store().get(info.name(), IndexSegment.MAX_BYTES),
                            vault.domainId(), keeper);
                } catch (FormatException e) {
                    // A damaged segment is evidence; verify names it and a rebuild replaces it.
                    continue;
                }
                boolean touched = segment.packs().stream().anyMatch(p -> gone.contains(p.name()));
                if (touched || small > MANY && info.size() < SMALL) {
                    replaced.add(info.name());
                    replacedIds.add(IndexWriter.id(info.name()));
                    for (IndexSegment.Pack pack : segment.packs()) {
                        if (!gone.contains(pack.name()) && seen.add(pack.name())) {
                            writer.add(pack);
                        }
                    }
                }
            }
        }
        if (replaced.isEmpty()) {
            return replaced;
        }
        writer.flush(kind, replacedIds);
        return replaced;
    }
}
