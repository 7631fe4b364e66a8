package org.holdfast.engine.internal.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;
import org.holdfast.api.vault.PointDetails;
import org.holdfast.api.vault.RestoreResult;

/** What a running restore counts and reports. Thread-safe. */
final class RestoreCounters {
    final LongAdder files = new LongAdder();
    final LongAdder directories = new LongAdder();
    /** Bytes of data written. */
    final LongAdder written = new LongAdder();
    final LongAdder unchanged = new LongAdder();
    final LongAdder skipped = new LongAdder();
    final LongAdder copies = new LongAdder();
    final LongAdder replaced = new LongAdder();
    /** Entries dealt with, whatever became of them, for the progress. */
    final LongAdder doneFiles = new LongAdder();
    /** Bytes dealt with, likewise. */
    final LongAdder doneBytes = new LongAdder();
    volatile @Nullable TargetNode current;

    private final ProgressSink sink;
    private final List<Warning> warnings = new ArrayList<>();
    private long warningCount;

    RestoreCounters(ProgressSink sink) {
        this.sink = sink;
    }

    synchronized void warn(RawPath path, Problem problem, String reason) {
        var warning = new Warning(path, problem, reason);
        warningCount++;
        if (warnings.size() < PointDetails.MAX_WARNINGS) {
            warnings.add(warning);
        }
        sink.warning(warning);
    }

    synchronized long warningCount() {
        return warningCount;
    }

    synchronized RestoreResult result(RawPath target) {
        return new RestoreResult(target, files.sum(), directories.sum(), written.sum(), unchanged.sum(),
                skipped.sum(), copies.sum(), replaced.sum(), List.copyOf(warnings));
    }
}
