package org.holdfast.console.client.recover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.Progress;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.Warning;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.VaultConnection;

/** Carries a plan out, point after point. Blocks; belongs in a job. */
public final class RestoreRun {
    private final VaultConnection connection;
    private final RestorePlan plan;
    private final boolean dryRun;

    /** @param dryRun only count and report conflicts */
    public RestoreRun(VaultConnection connection, RestorePlan plan, boolean dryRun) {
        this.connection = connection;
        this.plan = plan;
        this.dryRun = dryRun;
    }

    /** Never throws: a failure or a cancel is part of the report, with what was done before it. */
    public RestoreReport run(ProgressSink progress, CancelToken cancel) {
        long start = System.nanoTime();
        var results = new ArrayList<RestoreResult>();
        try {
            List<RestoreRequest> requests = plan.requests(dryRun);
            for (RestoreRequest request : requests) {
                cancel.check();
                results.add(connection.restore(request, new Sum(results, requests.size() > 1, progress), cancel));
            }
            return RestoreReport.of(dryRun, results, null, since(start));
        } catch (RuntimeException e) {
            return RestoreReport.of(dryRun, results, Failure.of(e), since(start));
        }
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Adds what earlier points gave to the progress of the present one. */
    private record Sum(List<RestoreResult> before, boolean several, ProgressSink target) implements ProgressSink {
        @Override
        public void progress(Progress p) {
            long files = before.stream().mapToLong(RestoreResult::files).sum();
            long bytes = before.stream().mapToLong(RestoreResult::bytes).sum();
            target.progress(new Progress(p.phase(), files + p.files(), several ? -1 : p.filesTotal(),
                    bytes + p.bytes(), several ? -1 : p.bytesTotal(), p.storedBytes(), p.bytesPerSecond(),
                    several ? null : p.remaining(), p.warnings(), p.current()));
        }

        @Override
        public void warning(Warning warning) {
            target.warning(warning);
        }
    }
}
