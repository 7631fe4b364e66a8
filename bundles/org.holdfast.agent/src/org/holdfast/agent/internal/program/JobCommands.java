package org.holdfast.agent.internal.program;

import org.holdfast.agent.internal.control.ControlAnswer;
import org.holdfast.agent.internal.control.ControlClient;
import org.holdfast.agent.internal.control.ControlRequest;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands about a job at work. */
final class JobCommands {
    private JobCommands() {
    }

    private abstract static class AboutJob extends AgentCommand {
        @Parameters(paramLabel = "JOB", description = "Id of the job.")
        private String job = "";

        final int ask(String what) throws Exception {
            ControlAnswer answer = new ControlClient(home()).ask(ControlRequest.with(what, job));
            if (json() && answer.job() != null) {
                json(answer.job());
            }
            return Program.DONE;
        }
    }

    /** Ends a job. */
    @Command(name = "cancel", description = "Ends a job that is at work. What it stored is used by the next one.")
    static final class Cancel extends AboutJob {
        @Override
        public Integer call() throws Exception {
            return ask("cancel");
        }
    }

    /** Stops a job for now. */
    @Command(name = "pause", description = "Stops a job for now.")
    static final class Pause extends AboutJob {
        @Override
        public Integer call() throws Exception {
            return ask("pause");
        }
    }

    /** Goes on with a job. */
    @Command(name = "resume", description = "Goes on with a job that was stopped for now.")
    static final class Resume extends AboutJob {
        @Override
        public Integer call() throws Exception {
            return ask("resume");
        }
    }
}
