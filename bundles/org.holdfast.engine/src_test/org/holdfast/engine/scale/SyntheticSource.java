package org.holdfast.engine.scale;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.SplittableRandom;

import org.holdfast.api.CancelToken;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.NameTable;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.api.spi.source.SourceFile;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.spi.source.StatTable;

/**
 * Very many small files that exist nowhere: {@code /scale/d0000000/f00}, a hundred in each directory, of 100 bytes to
 * 2 KiB. Everything follows from a file's number, so a tree is the same every time and takes no memory.
 */
final class SyntheticSource implements SourceProvider, Source {
    /** The one item. */
    static final String ROOT = "/scale";

    private static final int PER_DIRECTORY = 100;
    private static final int DIRECTORY = 0040755;
    private static final int FILE = 0100644;

    private final int directories;

    SyntheticSource(int files) {
        directories = Math.max(1, files / PER_DIRECTORY);
    }

    @Override
    public String type() {
        return "files";
    }

    @Override
    public Source open() {
        return this;
    }

    @Override
    public RestoreTarget openTarget(RawPath directory) {
        throw new UnsupportedOperationException("Nothing can be restored here");
    }

    @Override
    public SourceDirectory openDirectory(RawPath absolute) throws IOException {
        return switch (absolute.toString()) {
            case "/" -> new Directory(-2);
            case ROOT -> new Directory(-1);
            default -> throw new NoSuchFileException(absolute.toString());
        };
    }

    @Override
    public String userName(int uid) {
        return "root";
    }

    @Override
    public String groupName(int gid) {
        return "root";
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private static int size(long number) {
        return 100 + (int) Math.floorMod(number * 0x9E3779B97F4A7C15L >>> 40, 1949L);
    }

    private static void row(StatTable into, int row, int mode, long number) {
        into.mode[row] = mode;
        into.uid[row] = 0;
        into.gid[row] = 0;
        into.links[row] = 1;
        into.size[row] = mode == FILE ? size(number) : 4096;
        into.mtimeSeconds[row] = 1_700_000_000L + number;
        into.mtimeNanos[row] = 0;
        into.ctimeSeconds[row] = 1_700_000_000L + number;
        into.ctimeNanos[row] = 0;
        into.inode[row] = number + 1;
        into.device[row] = 1;
        into.specialDevice[row] = 0;
        into.blocks[row] = 8;
    }

    /** Number -2 is the root of all, -1 the item, and from 0 on there are those with files. */
    private final class Directory implements SourceDirectory {
        private final int number;

        Directory(int number) {
            this.number = number;
        }

        private int children() {
            return number == -2 ? 1 : number == -1 ? directories : PER_DIRECTORY;
        }

        private byte[] name(int child) {
            String name = number == -2 ? ROOT.substring(1)
                    : number == -1 ? "d%07d".formatted(child)
                            : "f%02d".formatted(child);
            return name.getBytes(StandardCharsets.US_ASCII);
        }

        private int child(byte[] name) throws IOException {
            if (number == -2) {
                return 0;
            }
            int child = 0;
            for (int i = 1; i < name.length; i++) {
                child = 10 * child + name[i] - '0';
            }
            if (child < 0 || child >= children()) {
                throw new NoSuchFileException(new String(name, StandardCharsets.US_ASCII));
            }
            return child;
        }

        private void row(StatTable into, int row, int child) {
            if (number < 0) {
                SyntheticSource.row(into, row, DIRECTORY, (1L << 40) + (number == -2 ? -1 : child));
            } else {
                SyntheticSource.row(into, row, FILE, file(child));
            }
        }

        private long file(int child) {
            return (long) number * PER_DIRECTORY + child;
        }

        @Override
        public void retain() {
            // There is no handle to keep.
        }

        @Override
        public void list(NameTable into, CancelToken cancel) {
            for (int i = 0; i < children(); i++) {
                byte[] name = name(i);
                into.add(name, 0, name.length);
            }
        }

        @Override
        public void stat(NameTable names, int from, int to, StatTable into) {
            into.reset(to - from);
            for (int i = from; i < to; i++) {
                try {
                    row(into, i - from, child(names.name(i)));
                } catch (IOException e) {
                    into.mode[i - from] = StatTable.VANISHED;
                }
            }
        }

        @Override
        public void statSelf(StatTable into) {
            into.reset(1);
            SyntheticSource.row(into, 0, DIRECTORY, (1L << 40) + number);
        }

        @Override
        public void stat(byte[] name, StatTable into) throws IOException {
            into.reset(1);
            row(into, 0, child(name));
        }

        @Override
        public SourceDirectory openDirectory(byte[] name) throws IOException {
            return new Directory(number == -2 ? -1 : child(name));
        }

        @Override
        public SourceFile openFile(byte[] name) throws IOException {
            return new Content(file(child(name)));
        }

        @Override
        public byte[] readLink(byte[] name) throws IOException {
            throw new NoSuchFileException("There are no links");
        }

        @Override
        public List<ExtendedAttribute> attributes(byte[] name, int mode) {
            return List.of();
        }

        @Override
        public List<ExtendedAttribute> attributesOfSelf() {
            return List.of();
        }

        @Override
        public void close() {
            // There is no handle to close.
        }
    }

    private static final class Content implements SourceFile {
        private final long number;

        Content(long number) {
            this.number = number;
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) {
            int size = size(number);
            if (position >= size) {
                return 0;
            }
            var bytes = new byte[size];
            new SplittableRandom(number).nextBytes(bytes);
            int count = (int) Math.min(length, size - position);
            System.arraycopy(bytes, (int) position, into, offset, count);
            return count;
        }

        @Override
        public void stat(StatTable into) {
            into.reset(1);
            row(into, 0, FILE, number);
        }

        @Override
        public long nextData(long from) {
            return from < size(number) ? from : -1;
        }

        @Override
        public long nextHole(long from) {
            return size(number);
        }

        @Override
        public List<ExtendedAttribute> attributes() {
            return List.of();
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
