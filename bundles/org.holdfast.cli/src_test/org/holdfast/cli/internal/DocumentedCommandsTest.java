package org.holdfast.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.holdfast.api.spi.cli.CliCommand;
import org.holdfast.testkit.DocumentedCommand;
import org.junit.jupiter.api.Test;

import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Every command line of the documents is one that the program understands. */
class DocumentedCommandsTest {
    /** What the start script of a clone does itself. */
    private static final Set<String> OF_THE_SCRIPT =
            Set.of("console", "test", "build", "format", "package", "trust", "trust-install", "trust-service",
                    "trust-tour", "bench", "screenshots", "simulate");

    /** Why the program would not understand a command line, or null. */
    private static String wrong(DocumentedCommand command) {
        try {
            ParseResult parsed = new Model(false).commandLine(new Commands(List.of()).all())
                    .parseArgs(command.words().toArray(String[]::new));
            Model.arguments(parsed);
            ParseResult innermost = parsed;
            while (innermost.hasSubcommand()) {
                innermost = innermost.subcommand();
            }
            boolean runs = innermost.commandSpec().userObject() instanceof CliCommand
                    || innermost.isUsageHelpRequested() || innermost.isVersionHelpRequested();
            return runs || !command.whole() ? null : "says no command";
        } catch (MissingParameterException e) {
            return command.whole() ? e.getMessage() : null;
        } catch (ParameterException e) {
            return e.getMessage();
        }
    }

    @Test
    void allAreUnderstood() throws IOException {
        String script = Files.readString(DocumentedCommand.repository().resolve("holdfast"));
        var failures = new ArrayList<String>();
        int count = 0;
        for (DocumentedCommand command : DocumentedCommand.all()) {
            if (command.program() != DocumentedCommand.Program.CLI || command.words().isEmpty()) {
                continue;
            }
            count++;
            String first = command.words().getFirst();
            if (OF_THE_SCRIPT.contains(first)) {
                assertTrue(script.contains(first), command::toString);
                continue;
            }
            String wrong = wrong(command);
            if (wrong != null) {
                failures.add(command + ": " + wrong);
            }
        }

        assertEquals(List.of(), failures);
        assertTrue(count > 60, "only " + count + " were found");
    }

    @Test
    void othersAreNot() {
        for (String line : List.of("point latest", "points", "points /v --sort time",
                "server restore web latest --into x",
                "policy assign nightly --defaults", "server list --state fine", "server")) {
            assertNotNull(wrong(command(line, true)), line);
        }
        assertNotNull(wrong(command("points --sort time", false)));
        assertNull(wrong(command("server", false)));
        assertNull(wrong(command("points", false)));
    }

    private static DocumentedCommand command(String line, boolean whole) {
        return new DocumentedCommand(DocumentedCommand.Program.CLI, List.of(line.split(" ")), whole, "here");
    }
}
