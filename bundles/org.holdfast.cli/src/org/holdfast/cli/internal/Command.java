package org.holdfast.cli.internal;

import java.util.List;

import org.holdfast.api.spi.cli.CliCall;
import org.holdfast.api.spi.cli.CliCommand;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;

/** A command of ours. */
public abstract class Command implements CliCommand {
    /** The operand most commands begin with. */
    protected static final CliOperand VAULT = CliOperand.one("VAULT", "Directory of the vault");
    /** The operand that names a recovery point. */
    protected static final CliOperand POINT = CliOperand.one("POINT",
            "Recovery point: its id, the beginning of it, or 'latest'");

    private final String name;
    private final String summary;
    private final List<CliOption> options;
    private final List<CliOperand> operands;

    /** The command's description; see {@link CliCommand}. */
    protected Command(String name, String summary, List<CliOption> options, List<CliOperand> operands) {
        this.name = name;
        this.summary = summary;
        this.options = options;
        this.operands = operands;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final String summary() {
        return summary;
    }

    @Override
    public final List<CliOption> options() {
        return options;
    }

    @Override
    public final List<CliOperand> operands() {
        return operands;
    }

    @Override
    public boolean opensVault() {
        return true;
    }

    @Override
    public final int run(CliCall call) throws Exception {
        return run((Invocation) call);
    }

    /** Does the work; see {@link CliCommand#run}. */
    protected abstract int run(Invocation call) throws Exception;
}
