package org.holdfast.source.files.internal.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.holdfast.api.spi.source.TargetFullException;

/** Error numbers of Linux and what they become. The numbers are the same on every architecture used here. */
final class Errno {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int ENXIO = 6;
    static final int E2BIG = 7;
    static final int EACCES = 13;
    static final int EEXIST = 17;
    static final int ENOTDIR = 20;
    static final int EISDIR = 21;
    static final int EINVAL = 22;
    static final int ENOSPC = 28;
    static final int ERANGE = 34;
    static final int ENAMETOOLONG = 36;
    static final int ENOSYS = 38;
    static final int ENOTEMPTY = 39;
    static final int ELOOP = 40;
    static final int ENODATA = 61;
    static final int EOPNOTSUPP = 95;
    static final int ESTALE = 116;
    static final int EDQUOT = 122;

    private static final Map<Integer, String> TEXTS = new ConcurrentHashMap<>();

    private Errno() {
    }

    /** The exception for an error (positive or negated) on something that is shown to people as {@code what}. */
    static IOException exception(long errno, String what) {
        int number = (int) Math.abs(errno);
        return switch (number) {
            case ENOENT, ESTALE -> new NoSuchFileException(what, null, text(number));
            case EACCES, EPERM -> new AccessDeniedException(what, null, text(number));
            case ENOTDIR -> new NotDirectoryException(what);
            case EEXIST -> new FileAlreadyExistsException(what, null, text(number));
            case ENOSPC, EDQUOT -> new TargetFullException(what, text(number));
            case ELOOP -> new FileSystemLoopException(what);
            case ENOTEMPTY -> new DirectoryNotEmptyException(what);
            default -> new FileSystemException(what, null, text(number));
        };
    }

    /** What the C library says about an error number, positive or negated. */
    static String text(long errno) {
        return TEXTS.computeIfAbsent((int) Math.abs(errno), Errno::describe);
    }

    private static synchronized String describe(int errno) {
        var linker = Linker.nativeLinker();
        var strerror = linker.downcallHandle(linker.defaultLookup().findOrThrow("strerror"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (var arena = Arena.ofConfined()) {
            var text = ((MemorySegment) strerror.invokeExact(errno)).reinterpret(512, arena, null);
            return text.getString(0, StandardCharsets.UTF_8);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }
}
