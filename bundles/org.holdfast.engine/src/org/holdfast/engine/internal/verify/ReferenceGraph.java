package org.holdfast.engine.internal.verify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.holdfast.api.CancelToken;
import org.holdfast.crypto.Xaes256Gcm;
import org.holdfast.engine.internal.objects.ChunkIndex;
import org.holdfast.engine.internal.objects.IdTable;
import org.holdfast.engine.internal.objects.PackDirectories;
import org.holdfast.engine.internal.objects.Vault;
import org.holdfast.format.BlobEntry;
import org.holdfast.format.FormatException;
import org.holdfast.format.Id;
import org.holdfast.format.PackDirectory;
import org.holdfast.format.PackKind;

/**
 * Which chunk refers to which, from the directories of metadata packs: four bytes a reference. References to chunks
 * that the index does not have are numbered apart.
 */
final class ReferenceGraph {
    private final ChunkIndex index;
    private final int[] start;
    private final int[] end;
    private int[] refs = new int[1024];
    private int count;
    private final IdTable missingNumbers = IdTable.ofNumbers();
    private final List<Id> missing = new ArrayList<>();

    private ReferenceGraph(ChunkIndex index) {
        this.index = index;
        start = new int[index.chunks()];
        end = new int[index.chunks()];
    }

    /**
     * Builds the graph.
     *
     * @param unreadable packs whose directories cannot be read; what their chunks refer to stays unknown
     */
    static ReferenceGraph build(Vault vault, ChunkIndex index, Set<Id> unreadable, CancelToken cancel)
            throws IOException {
        var graph = new ReferenceGraph(index);
        try (Xaes256Gcm keeper = vault.keeperCipher()) {
            for (int pack = 0; pack < index.packs(); pack++) {
                cancel.check();
                if (index.packKind(pack) == PackKind.META && !unreadable.contains(index.packName(pack))) {
                    try {
                        graph.add(pack, PackDirectories.read(vault, keeper, PackKind.META, index.packName(pack),
                                index.packBytes(pack)));
                    } catch (FormatException | java.nio.file.NoSuchFileException e) {
                        // It was good a moment ago: collected since.
                        continue;
                    }
                }
            }
        }
        return graph;
    }

    private void add(int pack, PackDirectory directory) {
        for (BlobEntry blob : directory.blobs()) {
            int ref = 0;
            for (int i = 0; i < blob.chunks(); i++) {
                int chunk = index.find(blob.ids(), i * Id.SIZE);
                int n = blob.refCounts()[i];
                if (chunk >= 0 && end[chunk] == 0 && index.packOf(index.blobOf(chunk)) == pack) {
                    start[chunk] = count;
                    for (int k = 0; k < n; k++) {
                        append(number(blob.refs(), (ref + k) * Id.SIZE));
                    }
                    end[chunk] = count;
                }
                ref += n;
            }
        }
    }

    private void append(int ref) {
        if (count == refs.length) {
            refs = Arrays.copyOf(refs, count * 2);
        }
        refs[count++] = ref;
    }

    /** Number of a chunk, or, for one that is not in the index, the negative number of a missing one. */
    int number(byte[] id, int at) {
        int chunk = index.find(id, at);
        if (chunk >= 0) {
            return chunk;
        }
        int known = missingNumbers.putIfAbsent(id, at, missing.size());
        if (known >= 0) {
            return -1 - known;
        }
        missing.add(Id.at(id, at));
        return -missing.size();
    }

    /** Id of a missing chunk. */
    Id missing(int number) {
        return missing.get(-1 - number);
    }

    /** Where the references of a chunk start. */
    int from(int chunk) {
        return start[chunk];
    }

    /** Where they end. */
    int to(int chunk) {
        return end[chunk];
    }

    /** A reference: a chunk, or a missing one when negative. */
    int ref(int at) {
        return refs[at];
    }

    /**
     * What can be reached from some pages.
     *
     * @param chunks numbers of chunks
     * @param missing ids of chunks that are not in the index
     */
    record Reach(BitSet chunks, Set<Id> missing) {
    }

    /** All that can be reached from some pages. */
    Reach reach(List<Id> roots) {
        var reached = new Reach(new BitSet(index.chunks()), new HashSet<>());
        var stack = new IntStack();
        for (Id root : roots) {
            visit(number(root.bytes(), 0), reached, stack);
        }
        while (!stack.isEmpty()) {
            int chunk = stack.pop();
            for (int at = start[chunk]; at < end[chunk]; at++) {
                visit(refs[at], reached, stack);
            }
        }
        return reached;
    }

    private void visit(int number, Reach reached, IntStack stack) {
        if (number < 0) {
            reached.missing().add(missing(number));
        } else if (!reached.chunks().get(number)) {
            reached.chunks().set(number);
            stack.push(number);
        }
    }

    /**
     * Chunks that are bad or from which something bad or missing can be reached.
     *
     * @param among chunks to look at; all that they refer to must be among them
     */
    BitSet tainted(BitSet among, BitSet bad) {
        var tainted = new BitSet(index.chunks());
        var done = new BitSet(index.chunks());
        var stack = new IntStack();
        for (int root = among.nextSetBit(0); root >= 0; root = among.nextSetBit(root + 1)) {
            if (!done.get(root)) {
                stack.push(root);
            }
            while (!stack.isEmpty()) {
                int chunk = stack.pop();
                if (chunk < 0) { // all it refers to has been looked at
                    settle(-1 - chunk, tainted, bad);
                } else if (!done.get(chunk)) {
                    done.set(chunk);
                    stack.push(-1 - chunk);
                    for (int at = start[chunk]; at < end[chunk]; at++) {
                        if (refs[at] >= 0 && !done.get(refs[at])) {
                            stack.push(refs[at]);
                        }
                    }
                }
            }
        }
        return tainted;
    }

    private void settle(int chunk, BitSet tainted, BitSet bad) {
        boolean is = bad.get(chunk);
        for (int at = start[chunk]; !is && at < end[chunk]; at++) {
            is = refs[at] < 0 || tainted.get(refs[at]);
        }
        tainted.set(chunk, is);
    }

    /** Numbers to be looked at. */
    static final class IntStack {
        private int[] values = new int[256];
        private int size;

        void push(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        int pop() {
            return values[--size];
        }

        boolean isEmpty() {
            return size == 0;
        }
    }
}
