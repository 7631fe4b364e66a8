package org.holdfast.cli.internal;

import java.util.List;

import org.holdfast.api.spi.cli.CliCommand;

import picocli.AutoComplete;

/** Completion scripts. */
public final class Completion {
    private Completion() {
    }

    /** A script for bash that also works in zsh. */
    public static String script(List<CliCommand> plugged) {
        var line = new Model(true).commandLine(new Commands(plugged).all());
        return AutoComplete.bash(Model.PROGRAM, line);
    }
}
