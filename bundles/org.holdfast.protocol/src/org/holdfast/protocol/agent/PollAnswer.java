package org.holdfast.protocol.agent;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The answer to a poll.
 *
 * @param serverTime the vault's clock
 * @param policy what to do by itself from now on, or null when that has not changed
 * @param commands in the order they were given; each comes again with every poll until it is acknowledged
 * @param watch ids of jobs that somebody looks at: their progress is wanted every second, of others every 30 s
 */
public record PollAnswer(Instant serverTime, @Nullable AgentPolicy policy, List<Command> commands,
        List<String> watch) {
    /** Copies; missing lists are empty. */
    public PollAnswer {
        commands = commands == null ? List.of() : List.copyOf(commands);
        watch = watch == null ? List.of() : List.copyOf(watch);
    }
}
