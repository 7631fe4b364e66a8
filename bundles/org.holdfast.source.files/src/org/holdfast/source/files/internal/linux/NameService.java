package org.holdfast.source.files.internal.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.source.files.internal.NameLookup;

/**
 * The C library's name service: getpwuid_r(3) and its family. Seldom asked, so every question links its function
 * anew and keeps nothing.
 */
enum NameService implements NameLookup {
    /** Users. */
    USERS("getpwuid_r", "getpwnam_r"),
    /** Groups. */
    GROUPS("getgrgid_r", "getgrnam_r");

    /** Size that holds struct passwd and struct group. */
    private static final long ENTRY_BYTES = 64;
    /** Where both keep the id: behind the pointers to name and password. */
    private static final long ID_OFFSET = 16;
    /** Groups list their members, so an answer may be large. */
    private static final int LARGEST_ANSWER = 1 << 24;

    private final String byId;
    private final String byName;

    NameService(String byId, String byName) {
        this.byId = byId;
        this.byName = byName;
    }

    @Override
    public @Nullable String name(int id) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment entry = arena.allocate(ENTRY_BYTES, 8);
            MethodHandle function = link(byId, ValueLayout.JAVA_INT);
            boolean found = ask(arena, (buffer, result) -> (int) function.invokeExact(id, entry, buffer,
                    buffer.byteSize(), result));
            return found ? entry.get(ValueLayout.ADDRESS, 0).reinterpret(Scratch.PATH_BYTES)
                    .getString(0, StandardCharsets.UTF_8) : null;
        }
    }

    @Override
    public int id(String name) {
        try (var arena = Arena.ofConfined()) {
            MemorySegment entry = arena.allocate(ENTRY_BYTES, 8);
            MemorySegment key = arena.allocateFrom(name, StandardCharsets.UTF_8);
            MethodHandle function = link(byName, ValueLayout.ADDRESS);
            boolean found = ask(arena, (buffer, result) -> (int) function.invokeExact(key, entry, buffer,
                    buffer.byteSize(), result));
            return found ? entry.get(ValueLayout.JAVA_INT, ID_OFFSET) : -1;
        }
    }

    private interface Question {
        int ask(MemorySegment buffer, MemorySegment result) throws Throwable;
    }

    private static boolean ask(Arena arena, Question question) {
        MemorySegment result = arena.allocate(ValueLayout.ADDRESS);
        for (int size = 4096; size <= LARGEST_ANSWER; size *= 4) {
            result.set(ValueLayout.ADDRESS, 0, MemorySegment.NULL);
            int errno;
            try {
                errno = question.ask(arena.allocate(size), result);
            } catch (RuntimeException | Error failure) {
                throw failure;
            } catch (Throwable impossible) {
                throw new AssertionError(impossible);
            }
            if (errno != Errno.ERANGE) {
                return errno == 0 && result.get(ValueLayout.ADDRESS, 0).address() != 0;
            }
        }
        return false;
    }

    private static MethodHandle link(String function, MemoryLayout key) {
        var linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(function),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, key, ValueLayout.ADDRESS, ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG, ValueLayout.ADDRESS));
    }
}
