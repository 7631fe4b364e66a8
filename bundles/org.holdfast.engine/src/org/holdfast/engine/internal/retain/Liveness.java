package org.holdfast.engine.internal.retain;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

import org.holdfast.engine.internal.objects.BlobRef;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.PackDirectories;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.Id;
import org.holdfast.format.Manifest;
import org.holdfast.format.PackKind;

/**
 * Which chunks recovery points still need: a walk from the root pages along the references in the directories of
 * metadata packs. Needs the keeper's key only; memory is one bit a chunk and a stack.
 */
final class Liveness {
    private final ChunkIndex index;
    private final BitSet live;
    private long missing;

    Liveness(ChunkIndex index) {
        this.index = index;
        this.live = new BitSet(index.chunks());
    }

    /** Marks everything a manifest needs. */
    void mark(Vault vault, List<Manifest> manifests, Collector.Step step) throws IOException {
        var stack = new int[1024];
        try (var directories = new PackDirectories(vault, index)) {
            for (Manifest manifest : manifests) {
                int depth = 0;
                for (Id root : manifest.keeper().roots()) {
                    int chunk = visit(root.bytes(), 0);
                    if (chunk >= 0) {
                        if (depth == stack.length) {
                            stack = Arrays.copyOf(stack, depth * 2);
                        }
                        stack[depth++] = chunk;
                    }
                }
                while (depth > 0) {
                    step.run();
                    BlobRef ref = index.locate(stack[--depth]);
                    byte[] refs = directories.references(ref);
                    for (int at = refs.length - Id.SIZE; at >= 0; at -= Id.SIZE) {
                        int chunk = visit(refs, at);
                        if (chunk >= 0 && index.packKind(index.packOf(index.blobOf(chunk))) == PackKind.META) {
                            if (depth == stack.length) {
                                stack = Arrays.copyOf(stack, depth * 2);
                            }
                            stack[depth++] = chunk;
                        }
                    }
                }
            }
        }
    }

    /** Number of a chunk met for the first time, else -1. */
    private int visit(byte[] id, int at) {
        int chunk = index.find(id, at);
        if (chunk < 0) {
            missing++;
            return -1;
        }
        if (live.get(chunk)) {
            return -1;
        }
        live.set(chunk);
        return chunk;
    }

    /** References to chunks that are not in the vault. */
    long missing() {
        return missing;
    }

    /** Blobs with at least one live chunk. */
    BitSet liveBlobs() {
        var blobs = new BitSet(index.blobs());
        for (int chunk = live.nextSetBit(0); chunk >= 0; chunk = live.nextSetBit(chunk + 1)) {
            blobs.set(index.blobOf(chunk));
        }
        return blobs;
    }
}
