package org.holdfast.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The C library of Linux as far as trees are made and compared with it; slow and simple. Deliberately shares nothing
 * with the code it judges.
 */
final class Posix {
    static final int S_IFMT = 0170000;
    static final int S_IFSOCK = 0140000;
    static final int S_IFLNK = 0120000;
    static final int S_IFREG = 0100000;
    static final int S_IFBLK = 0060000;
    static final int S_IFDIR = 0040000;
    static final int S_IFCHR = 0020000;
    static final int S_IFIFO = 0010000;
    static final int ENODATA = 61;
    static final int EOPNOTSUPP = 95;

    private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");
    private static final int O_DIRECTORY = ARM ? 040000 : 0200000;
    private static final int O_NOFOLLOW = ARM ? 0100000 : 0400000;
    private static final int O_CREAT_EXCL = 0300;
    private static final int NOFOLLOW = 0x100;
    private static final int REMOVE_DIRECTORY = 0x200;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final MemoryLayout PTR = ValueLayout.ADDRESS;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final List<String> LONG_RESULTS = List.of("pread", "pwrite", "lseek", "readlinkat", "llistxattr",
            "lgetxattr");
    private static final Map<String, MethodHandle> FUNCTIONS = new ConcurrentHashMap<>();

    private Posix() {
    }

    /** A call that failed. */
    static final class Failure extends IOException {
        private static final long serialVersionUID = 1L;
        final int errno;

        Failure(String function, int errno) {
            super(function + " failed with error " + errno);
            this.errno = errno;
        }
    }

    /** What stat tells about an entry. */
    record Stat(int mode, int uid, int gid, int links, long size, long blocks, long mtimeSeconds, int mtimeNanos,
            long inode, int deviceMajor, int deviceMinor, int specialMajor, int specialMinor) {
        int type() {
            return mode & S_IFMT;
        }
    }

    /** An open directory. */
    record Directory(int fd) implements Closeable {
        static Directory open(Path path) throws IOException {
            try (var arena = Arena.ofConfined()) {
                return new Directory((int) call("openat", arena, -100, string(arena, bytes(path.toString())),
                        O_DIRECTORY, 0));
            }
        }

        Directory directory(byte[] name) throws IOException {
            return new Directory(open(name, O_DIRECTORY | O_NOFOLLOW));
        }

        int create(byte[] name) throws IOException {
            return open(name, O_CREAT_EXCL | 2);
        }

        int read(byte[] name) throws IOException {
            return open(name, O_NOFOLLOW | 04000);
        }

        private int open(byte[] name, int flags) throws IOException {
            try (var arena = Arena.ofConfined()) {
                return (int) call("openat", arena, fd, string(arena, name), flags, 0600);
            }
        }

        Directory make(byte[] name) throws IOException {
            try (var arena = Arena.ofConfined()) {
                call("mkdirat", arena, fd, string(arena, name), 0700);
            }
            return directory(name);
        }

        void symlink(byte[] name, byte[] target) throws IOException {
            try (var arena = Arena.ofConfined()) {
                call("symlinkat", arena, string(arena, target), fd, string(arena, name));
            }
        }

        byte[] readLink(byte[] name) throws IOException {
            try (var arena = Arena.ofConfined()) {
                MemorySegment buffer = arena.allocate(8192);
                long n = call("readlinkat", arena, fd, string(arena, name), buffer, 8192L);
                return buffer.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE);
            }
        }

        void link(byte[] name, Directory other, byte[] otherName) throws IOException {
            try (var arena = Arena.ofConfined()) {
                call("linkat", arena, other.fd, string(arena, otherName), fd, string(arena, name), 0);
            }
        }

        void node(byte[] name, int mode, int major, int minor) throws IOException {
            long device = minor & 0xffL | (major & 0xfffL) << 8 | (minor & ~0xffL) << 12 | (major & ~0xfffL) << 32;
            try (var arena = Arena.ofConfined()) {
                call("mknodat", arena, fd, string(arena, name), mode, device);
            }
        }

        void mode(byte[] name, int mode) throws IOException {
            try (var arena = Arena.ofConfined()) {
                call("fchmodat", arena, fd, string(arena, name), mode, 0);
            }
        }

        void owner(byte[] name, int uid, int gid) throws IOException {
            try (var arena = Arena.ofConfined()) {
                call("fchownat", arena, fd, string(arena, name), uid, gid, NOFOLLOW);
            }
        }

        void time(byte[] name, long seconds, int nanos) throws IOException {
            try (var arena = Arena.ofConfined()) {
                MemorySegment both = arena.allocateFrom(LONG, seconds, nanos, seconds, nanos);
                call("utimensat", arena, fd, string(arena, name), both, NOFOLLOW);
            }
        }

        void unlink(byte[] name, boolean directory) throws IOException {
            try (var arena = Arena.ofConfined()) {
                call("unlinkat", arena, fd, string(arena, name), directory ? REMOVE_DIRECTORY : 0);
            }
        }

        Stat stat(byte[] name) throws IOException {
            try (var arena = Arena.ofConfined()) {
                MemorySegment s = arena.allocate(256, 8);
                call("statx", arena, fd, string(arena, name), NOFOLLOW, 0x7ff, s);
                return new Stat(s.get(ValueLayout.JAVA_SHORT, 0x1c) & 0xffff, s.get(INT, 0x14), s.get(INT, 0x18),
                        s.get(INT, 0x10), s.get(LONG, 0x28), s.get(LONG, 0x30), s.get(LONG, 0x70), s.get(INT, 0x78),
                        s.get(LONG, 0x20), s.get(INT, 0x88), s.get(INT, 0x8c), s.get(INT, 0x80), s.get(INT, 0x84));
            }
        }

        /** Names without "." and "..", sorted. */
        List<byte[]> names() throws IOException {
            int copy = open(bytes("."), O_DIRECTORY);
            var names = new ArrayList<byte[]>();
            try (var arena = Arena.ofConfined()) {
                MemorySegment stream = (MemorySegment) invoke("fdopendir", arena, PTR, copy);
                for (var e = next(arena, stream); e.address() != 0; e = next(arena, stream)) {
                    MemorySegment entry = e.reinterpret(19 + 256);
                    int n = 0;
                    while (entry.get(ValueLayout.JAVA_BYTE, 19 + n) != 0) {
                        n++;
                    }
                    byte[] name = entry.asSlice(19, n).toArray(ValueLayout.JAVA_BYTE);
                    if (!Arrays.equals(name, bytes(".")) && !Arrays.equals(name, bytes(".."))) {
                        names.add(name);
                    }
                }
                call("closedir", arena, stream);
            }
            names.sort(Arrays::compareUnsigned);
            return names;
        }

        private static MemorySegment next(Arena arena, MemorySegment stream) {
            return (MemorySegment) invoke("readdir", arena, PTR, stream);
        }

        private MemorySegment path(Arena arena, byte[] name) {
            byte[] parent = bytes("/proc/self/fd/" + fd + "/");
            byte[] path = Arrays.copyOf(parent, parent.length + name.length);
            System.arraycopy(name, 0, path, parent.length, name.length);
            return string(arena, path);
        }

        void setAttribute(byte[] name, String attribute, byte[] value) throws IOException {
            try (var arena = Arena.ofConfined()) {
                MemorySegment copy = arena.allocate(Math.max(1, value.length));
                MemorySegment.copy(value, 0, copy, ValueLayout.JAVA_BYTE, 0, value.length);
                call("lsetxattr", arena, path(arena, name), string(arena, bytes(attribute)), copy,
                        (long) value.length, 0);
            }
        }

        Map<String, String> attributes(byte[] name) throws IOException {
            var found = new TreeMap<String, String>();
            try (var arena = Arena.ofConfined()) {
                MemorySegment buffer = arena.allocate(65536);
                long n;
                try {
                    n = call("llistxattr", arena, path(arena, name), buffer, 65536L);
                } catch (Failure e) {
                    if (e.errno == EOPNOTSUPP) {
                        return found;
                    }
                    throw e;
                }
                String all = new String(buffer.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE),
                        StandardCharsets.ISO_8859_1);
                for (String attribute : all.isEmpty() ? new String[0] : all.split("\0")) {
                    long length = call("lgetxattr", arena, path(arena, name),
                            string(arena, attribute.getBytes(StandardCharsets.ISO_8859_1)), buffer, 65536L);
                    found.put(attribute, HexFormat.of()
                            .formatHex(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE)));
                }
            }
            return found;
        }

        @Override
        public void close() throws IOException {
            closeFd(fd);
        }
    }

    static void closeFd(int fd) throws IOException {
        try (var arena = Arena.ofConfined()) {
            call("close", arena, fd);
        }
    }

    static void write(int fd, long position, byte[] data) throws IOException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, data);
            long done = 0;
            while (done < data.length) {
                done += call("pwrite", arena, fd, copy.asSlice(done), data.length - done, position + done);
            }
        }
    }

    static byte[] read(int fd, long position, int length) throws IOException {
        try (var arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(Math.max(1, length));
            long done = 0;
            long n = 1;
            while (done < length && n > 0) {
                n = call("pread", arena, fd, buffer.asSlice(done), length - done, position + done);
                done += n;
            }
            return buffer.asSlice(0, done).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    static void truncate(int fd, long size) throws IOException {
        try (var arena = Arena.ofConfined()) {
            call("ftruncate", arena, fd, size);
        }
    }

    /** Start of the next data at or after a position, or -1. */
    static long nextData(int fd, long from) throws IOException {
        try (var arena = Arena.ofConfined()) {
            return call("lseek", arena, fd, from, 3);
        } catch (Failure e) {
            if (e.errno == 6) {
                return -1;
            }
            throw e;
        }
    }

    /** Start of the next hole at or after a position that is in data. */
    static long nextHole(int fd, long from) throws IOException {
        try (var arena = Arena.ofConfined()) {
            return call("lseek", arena, fd, from, 4);
        }
    }

    static boolean isRoot() {
        try (var arena = Arena.ofConfined()) {
            return (int) invoke("geteuid", arena, INT) == 0;
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MemorySegment string(Arena arena, byte[] bytes) {
        MemorySegment s = arena.allocate(bytes.length + 1L);
        MemorySegment.copy(bytes, 0, s, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return s;
    }

    private static long call(String function, Arena arena, Object... arguments) throws Failure {
        MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
        long result = ((Number) invoke(function, errno, LONG, arguments)).longValue();
        // Functions that return int leave the upper half of the register undefined.
        boolean isInt = !LONG_RESULTS.contains(function);
        if ((isInt ? (int) result : result) == -1) {
            throw new Failure(function, errno.get(INT, 0));
        }
        return isInt ? (int) result : result;
    }

    private static Object invoke(String function, Arena arena, MemoryLayout result, Object... arguments) {
        return invoke(function, arena.allocate(Linker.Option.captureStateLayout()), result, arguments);
    }

    private static Object invoke(String function, MemorySegment errno, MemoryLayout result, Object... arguments) {
        MethodHandle handle = FUNCTIONS.computeIfAbsent(function, f -> {
            MemoryLayout[] types = Arrays.stream(arguments).map(a -> a instanceof Integer ? INT
                    : a instanceof Long ? LONG : PTR).toArray(MemoryLayout[]::new);
            var variadic = f.equals("openat") ? new Linker.Option[] { Linker.Option.captureCallState("errno"),
                    Linker.Option.firstVariadicArg(3) }
                    : new Linker.Option[] { Linker.Option.captureCallState("errno") };
            return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(f), FunctionDescriptor.of(result, types),
                    variadic);
        });
        try {
            var all = new ArrayList<Object>(List.of(arguments));
            all.addFirst(errno);
            return handle.invokeWithArguments(all);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
