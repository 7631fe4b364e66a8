package org.holdfast.source.files.internal.linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;

/**
 * System calls of 64-bit Linux by number, all through the C library's {@code syscall(2)}: one native entry point has
 * to be linked at start instead of thirty, and calls that older C libraries do not wrap (statx, getdents64) work as
 * well. Numbers are from the kernel's {@code arch/x86/entry/syscalls/syscall_64.tbl} and
 * {@code include/uapi/asm-generic/unistd.h}; both are frozen.
 */
final class Kernel {
    private static final String ARCH = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    private static final boolean X86 = ARCH.equals("amd64") || ARCH.equals("x86_64");
    private static final boolean ARM = ARCH.equals("aarch64") || ARCH.equals("arm64");

    static final long READ_AT = X86 ? 17 : 67;
    static final long WRITE_AT = X86 ? 18 : 68;
    static final long LSEEK = X86 ? 8 : 62;
    static final long CLOSE = X86 ? 3 : 57;
    static final long FTRUNCATE = X86 ? 77 : 46;
    static final long FCHMOD = X86 ? 91 : 52;
    static final long FCHOWN = X86 ? 93 : 55;
    static final long FSTATFS = X86 ? 138 : 44;
    static final long GETDENTS64 = X86 ? 217 : 61;
    static final long OPENAT = X86 ? 257 : 56;
    static final long MKDIRAT = X86 ? 258 : 34;
    static final long MKNODAT = X86 ? 259 : 33;
    static final long FCHOWNAT = X86 ? 260 : 54;
    static final long UNLINKAT = X86 ? 263 : 35;
    static final long LINKAT = X86 ? 265 : 37;
    static final long SYMLINKAT = X86 ? 266 : 36;
    static final long READLINKAT = X86 ? 267 : 78;
    static final long FCHMODAT = X86 ? 268 : 53;
    static final long UTIMENSAT = X86 ? 280 : 88;
    static final long FALLOCATE = X86 ? 285 : 47;
    static final long RENAMEAT2 = X86 ? 316 : 276;
    static final long SYNCFS = X86 ? 306 : 267;
    static final long STATX = X86 ? 332 : 291;
    /** First of set, get, list and remove; each for a path, for a path without following its last link, for an fd. */
    static final long SETXATTR = X86 ? 188 : 5;
    static final long GETXATTR = SETXATTR + 3;
    static final long LISTXATTR = SETXATTR + 6;
    static final long REMOVEXATTR = SETXATTR + 9;

    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_NO_AUTOMOUNT = 0x800;
    static final int AT_EMPTY_PATH = 0x1000;

    static final int O_RDWR = 2;
    static final int O_CREAT = 0100;
    static final int O_EXCL = 0200;
    static final int O_NOCTTY = 0400;
    static final int O_NONBLOCK = 04000;
    // These two are exchanged with others on ARM (arch/arm64/include/uapi/asm/fcntl.h).
    static final int O_DIRECTORY = ARM ? 040000 : 0200000;
    static final int O_NOFOLLOW = ARM ? 0100000 : 0400000;
    static final int O_NOATIME = 01000000;
    static final int O_CLOEXEC = 02000000;
    static final int O_PATH = 010000000;

    static final int SEEK_SET = 0;
    static final int SEEK_DATA = 3;
    static final int SEEK_HOLE = 4;

    private static final StructLayout ERRNO = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_VALUE = ERRNO.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SYSCALL = link();

    private Kernel() {
    }

    /** Whether this machine is one whose call numbers are known here. */
    static boolean isKnown() {
        return System.getProperty("os.name", "").equals("Linux") && (X86 || ARM);
    }

    static long errnoBytes() {
        return ERRNO.byteSize();
    }

    private static MethodHandle link() {
        var linker = Linker.nativeLinker();
        var type = FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
        return linker.downcallHandle(linker.defaultLookup().findOrThrow("syscall"), type,
                Linker.Option.firstVariadicArg(1), Linker.Option.captureCallState("errno"));
    }

    /**
     * Makes one call, again when a signal interrupted it.
     *
     * @return the result, or the negated error number
     */
    static long call(Scratch scratch, long number, long a, long b, long c, long d, long e) {
        try {
            while (true) {
                long result = (long) SYSCALL.invokeExact(scratch.errno, number, a, b, c, d, e);
                if (result != -1) {
                    return result;
                }
                int errno = (int) ERRNO_VALUE.get(scratch.errno, 0L);
                if (errno != Errno.EINTR || number == CLOSE) {
                    return -errno;
                }
            }
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    static long call(Scratch scratch, long number, long a, long b, long c, long d) {
        return call(scratch, number, a, b, c, d, 0);
    }

    static long call(Scratch scratch, long number, long a, long b, long c) {
        return call(scratch, number, a, b, c, 0, 0);
    }

    static long call(Scratch scratch, long number, long a) {
        return call(scratch, number, a, 0, 0, 0, 0);
    }
}
