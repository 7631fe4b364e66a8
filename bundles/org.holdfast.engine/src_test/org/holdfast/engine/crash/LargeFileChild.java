package org.holdfast.engine.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.BackupRequest;
import org.holdfast.engine.internal.LocalOpenVault;
import org.holdfast.engine.internal.backup.BackupOptions;

/**
 * The process that is killed while it reads a large file. After each checkpoint it says so on standard output and,
 * while its workers read on, waits for a byte on standard input.
 */
final class LargeFileChild {
    /** What it says. */
    static final String CHECKPOINT = "checkpoint";
    /** Bytes it reads between two checkpoints. */
    static final long EVERY = 4 << 20;

    private LargeFileChild() {
    }

    /** @param args location of the vault, directory to back up */
    public static void main(String[] args) {
        try (var vault = (LocalOpenVault) CrashChild.service().open(args[0], CrashChild.PASSPHRASE.toCharArray())) {
            vault.options(new BackupOptions(2, 2, Duration.ofDays(1), EVERY, LargeFileChild::say, "test"));
            vault.backup(BackupRequest.of(List.of(RawPath.of(args[1]))), ProgressSink.NONE, new CancelToken());
        }
    }

    private static void say() {
        System.out.println(CHECKPOINT);
        System.out.flush();
        try {
            if (System.in.read() < 0) {
                throw new IllegalStateException("nobody is there to kill this process");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
