package org.holdfast.cli.internal.fleet;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.Progress;
import org.holdfast.api.fleet.JobProgress;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.spi.cli.CliCommand;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.client.Call;
import org.holdfast.client.ServerEvent;

/** Follows one job to its end: woken by the server's events, and looking by itself where those do not come. */
final class JobWatch {
    private static final int LOOK_SECONDS = 2;
    private static final int CANCEL_POLL_MILLIS = 200;

    private JobWatch() {
    }

    /** Shows progress until the job has ended or the person stops watching; the exit code. */
    static int follow(Invocation call, Remote remote, String id) throws InterruptedException {
        var news = new Semaphore(1);
        var events = remote.client().subscribe(Call.get(Remote.path("events")).query("vault", remote.vault())
                .query("job", id), "", event -> wake(event, id, news), end -> news.release());
        try (events) {
            while (true) {
                var job = remote.client().get(remote.inVault("jobs", id) + "?watch=true", JobSummary.class);
                show(call, job.progress());
                if (job.state().isFinal()) {
                    call.progress().progress(done(job));
                    JobCommands.tell(call, job);
                    return exitCode(job.state());
                }
                if (!await(call, news)) {
                    call.err().println("The job goes on; 'holdfast job watch' shows it again.");
                    return CliCommand.DONE;
                }
            }
        }
    }

    private static void wake(ServerEvent event, String id, Semaphore news) {
        if (event.data().contains(id) && news.availablePermits() == 0) {
            news.release();
        }
    }

    /** Waits for news; false when the person wants to stop. */
    private static boolean await(Invocation call, Semaphore news) throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LOOK_SECONDS);
        while (System.nanoTime() < until) {
            if (call.cancel().isCancelled()) {
                return false;
            }
            if (news.tryAcquire(CANCEL_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return true;
    }

    private static void show(Invocation call, @Nullable JobProgress p) {
        if (p != null) {
            call.progress().progress(new Progress(p.phase(), p.files(), p.filesTotal(), p.bytes(), p.bytesTotal(),
                    p.storedBytes(), p.bytesPerSecond(),
                    p.remainingSeconds() == null ? null : Duration.ofSeconds(p.remainingSeconds()), p.warnings(), ""));
        }
    }

    private static Progress done(JobSummary job) {
        var result = job.result();
        long files = result == null ? 0 : result.files();
        long bytes = result == null ? 0 : result.bytes();
        return new Progress(org.holdfast.api.Phase.DONE, files, files, bytes, bytes,
                result == null ? 0 : result.storedBytes(), 0, null, 0, "");
    }

    /** What a state means for the shell. */
    static int exitCode(JobState state) {
        return switch (state) {
            case DONE -> CliCommand.DONE;
            case DONE_WITH_WARNINGS -> CliCommand.WARNINGS;
            default -> CliCommand.FAILED;
        };
    }
}
