package org.holdfast.agent.internal.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.holdfast.testkit.DocumentedCommand;
import org.junit.jupiter.api.Test;

import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** Every command line of the agent in the documents is one that it understands. */
class DocumentedCommandsTest {
    private final Program program = new Program(new Environment(System.out, System.err, text -> null, home -> {
        throw new IllegalStateException("nothing is run");
    }, new CountDownLatch(1)));

    @Test
    void allAreUnderstood() {
        var failures = new ArrayList<String>();
        int count = 0;
        for (DocumentedCommand command : DocumentedCommand.all()) {
            if (command.program() == DocumentedCommand.Program.AGENT) {
                count++;
                try {
                    program.commandLine().parseArgs(command.words().toArray(String[]::new));
                } catch (MissingParameterException e) {
                    if (command.whole()) {
                        failures.add(command + ": " + e.getMessage());
                    }
                } catch (ParameterException e) {
                    failures.add(command + ": " + e.getMessage());
                }
            }
        }

        assertEquals(List.of(), failures);
        assertTrue(count > 10, "only " + count + " were found");
    }

    @Test
    void othersAreNot() {
        assertThrows(ParameterException.class, () -> program.commandLine().parseArgs("register", "--credential", "x"));
        assertThrows(ParameterException.class, () -> program.commandLine().parseArgs("join"));
    }
}
