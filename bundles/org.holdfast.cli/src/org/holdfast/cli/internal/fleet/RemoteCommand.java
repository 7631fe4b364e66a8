package org.holdfast.cli.internal.fleet;

import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;

/** A command that asks a vault server something, with the sign-in of this user. */
final class RemoteCommand extends Command {
    /** The option that names another vault than the one of the sign-in. */
    static final String VAULT_OPTION = "--vault";

    private final List<String> examples = new ArrayList<>();
    private final List<String> description = new ArrayList<>();
    private final Work work;
    private boolean opens;

    /** What the command does. */
    @FunctionalInterface
    interface Work {
        /** See {@link Command#run}; the exit code, or throws. */
        int run(Invocation call, Remote remote) throws Exception;
    }

    private RemoteCommand(String name, String summary, List<CliOption> options, List<CliOperand> operands,
            Work work) {
        super(name, summary, options, operands);
        this.work = work;
    }

    /** A command about the whole installation. */
    static RemoteCommand of(String name, String summary, List<CliOption> options, List<CliOperand> operands,
            Work work) {
        return new RemoteCommand(name, summary, options, operands, work);
    }

    /** A command about something in one vault, which may be named. */
    static RemoteCommand inVault(String name, String summary, List<CliOption> options, List<CliOperand> operands,
            Work work) {
        var all = new ArrayList<>(options);
        all.add(CliOption.value(VAULT_OPTION, "NAME", "Vault that is meant (default: the one of the sign-in, or the"
                + " only one there is)"));
        return new RemoteCommand(name, summary, List.copyOf(all), operands, work);
    }

    /** The same with a paragraph of help. */
    RemoteCommand saying(String paragraph) {
        description.add(paragraph);
        return this;
    }

    /** The same with an example. */
    RemoteCommand example(String line) {
        examples.add(line);
        return this;
    }

    @Override
    public List<String> description() {
        return List.copyOf(description);
    }

    @Override
    public List<String> examples() {
        return List.copyOf(examples);
    }

    /** The same, for a command that takes the passphrase of a server's data. */
    RemoteCommand opening() {
        opens = true;
        return this;
    }

    @Override
    public boolean opensVault() {
        return opens;
    }

    @Override
    protected int run(Invocation call) throws Exception {
        try (var remote = Remote.open(call)) {
            int code = work.run(call, remote);
            return call.outputGone() ? FAILED : code;
        }
    }
}
