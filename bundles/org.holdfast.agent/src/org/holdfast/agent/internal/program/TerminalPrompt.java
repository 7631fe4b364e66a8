package org.holdfast.agent.internal.program;

import org.eclipse.jdt.annotation.Nullable;

/** Asks on the terminal of this process, without showing what is typed. */
public final class TerminalPrompt implements Environment.Prompt {
    @Override
    public char @Nullable [] ask(String text) {
        var console = System.console();
        return console == null || !console.isTerminal() ? null : console.readPassword("%s", text);
    }
}
