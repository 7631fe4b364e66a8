package org.holdfast.agent.internal.program;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.holdfast.agent.internal.AgentRuntime;
import org.holdfast.agent.internal.control.ControlServer;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the agent until it is asked to end. */
@Command(name = "run", description = "Runs the agent until it is asked to end; waits for the registration when there is"
        + " none yet.")
final class RunCommand extends AgentCommand {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final int LOOK_SECONDS = 2;

    @Option(names = "--check", description = "Only checks whether the agent could run, like the command 'check'.")
    private boolean check;

    @Override
    public Integer call() throws Exception {
        AgentHome home = home();
        if (check) {
            return CheckCommand.check(this, home, null, java.util.List.of(), null);
        }
        Registration registration = awaitRegistration(home);
        if (registration == null) {
            return Program.DONE;
        }
        try (AutoCloseable lock = home.lock()) {
            if (lock == null) {
                throw new HoldfastException(Problem.INVALID_REQUEST,
                        "An agent runs for '" + home.root() + "' already.", "Stop it first.");
            }
            try (var agent = new AgentRuntime(home, registration, environment().maker().parts(home));
                    var control = new ControlServer(home, agent)) {
                agent.start();
                environment().stopping().await();
                LOG.info("Asked to end");
            }
        }
        return Program.DONE;
    }

    /** The registration, or null when the process is to end before there is one. */
    private Registration awaitRegistration(AgentHome home) throws IOException, InterruptedException {
        Optional<Registration> there = home.registration().filter(Registration::isComplete);
        if (there.isEmpty()) {
            LOG.info("This server is not registered yet; waiting for 'holdfast-agent register'");
        }
        while (there.isEmpty()) {
            if (environment().stopping().await(LOOK_SECONDS, TimeUnit.SECONDS)) {
                return null;
            }
            there = home.registration().filter(Registration::isComplete);
        }
        return there.get();
    }
}
