package org.holdfast.vault.http.internal.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.holdfast.testkit.DocumentedCommand;
import org.junit.jupiter.api.Test;

/** Every command line of the vault node in the documents is one that it understands. */
class DocumentedCommandsTest {
    @Test
    void allAreUnderstood() {
        var failures = new ArrayList<String>();
        int count = 0;
        for (DocumentedCommand command : DocumentedCommand.all()) {
            var words = new ArrayList<>(command.words());
            if (command.program() == DocumentedCommand.Program.VAULT && !words.isEmpty() && !words.remove("--help")) {
                if (!command.whole() && !words.contains("--data")) {
                    words.addAll(List.of("--data", "DIR"));
                }
                count++;
                try {
                    ServeOptions.parse(words, "vault.example");
                } catch (IllegalArgumentException e) {
                    failures.add(command + ": " + e.getMessage());
                }
            }
        }

        assertEquals(List.of(), failures);
        assertTrue(count > 3, "only " + count + " were found");
    }
}
