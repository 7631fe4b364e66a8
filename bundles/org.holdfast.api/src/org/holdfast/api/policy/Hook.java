package org.holdfast.api.policy;

import java.time.Duration;
import java.util.List;

/**
 * A command that the agent runs before or after a backup. It names a file in the agent's own folder of hooks, so that
 * a vault can choose among what the server's administrator put there, and can run nothing else.
 *
 * @param command name of the file, one path segment
 * @param arguments passed as they are, without a shell
 * @param timeout 1 second to 24 hours; afterwards the command is ended and counts as failed
 * @param onFailure what a failure (exit code other than 0, timeout, missing file) means for the backup
 */
public record Hook(String command, List<String> arguments, Duration timeout, OnFailure onFailure) {
    /** What a failed command does to the backup. */
    public enum OnFailure {
        /** The backup fails; before a backup: it does not start. */
        FAIL,
        /** The backup goes on and ends with a warning. */
        WARN,
        /** Nothing. */
        IGNORE
    }

    /** Copies; a missing timeout is 10 minutes and a missing rule {@link OnFailure#FAIL}. */
    public Hook {
        command = command == null ? "" : command;
        arguments = arguments == null ? List.of() : List.copyOf(arguments);
        timeout = timeout == null ? Duration.ofMinutes(10) : timeout;
        onFailure = onFailure == null ? OnFailure.FAIL : onFailure;
    }
}
