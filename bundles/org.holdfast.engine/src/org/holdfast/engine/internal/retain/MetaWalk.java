package org.holdfast.engine.internal.retain;

import java.io.IOException;
import java.util.BitSet;

import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.PackDirectories;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.Id;

/**
 * Finds the pages and lists that recovery points need, and every reference of theirs to data. Pages come behind what
 * they refer to, so it goes through the packs backwards, again as long as there is something left.
 */
final class MetaWalk {
    private final Vault vault;
    private final ChunkIndex index;
    private final BitSet live;
    private final BitSet pending;
    private long missing;

    /** @param index of metadata */
    MetaWalk(Vault vault, ChunkIndex index) {
        this.vault = vault;
        this.index = index;
        live = new BitSet(index.chunks());
        pending = new BitSet(index.chunks());
    }

    /** Takes references to data; some more than once. */
    @FunctionalInterface
    interface DataRefs {
        /** One of them. */
        void reference(byte[] refs, int at) throws IOException;
    }

    /** Where to start from. */
    void root(Id id) {
        int chunk = index.find(id.bytes(), 0);
        if (chunk < 0) {
            missing++;
        } else {
            visit(chunk);
        }
    }

    private void visit(int chunk) {
        if (!live.get(chunk)) {
            live.set(chunk);
            pending.set(chunk);
        }
    }

    /** Walks. */
    void run(Collector.Step step, DataRefs data) throws IOException {
        try (var directories = new PackDirectories(vault, index)) {
            while (!pending.isEmpty()) {
                for (int chunk = pending.length() - 1; chunk >= 0; chunk = pending.previousSetBit(chunk)) {
                    step.run();
                    pending.clear(chunk);
                    byte[] refs = directories.references(index.locate(chunk));
                    for (int at = 0; at < refs.length; at += Id.SIZE) {
                        int found = index.find(refs, at);
                        if (found >= 0) {
                            visit(found);
                        } else {
                            data.reference(refs, at);
                        }
                    }
                }
            }
        }
    }

    /** Roots that are not in the vault. */
    long missing() {
        return missing;
    }

    /** Chunks of metadata that are needed. */
    BitSet live() {
        return live;
    }
}
