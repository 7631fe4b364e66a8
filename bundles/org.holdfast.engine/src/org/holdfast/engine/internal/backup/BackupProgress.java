package org.holdfast.engine.internal.backup;

import java.util.function.LongSupplier;

import org.holdfast.api.Phase;
import org.holdfast.api.ProgressSink;
import org.holdfast.engine.internal.ProgressPublisher;
import org.holdfast.format.DirectoryBody;

/** Tells how a backup is getting on. Totals are known once the walk has ended; before, the earlier point's serve. */
final class BackupProgress implements AutoCloseable {
    private final Counters counters;
    private final Walker walker;
    private final LongSupplier storedBytes;
    private final ProgressPublisher publisher;
    private volatile long expectedFiles = -1;
    private volatile long expectedBytes = -1;
    private volatile boolean committing;
    private volatile boolean opened;

    BackupProgress(Counters counters, Walker walker, LongSupplier storedBytes, ProgressSink sink) {
        this.counters = counters;
        this.walker = walker;
        this.storedBytes = storedBytes;
        this.publisher = new ProgressPublisher(sink, this::parts);
    }

    /** The earlier point's totals are a fair guess of this one's. */
    void expect(DirectoryBody earlier) {
        expectedFiles = Math.max(expectedFiles, earlier.files());
        expectedBytes = Math.max(expectedBytes, earlier.bytes());
        opened = true;
    }

    void committing() {
        committing = true;
    }

    private ProgressPublisher.Parts parts() {
        long files = counters.files.sum();
        long bytes = counters.bytes.sum();
        long totalFiles = walker.finished() ? walker.seenFiles() : expectedFiles;
        long totalBytes = walker.finished() ? walker.seenBytes() : expectedBytes;
        Phase phase = committing ? Phase.COMMITTING
                : counters.bytesRead.sum() > 0 ? Phase.TRANSFERRING : opened ? Phase.SCANNING : Phase.OPENING;
        return new ProgressPublisher.Parts(phase, files, totalFiles < files ? -1 : totalFiles, bytes,
                totalBytes < bytes ? -1 : totalBytes, storedBytes.getAsLong(), counters.warningCount(),
                counters.current);
    }

    @Override
    public void close() {
        publisher.close();
    }
}
