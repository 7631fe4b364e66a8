package org.holdfast.agent.internal.jobs;

import java.util.List;
import java.util.stream.Collectors;

import org.holdfast.agent.internal.check.CheckStep;
import org.holdfast.api.fleet.JobResult;

/** Checks the surroundings of the agent on behalf of somebody who is not at the server. */
public final class CheckWork implements JobWork {
    private final Source source;

    /** Does the checking. */
    @FunctionalInterface
    public interface Source {
        /** All steps. */
        List<CheckStep> run() throws Exception;
    }

    /** @param source does the checking */
    public CheckWork(Source source) {
        this.source = source;
    }

    @Override
    public JobResult run(JobContext job) throws Exception {
        List<CheckStep> steps = source.run();
        List<CheckStep> failed = steps.stream().filter(s -> s.result() == CheckStep.Result.FAILED).toList();
        steps.stream().filter(s -> s.result() == CheckStep.Result.WARNING)
                .forEach(s -> job.warning("check-" + s.name().replaceFirst(" .*", "")));
        if (!failed.isEmpty()) {
            throw new CheckFailedException(
                    failed.stream().map(s -> s.name() + ": " + s.detail() + ".").collect(Collectors.joining(" ")),
                    failed.stream().map(CheckStep::remedy).distinct().collect(Collectors.joining(" ")));
        }
        return new JobResult(null, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, false);
    }
}
