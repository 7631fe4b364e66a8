package org.holdfast.engine.internal.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

import org.holdfast.api.ProgressSink;
import org.holdfast.api.Warning;
import org.holdfast.api.vault.PointDetails;

/** What a running backup counts and reports. Thread-safe. */
final class Counters {
    final LongAdder files = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder filesNew = new LongAdder();
    final LongAdder filesChanged = new LongAdder();
    final LongAdder filesUnchanged = new LongAdder();
    final LongAdder filesRemoved = new LongAdder();
    final LongAdder bytesRead = new LongAdder();
    final LongAdder newChunks = new LongAdder();
    final LongAdder excluded = new LongAdder();
    private final DoubleAdder entropyBits = new DoubleAdder();
    private final LongAdder entropyBytes = new LongAdder();
    volatile String current = "";

    private final ProgressSink sink;
    private final List<Warning> warnings = new ArrayList<>();
    private long warningCount;

    Counters(ProgressSink sink) {
        this.sink = sink;
    }

    BackupJob.Counts counts() {
        return new BackupJob.Counts(filesNew.sum(), filesChanged.sum(), filesUnchanged.sum(), filesRemoved.sum(),
                bytesRead.sum(), newChunks.sum(), excluded.sum(), entropy());
    }

    /** Some new data was measured, standing for so many bytes. */
    void entropy(double bitsPerByte, long bytes) {
        entropyBits.add(bitsPerByte * bytes);
        entropyBytes.add(bytes);
    }

    private double entropy() {
        long measured = entropyBytes.sum();
        return measured == 0 ? -1 : Math.clamp(entropyBits.sum() / measured, 0.0, 8.0);
    }

    synchronized void warn(Warning warning) {
        warningCount++;
        if (warnings.size() < PointDetails.MAX_WARNINGS) {
            warnings.add(warning);
        }
        sink.warning(warning);
    }

    synchronized long warningCount() {
        return warningCount;
    }

    synchronized List<Warning> warnings() {
        return List.copyOf(warnings);
    }
}
