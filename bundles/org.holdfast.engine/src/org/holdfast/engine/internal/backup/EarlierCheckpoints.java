package org.holdfast.engine.internal.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.format.DirectoryBody;

/**
 * The checkpoints of one group in the store: those of tries that were cut short, and then those of this one. Early in a
 * backup a new checkpoint has less than one of an earlier try; that one stays until the new ones have as much, or else
 * a second interruption would undo what the first left.
 */
final class EarlierCheckpoints {
    /** More would hardly have anything that these do not. */
    private static final int MOST = 3;

    private final List<Kept> kept = new ArrayList<>();
    private final List<String> useless = new ArrayList<>();
    private @Nullable String own;

    private static final class Kept {
        private final Points.Stored stored;
        private long bytes;

        Kept(Points.Stored stored) {
            this.stored = stored;
        }

        long bytes() {
            return bytes;
        }
    }

    /**
     * @param all all checkpoints, oldest first
     * @param point the newest point of the group, or null
     */
    EarlierCheckpoints(List<Points.Stored> all, byte[] group, Points.@Nullable Stored point) {
        for (Points.Stored checkpoint : all.reversed()) {
            if (Arrays.equals(checkpoint.manifest().keeper().group(), group)) {
                if (Points.unfinished(checkpoint, point)) {
                    kept.add(new Kept(checkpoint));
                } else {
                    useless.add(checkpoint.object());
                }
            }
        }
    }

    /** Those to go on from, newest first. */
    List<Points.Stored> parents() {
        return kept.stream().map(k -> k.stored).toList();
    }

    /** Tells how much one of them has. */
    void covers(Points.Stored stored, DirectoryBody root) {
        kept.stream().filter(k -> k.stored == stored).forEach(k -> k.bytes = root.bytes());
    }

    /** A new checkpoint is durable: removes what it makes superfluous. */
    void replaceBy(Points.Stored checkpoint, DirectoryBody root, BlobStore store) throws IOException {
        if (own != null && !own.equals(checkpoint.object())) {
            store.delete(own);
        }
        own = checkpoint.object();
        kept.sort(Comparator.comparingLong(Kept::bytes));
        while (!kept.isEmpty() && (kept.getFirst().bytes <= root.bytes() || kept.size() >= MOST)) {
            store.delete(kept.removeFirst().stored.object());
        }
        for (String object : useless) {
            store.delete(object);
        }
        useless.clear();
    }

    /** The backup is complete: removes all of them. */
    void remove(BlobStore store) throws IOException {
        if (own != null) {
            store.delete(own);
        }
        for (Kept one : kept) {
            store.delete(one.stored.object());
        }
        for (String object : useless) {
            store.delete(object);
        }
    }
}
