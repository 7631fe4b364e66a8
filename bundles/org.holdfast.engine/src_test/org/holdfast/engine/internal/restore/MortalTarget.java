package org.holdfast.engine.internal.restore;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.StatTable;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.api.spi.source.TargetFile;
import org.holdfast.api.spi.source.TargetFullException;
import org.holdfast.engine.internal.Targets;

/**
 * A target on which the n-th call that changes something goes wrong: as if the process were killed there (half a write
 * is done, and nothing at all after it), or as if the disk were full.
 */
final class MortalTarget extends Targets.Passing {
    private final RestoreTarget inner;
    private final int fatal;
    private final boolean full;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean dead;

    /** The end of the process. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param fatal number of the call, from 1
     * @param full whether the disk is full there and then; otherwise the process dies
     */
    MortalTarget(RestoreTarget inner, int fatal, boolean full) {
        super(inner);
        this.inner = inner;
        this.fatal = fatal;
        this.full = full;
    }

    /** How many calls changed something. */
    int calls() {
        return calls.get();
    }

    boolean fired() {
        return calls.get() >= fatal;
    }

    /** Before a call; true when only half of it is to be done. */
    private boolean change() throws IOException {
        if (dead) {
            throw new Killed();
        }
        if (calls.incrementAndGet() != fatal) {
            return false;
        }
        if (full) {
            throw new TargetFullException("x", "No space left on device");
        }
        dead = true;
        return true;
    }

    private void all() throws IOException {
        if (change()) {
            throw new Killed();
        }
    }

    @Override
    public TargetDirectory root() throws IOException {
        return new Directory(inner.root());
    }

    private final class Directory implements TargetDirectory {
        private final TargetDirectory to;

        Directory(TargetDirectory to) {
            this.to = to;
        }

        @Override
        public void retain() {
            to.retain();
        }

        @Override
        public void stat(byte[] name, StatTable into) throws IOException {
            to.stat(name, into);
        }

        @Override
        public TargetDirectory directory(byte[] name) throws IOException {
            all();
            return new Directory(to.directory(name));
        }

        @Override
        public TargetFile file(byte[] name, boolean existing) throws IOException {
            all();
            return new File(to.file(name, existing));
        }

        @Override
        public TargetFile existing(byte[] name) throws IOException {
            return new File(to.existing(name));
        }

        @Override
        public byte[] readLink(byte[] name) throws IOException {
            return to.readLink(name);
        }

        @Override
        public void symbolicLink(byte[] name, byte[] target) throws IOException {
            all();
            to.symbolicLink(name, target);
        }

        @Override
        public void hardLink(byte[] name, TargetDirectory otherDirectory, byte[] otherName) throws IOException {
            all();
            to.hardLink(name, ((Directory) otherDirectory).to, otherName);
        }

        @Override
        public void special(byte[] name, int mode, long specialDevice) throws IOException {
            all();
            to.special(name, mode, specialDevice);
        }

        @Override
        public void rename(byte[] from, byte[] into) throws IOException {
            all();
            to.rename(from, into);
        }

        @Override
        public void remove(byte[] name) throws IOException {
            all();
            to.remove(name);
        }

        @Override
        public List<String> setMetadata(byte[] name, int type, RestoreTarget.Metadata metadata) throws IOException {
            all();
            return to.setMetadata(name, type, metadata);
        }

        @Override
        public List<String> setMetadataOfSelf(RestoreTarget.Metadata metadata) throws IOException {
            all();
            return to.setMetadataOfSelf(metadata);
        }

        @Override
        public void close() {
            to.close();
        }
    }

    private final class File implements TargetFile {
        private final TargetFile to;

        File(TargetFile to) {
            this.to = to;
        }

        @Override
        public void truncate(long size) throws IOException {
            all();
            to.truncate(size);
        }

        @Override
        public boolean allocate(long position, long length) throws IOException {
            all();
            return to.allocate(position, length);
        }

        @Override
        public void write(long position, byte[] from, int offset, int length) throws IOException {
            boolean half = change();
            to.write(position, from, offset, half ? length / 2 : length);
            if (half) {
                throw new Killed();
            }
        }

        @Override
        public int read(long position, byte[] into, int offset, int length) throws IOException {
            return to.read(position, into, offset, length);
        }

        @Override
        public void stat(StatTable into) throws IOException {
            to.stat(into);
        }

        @Override
        public List<String> setMetadata(RestoreTarget.Metadata metadata) throws IOException {
            all();
            return to.setMetadata(metadata);
        }

        @Override
        public void close() throws IOException {
            to.close();
        }
    }
}
