package org.holdfast.agent.internal.program;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.Parts;
import org.holdfast.agent.internal.home.AgentHome;

/**
 * What commands get from the process they run in.
 *
 * @param out results
 * @param err everything else
 * @param prompt asks a person for secrets
 * @param maker puts an agent together
 * @param stopping counted down when the process is asked to end
 */
public record Environment(PrintStream out, PrintStream err, Prompt prompt, Maker maker, CountDownLatch stopping) {
    /** Asks for a secret. */
    @FunctionalInterface
    public interface Prompt {
        /** What the person typed, the caller's to wipe, or null when there is nobody. */
        char @Nullable [] ask(String text);
    }

    /** Puts an agent together. */
    @FunctionalInterface
    public interface Maker {
        /** What an agent of this folder, with its settings, is made of. */
        Parts parts(AgentHome home);
    }
}
