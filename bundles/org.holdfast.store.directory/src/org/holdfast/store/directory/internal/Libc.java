package org.holdfast.store.directory.internal;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/**
 * Two calls into the C library that Java has no counterpart for. Only reached where something failed or where the file
 * system has no hard links; whoever calls copes with their absence, which is an {@link UnsupportedOperationException}.
 */
final class Libc {
    static final int EINVAL = 22;
    static final int EEXIST = 17;

    private static final int AT_FDCWD = -100;
    private static final int RENAME_NOREPLACE = 1;
    private static final int LONGEST_MESSAGE = 1024;

    private Libc() {
    }

    /** The text Java's I/O exceptions carry for an error number, in the language of this process (strerror). */
    static String errorText(int errno) {
        try {
            AddressLayout text = ValueLayout.ADDRESS.withTargetLayout(
                    MemoryLayout.sequenceLayout(LONGEST_MESSAGE, ValueLayout.JAVA_BYTE));
            MethodHandle strerror = function("strerror", FunctionDescriptor.of(text, ValueLayout.JAVA_INT));
            return ((MemorySegment) strerror.invokeExact(errno)).getString(0);
        } catch (RuntimeException e) {
            throw unsupported(e);
        } catch (Throwable e) {
            throw unsupported(e);
        }
    }

    /**
     * Renames unless there is something under the new name already (renameat2 with RENAME_NOREPLACE, Linux).
     *
     * @return 0 or an error number
     */
    static int renameNoReplace(Path from, Path to) throws IOException {
        Linker.Option state = Linker.Option.captureCallState("errno");
        StructLayout layout = Linker.Option.captureStateLayout();
        VarHandle errno = layout.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        try (Arena arena = Arena.ofConfined()) {
            MethodHandle renameat2 = function("renameat2", FunctionDescriptor.of(ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT), state);
            MemorySegment captured = arena.allocate(layout);
            int result = (int) renameat2.invokeExact(captured, AT_FDCWD, arena.allocateFrom(from.toString()),
                    AT_FDCWD, arena.allocateFrom(to.toString()), RENAME_NOREPLACE);
            return result == 0 ? 0 : (int) errno.get(captured, 0L);
        } catch (Throwable e) {
            throw unsupported(e);
        }
    }

    private static MethodHandle function(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup().find(name)
                .orElseThrow(() -> new UnsupportedOperationException(name));
        return linker.downcallHandle(address, descriptor, options);
    }

    private static UnsupportedOperationException unsupported(Throwable cause) {
        return cause instanceof UnsupportedOperationException it ? it : new UnsupportedOperationException(cause);
    }
}
