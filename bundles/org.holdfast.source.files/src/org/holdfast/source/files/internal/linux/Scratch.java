package org.holdfast.source.files.internal.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Native memory of one thread for the arguments and results of system calls, so that no call allocates. Reclaimed
 * with the thread. No two uses overlap, because nothing here calls back.
 */
final class Scratch {
    /** Longest name or path in bytes with its NUL, as the kernel defines PATH_MAX. */
    static final int PATH_BYTES = 4096;
    /** Size of {@link #block}; also the kernel's limit for a list of extended attributes and for one value. */
    static final int BLOCK_BYTES = 65536;
    /** Size of {@link #io()}: large enough to make the cost of a call small, small enough for the level 2 cache. */
    static final int IO_BYTES = 256 * 1024;

    private static final ThreadLocal<Scratch> CURRENT = ThreadLocal.withInitial(Scratch::new);

    /** Where the C library's error number of the last call is kept. */
    final MemorySegment errno;
    /** Address of an empty C string. */
    final long emptyPath;
    /** One {@code struct statx}; also used for other small structures. */
    final MemorySegment struct;
    /** Directory entries, extended attributes, link targets. */
    final MemorySegment block;

    private final Arena arena = Arena.ofAuto();
    private final MemorySegment name;
    private final MemorySegment otherName;
    private byte @Nullable [] heapBlock;
    private @Nullable MemorySegment io;

    private Scratch() {
        MemorySegment all = arena.allocate(512 + 2 * PATH_BYTES + BLOCK_BYTES, 64);
        errno = all.asSlice(0, Kernel.errnoBytes());
        emptyPath = all.address() + 128;
        struct = all.asSlice(256, 256);
        name = all.asSlice(512, PATH_BYTES);
        otherName = all.asSlice(512 + PATH_BYTES, PATH_BYTES);
        block = all.asSlice(512 + 2 * PATH_BYTES, BLOCK_BYTES);
    }

    /** The one of this thread. */
    static Scratch get() {
        return CURRENT.get();
    }

    /** Puts a name or path in place as a C string and gives its address; longer ones than fit give 0. */
    long name(byte[] bytes, int offset, int length) {
        return put(name, bytes, offset, length);
    }

    /** {@link #name(byte[], int, int)} with a whole array. */
    long name(byte[] bytes) {
        return put(name, bytes, 0, bytes.length);
    }

    /** A second place for calls that take two names. */
    long otherName(byte[] bytes) {
        return put(otherName, bytes, 0, bytes.length);
    }

    private static long put(MemorySegment target, byte[] bytes, int offset, int length) {
        if (length >= PATH_BYTES) {
            return 0;
        }
        MemorySegment.copy(bytes, offset, target, ValueLayout.JAVA_BYTE, 0, length);
        target.set(ValueLayout.JAVA_BYTE, length, (byte) 0);
        return target.address();
    }

    /** The first bytes of {@link #block} in an array that the next call overwrites. */
    byte[] heapBlock(int length) {
        byte[] heap = heapBlock;
        if (heap == null) {
            heap = new byte[BLOCK_BYTES];
            heapBlock = heap;
        }
        MemorySegment.copy(block, ValueLayout.JAVA_BYTE, 0, heap, 0, length);
        return heap;
    }

    /** A copy of the first bytes of {@link #block}. */
    byte[] blockBytes(int length) {
        var out = new byte[length];
        MemorySegment.copy(block, ValueLayout.JAVA_BYTE, 0, out, 0, length);
        return out;
    }

    /** Buffer between the kernel and arrays. */
    MemorySegment io() {
        MemorySegment buffer = io;
        if (buffer == null) {
            buffer = arena.allocate(IO_BYTES, 4096);
            io = buffer;
        }
        return buffer;
    }
}
