package org.holdfast.engine.internal.backup;

import java.time.Duration;

/**
 * How the engine goes about a backup, apart from what is asked for.
 *
 * @param workers threads that read and store; as many as cores
 * @param defaultLevel zstd level when the request names none
 * @param checkpointAfter time between checkpoints
 * @param checkpointBytes bytes read between checkpoints
 * @param afterCheckpoint called when a checkpoint is durable; for tests
 * @param program name and version, for the manifest
 */
public record BackupOptions(int workers, int defaultLevel, Duration checkpointAfter, long checkpointBytes,
        Runnable afterCheckpoint, String program) {
    /** What fits this machine. */
    public static BackupOptions standard(String program) {
        return new BackupOptions(Math.max(1, Runtime.getRuntime().availableProcessors()), 2, Duration.ofMinutes(5),
                8L << 30, () -> {}, program);
    }
}
