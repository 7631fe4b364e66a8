package org.holdfast.api.spi.cli;

import java.util.List;

import org.osgi.annotation.versioning.ConsumerType;

/** A command of the command line. Registered as a service; {@link #name()} must be unique. */
@ConsumerType
public interface CliCommand {
    /** Exit code: done. */
    int DONE = 0;
    /** Exit code: failed; nothing usable came of it. */
    int FAILED = 1;
    /** Exit code: the command line makes no sense. */
    int USAGE = 2;
    /** Exit code: done, but something was skipped or handled in part. */
    int WARNINGS = 3;

    /** What is typed: one word, or two when it belongs to a group ({@code vault create}). */
    String name();

    /** One line for the list of commands, without a full stop. */
    String summary();

    /** Paragraphs for the command's help, below the synopsis; may be empty. */
    default List<String> description() {
        return List.of();
    }

    /** Complete command lines that show its use, without the program's name; may be empty. */
    default List<String> examples() {
        return List.of();
    }

    /** Options besides those every command has. */
    List<CliOption> options();

    /** Operands in their order; only the last may be repeatable. */
    List<CliOperand> operands();

    /** Whether the options that tell where the passphrase comes from apply. */
    default boolean opensVault() {
        return false;
    }

    /**
     * Does the work.
     *
     * @return the exit code, one of the constants here
     * @throws org.holdfast.api.HoldfastException for a failure the person is told about; exit code 1, or 2 with
     *         {@link org.holdfast.api.Problem#INVALID_REQUEST}
     * @throws Exception for anything else; told as a failure, with the stack in verbose mode
     */
    int run(CliCall call) throws Exception;
}
