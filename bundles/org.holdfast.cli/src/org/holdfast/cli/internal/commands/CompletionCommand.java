package org.holdfast.cli.internal.commands;

import java.util.List;

import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Completion;
import org.holdfast.cli.internal.Invocation;

/** {@code completion}: writes a completion script for a shell. */
public final class CompletionCommand extends Command {
    /** The command. */
    public CompletionCommand() {
        super("completion", "Write a completion script for bash or zsh", List.of(), List.of(
                CliOperand.optional("SHELL", "bash or zsh; the script is the same")));
    }

    @Override
    public boolean opensVault() {
        return false;
    }

    @Override
    public List<String> examples() {
        return List.of("completion > ~/.local/share/bash-completion/completions/holdfast");
    }

    @Override
    protected int run(Invocation call) {
        var shell = call.operand("SHELL");
        if (shell != null && !shell.equals("bash") && !shell.equals("zsh")) {
            throw Invocation.usage("There is a completion script for bash and zsh, not for '" + shell + "'.");
        }
        call.out().print(Completion.script(call.environment().plugged()));
        return DONE;
    }
}
