package org.holdfast.agent.internal.osgi;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.holdfast.agent.internal.program.Composition;
import org.holdfast.agent.internal.program.Environment;
import org.holdfast.agent.internal.program.Program;
import org.holdfast.agent.internal.program.TerminalPrompt;
import org.holdfast.api.spi.keys.KeyHolder;
import org.holdfast.api.spi.source.SourceProvider;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The agent's program, with whatever other bundles bring. */
@Component(service = AgentProgram.class)
public final class AgentProgram {
    private final List<KeyHolder> keys;
    private final SourceProvider files;

    /**
     * @param keys safe places for passphrases
     * @param files source and target of files
     */
    @Activate
    public AgentProgram(@Reference(policyOption = ReferencePolicyOption.GREEDY) List<KeyHolder> keys,
            @Reference(
                    target = "(component.name=org.holdfast.source.files.FilesSourceProvider)") SourceProvider files) {
        this.keys = keys;
        this.files = files;
    }

    /** Runs a command line and returns its exit code. */
    public int run(List<String> arguments, CountDownLatch stopping) {
        return new Program(new Environment(System.out, System.err, new TerminalPrompt(),
                new Composition(keys, files, Clock.systemUTC()), stopping)).run(arguments);
    }
}
