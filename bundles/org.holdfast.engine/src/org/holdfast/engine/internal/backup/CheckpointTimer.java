package org.holdfast.engine.internal.backup;

import java.util.concurrent.atomic.LongAdder;

/** Says when a checkpoint is due: after some time or after so much was read. */
final class CheckpointTimer {
    private final BackupOptions options;
    private final LongAdder bytesRead;
    private long nanos = System.nanoTime();
    private long bytes;

    /** @param bytesRead what has been read since the backup began */
    CheckpointTimer(BackupOptions options, LongAdder bytesRead) {
        this.options = options;
        this.bytesRead = bytesRead;
    }

    /** Whether a checkpoint is due. */
    boolean due() {
        long now = bytesRead.sum();
        return now - bytes >= options.checkpointBytes()
                || now > bytes && System.nanoTime() - nanos >= options.checkpointAfter().toNanos();
    }

    /** Whether one is due and more has been read since the last one. */
    boolean dueAgain() {
        return due() && bytesRead.sum() > bytes;
    }

    /** A checkpoint is being made. */
    void restart() {
        nanos = System.nanoTime();
        bytes = bytesRead.sum();
    }
}
