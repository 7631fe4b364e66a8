package org.holdfast.agent.internal.program;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.protocol.common.Json;

import picocli.CommandLine.Option;

/** What all commands have in common. */
abstract class AgentCommand implements Callable<Integer> {
    @Option(names = "--home", paramLabel = "DIR", defaultValue = "${env:HOLDFAST_AGENT_HOME:-/var/lib/holdfast-agent}",
            description = "Folder of the agent's state (HOLDFAST_AGENT_HOME, or /var/lib/holdfast-agent).")
    private Path home = Path.of("/var/lib/holdfast-agent");

    @Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this help.")
    private boolean help;

    @Option(names = "--json", description = "Results as JSON.")
    private boolean json;

    private @Nullable Environment environment;

    final void environment(Environment given) {
        environment = given;
    }

    final Environment environment() {
        Environment given = environment;
        if (given == null) {
            throw new IllegalStateException("no environment");
        }
        return given;
    }

    final PrintStream out() {
        return environment().out();
    }

    final PrintStream err() {
        return environment().err();
    }

    final boolean json() {
        return json;
    }

    final AgentHome home() throws IOException {
        return AgentHome.open(home);
    }

    /** Writes a result for a program. */
    final void json(Object value) {
        out().println(Json.text(value));
    }

    static Registration registered(AgentHome home) throws IOException {
        return home.registration().filter(Registration::isComplete)
                .orElseThrow(() -> new HoldfastException(Problem.INVALID_REQUEST, "This server is not registered.",
                        "Register it first: 'holdfast-agent register --credentials FILE'."));
    }
}
