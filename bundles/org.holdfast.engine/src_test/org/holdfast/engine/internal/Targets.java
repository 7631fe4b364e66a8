package org.holdfast.engine.internal;

import java.io.IOException;
import java.util.function.UnaryOperator;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.spi.source.TargetDirectory;
import org.holdfast.source.files.FilesSourceProvider;

/** Files of this machine, with something in between. */
public final class Targets {
    private Targets() {
    }

    /** Without making the whole disk of this machine durable after every restore of a test. */
    public static SourceProvider unsynced() {
        return wrapping(target -> target);
    }

    /** With something around every target. */
    public static SourceProvider wrapping(UnaryOperator<RestoreTarget> wrapper) {
        var files = new FilesSourceProvider();
        return new SourceProvider() {
            @Override
            public String type() {
                return files.type();
            }

            @Override
            public Source open() {
                return files.open();
            }

            @Override
            public RestoreTarget openTarget(RawPath directory) throws IOException {
                return wrapper.apply(new Passing(files.openTarget(directory)));
            }
        };
    }

    /** Passes everything on but {@link #sync}. */
    public static class Passing implements RestoreTarget {
        private final RestoreTarget inner;

        /** @param inner does the work */
        public Passing(RestoreTarget inner) {
            this.inner = inner;
        }

        @Override
        public TargetDirectory root() throws IOException {
            return inner.root();
        }

        @Override
        public int userId(String name) {
            return inner.userId(name);
        }

        @Override
        public int groupId(String name) {
            return inner.groupId(name);
        }

        @Override
        public boolean canSetOwner() {
            return inner.canSetOwner();
        }

        @Override
        public long freeBytes() {
            return inner.freeBytes();
        }

        @Override
        public int umask() {
            return inner.umask();
        }

        @Override
        public void sync() {
            // Not in tests: the machine has other things to do.
        }

        @Override
        public void close() throws IOException {
            inner.close();
        }
    }
}
