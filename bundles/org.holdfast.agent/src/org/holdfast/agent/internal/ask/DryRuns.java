package org.holdfast.agent.internal.ask;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.jobs.Failures;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.Progress;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.protocol.agent.DryRunState;
import org.holdfast.protocol.agent.RestoreRequest;
import org.holdfast.protocol.agent.WarningDetail;

/**
 * Finds out what restores would do here, without doing them. An answer is due within half a minute and a dry run may
 * take longer, so whoever asks gets what is known so far and asks again; what nobody asks for any more is ended.
 */
final class DryRuns implements AutoCloseable {
    private static final int MOST = 2;
    private static final int WARNINGS = 500;
    private static final long PATIENCE_SECONDS = 18;
    private static final long FORGOTTEN_NANOS = TimeUnit.SECONDS.toNanos(90);

    private final Answers.Opener opener;
    private final String serverId;
    private final Map<String, Run> runs = new HashMap<>();

    /** One of them. */
    private static final class Run implements ProgressSink {
        private final CancelToken cancel = new CancelToken();
        private final CompletableFuture<DryRunState> result = new CompletableFuture<>();
        private volatile @Nullable Progress progress;
        private volatile long asked = System.nanoTime();

        @Override
        public void progress(Progress now) {
            progress = now;
            if (System.nanoTime() - asked > FORGOTTEN_NANOS) {
                cancel.cancel();
            }
        }

        @Override
        public void warning(Warning warning) {
            // they are in the result
        }
    }

    DryRuns(Answers.Opener opener, String serverId) {
        this.opener = opener;
        this.serverId = serverId;
    }

    /** How a dry run stands; begins it when it is asked for first. */
    DryRunState ask(@Nullable RestoreRequest request) {
        if (request == null || request.job() == null || request.point() == null
                || !serverId.equals(request.server())) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "Nothing is said about what to restore here.", "");
        }
        Run run = run(request);
        try {
            DryRunState state = run.result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            forget(request.job());
            return state;
        } catch (TimeoutException e) {
            run.asked = System.nanoTime();
            return so(run.progress);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(Problem.CANCELLED, "The agent is going down.", "");
        } catch (ExecutionException e) {
            forget(request.job());
            if (e.getCause() instanceof HoldfastException failure) {
                throw failure;
            }
            throw new HoldfastException(Problem.INTERNAL, "The dry run failed: " + e.getCause(), "", e.getCause());
        }
    }

    private synchronized Run run(RestoreRequest request) {
        runs.values().removeIf(old -> {
            boolean over = System.nanoTime() - old.asked > FORGOTTEN_NANOS;
            if (over) {
                old.cancel.cancel();
            }
            return over;
        });
        Run run = runs.get(request.job());
        if (run == null) {
            if (runs.size() >= MOST) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "This agent is trying other restores already.",
                        "Wait until these are over.");
            }
            Run fresh = new Run();
            runs.put(request.job(), fresh);
            Thread.ofPlatform().name("dry-run").daemon().start(() -> work(fresh, request));
            return fresh;
        }
        run.asked = System.nanoTime();
        return run;
    }

    private synchronized void forget(String job) {
        runs.remove(job);
    }

    private void work(Run run, RestoreRequest request) {
        boolean own = request.sourceServer() == null || request.sourceServer().equals(serverId);
        String secret = request.passphrase();
        char[] passphrase = own || secret == null ? null : secret.toCharArray();
        try {
            if (!own && passphrase == null) {
                throw new HoldfastException(Problem.WRONG_PASSPHRASE, "The passphrase of the other server is missing.",
                        "Give it with the request.");
            }
            try (OpenVault vault = opener.open(own ? null : request.sourceServer(), passphrase)) {
                byte[] to = request.target();
                PointSummary point = vault.point(request.point());
                RestoreResult result = vault.restore(new org.holdfast.api.vault.RestoreRequest(request.point(),
                        request.paths().stream().map(RawPath::of).toList(), to == null ? null : RawPath.of(to),
                        request.ifExists(), request.metadata(), request.metadata(), true), run, run.cancel);
                run.result.complete(state(result, free(to == null ? point.base() : RawPath.of(to))));
            }
        } catch (RuntimeException | Error e) {
            run.result.completeExceptionally(e);
        } finally {
            if (passphrase != null) {
                Arrays.fill(passphrase, '\0');
            }
        }
    }

    private static DryRunState so(@Nullable Progress now) {
        return new DryRunState(false, now == null ? 0 : now.files(), 0, now == null ? 0 : now.bytes(), 0, 0, 0, 0, -1,
                now == null ? 0 : now.warnings(), List.of());
    }

    private static DryRunState state(RestoreResult r, long free) {
        return new DryRunState(true, r.files(), r.directories(), r.bytes(), r.unchanged(), r.skipped(), r.copies(),
                r.replaced(), free, r.warnings().size(), r.warnings().stream().limit(WARNINGS).map(DryRuns::detail)
                        .toList());
    }

    private static WarningDetail detail(Warning warning) {
        return new WarningDetail(warning.path().toString(), Failures.code(warning.problem()), warning.reason());
    }

    /** Room in the file system of the nearest folder above that is there. */
    private static long free(RawPath folder) {
        try {
            Path at = Path.of(new String(folder.bytes(), StandardCharsets.UTF_8)).toAbsolutePath();
            while (at != null && !Files.exists(at)) {
                at = at.getParent();
            }
            return at == null ? -1 : Files.getFileStore(at).getUsableSpace();
        } catch (IOException | RuntimeException e) {
            return -1; // a name or a file system that does not tell
        }
    }

    @Override
    public synchronized void close() {
        runs.values().forEach(run -> run.cancel.cancel());
        runs.clear();
    }
}
