package org.holdfast.agent.internal.program;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.control.ControlAnswer;
import org.holdfast.agent.internal.control.ControlClient;
import org.holdfast.agent.internal.control.ControlRequest;
import org.holdfast.agent.internal.jobs.JobEntry;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.JobFailure;
import org.holdfast.api.fleet.JobProgress;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.protocol.common.Json;

/** Begins a job in the running agent and shows it to its end. */
final class JobFollower {
    private final AgentCommand command;
    private int lastPercent = -1;

    JobFollower(AgentCommand command) {
        this.command = command;
    }

    /** Begins a job and follows it; returns the exit code. */
    int follow(ControlClient client, JobSpec spec, @Nullable String passphrase) {
        ControlAnswer last = client.ask(ControlRequest.submit(spec, passphrase), this::show);
        JobEntry job = last.job();
        if (job == null || !job.state().isFinal()) {
            throw new HoldfastException(Problem.CANCELLED, "The agent was stopped; the job goes on when it runs again.",
                    "");
        }
        return end(job);
    }

    private void show(ControlAnswer answer) {
        JobProgress progress = answer.progress();
        if (progress == null) {
            return;
        }
        if (command.json()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("type", "progress");
            line.put("progress", progress);
            command.out().println(Json.text(line));
            return;
        }
        long percent = progress.bytesTotal() > 0 ? progress.bytes() * 100 / progress.bytesTotal() : -1;
        if (percent / 10 != lastPercent) {
            lastPercent = (int) (percent / 10);
            command.err()
                    .println(progress.phase().name().toLowerCase(Locale.ROOT) + ": " + progress.files() + " files, "
                            + progress.bytes() / (1 << 20) + " MiB" + (percent < 0 ? "" : ", " + percent + " %"));
        }
    }

    private int end(JobEntry job) {
        JobResult result = job.result();
        JobFailure failure = job.failure();
        int code = switch (job.state()) {
            case DONE -> Program.DONE;
            case DONE_WITH_WARNINGS -> Program.WARNINGS;
            default -> Program.FAILED;
        };
        if (command.json()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("type", "summary");
            line.put("job", job);
            line.put("exitCode", code);
            command.out().println(Json.text(line));
            return code;
        }
        String state = job.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (result != null) {
            command.out().println("Job " + job.id() + " is " + state + ": "
                    + (result.point() == null ? "" : "point " + result.point() + ", ") + result.files() + " files, "
                    + result.bytes() + " bytes, " + result.storedBytes() + " bytes added to the vault");
        } else {
            command.out().println("Job " + job.id() + " is " + state);
        }
        job.warnings().forEach((warning, count) -> command.err().println("warning: " + warning + ": " + count));
        if (failure != null) {
            command.err().println("holdfast-agent: " + failure.message());
            command.err().println("  " + failure.advice());
        }
        return code;
    }
}
