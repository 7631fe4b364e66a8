package org.holdfast.engine.internal.objects;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of numbers that only grows, outside the heap and in blocks, so that growing copies nothing and the heap
 * need not follow the size of the vault. Reading is thread-safe once nobody adds any more.
 */
final class IntColumn {
    private static final int BLOCK_BITS = 14;
    private static final int BLOCK = 1 << BLOCK_BITS;

    private final Arena arena = Arena.ofAuto();
    private final List<MemorySegment> blocks = new ArrayList<>();
    private int size;

    void add(int value) {
        if (size == blocks.size() << BLOCK_BITS) {
            blocks.add(arena.allocate(ValueLayout.JAVA_INT, BLOCK));
        }
        blocks.getLast().setAtIndex(ValueLayout.JAVA_INT, size++ & BLOCK - 1, value);
    }

    int get(int index) {
        return blocks.get(index >>> BLOCK_BITS).getAtIndex(ValueLayout.JAVA_INT, index & BLOCK - 1);
    }
}
