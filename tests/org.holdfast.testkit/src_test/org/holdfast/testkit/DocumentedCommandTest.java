package org.holdfast.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

class DocumentedCommandTest {
    private static DocumentedCommand of(DocumentedCommand.Program program, boolean whole, int line, String... words) {
        return new DocumentedCommand(program, List.of(words), whole, "x.md:" + line);
    }

    @Test
    void findsThemInBlocksAndInTheText() {
        var found = DocumentedCommand.in("x.md", """
                Type `./holdfast agent check` or `holdfast login …`, not `ls` or `holdfast.target`.
                ```
                desk$ ./holdfast find /v '*.odt x' --modified-after 30d   # all of them
                web-01# sudo bin/holdfast-agent run
                $ ./holdfast vault serve \\
                    --data DIR
                holdfast points /v --json | jq -r '.[]'
                source <(holdfast completion)     # here
                holdfast listens on a port
                Holdfast, demonstrated
                ```
                """);

        assertEquals(List.of(of(DocumentedCommand.Program.AGENT, false, 1, "check"),
                of(DocumentedCommand.Program.CLI, false, 1, "login"),
                of(DocumentedCommand.Program.CLI, true, 3, "find", "/v", "*.odt x", "--modified-after", "30d"),
                of(DocumentedCommand.Program.CLI, true, 7, "points", "/v", "--json"),
                of(DocumentedCommand.Program.CLI, true, 8, "completion"),
                of(DocumentedCommand.Program.CLI, true, 9, "listens", "on", "a", "port")),
                found.stream().filter(c -> c.program() != DocumentedCommand.Program.VAULT
                        && !c.words().equals(List.of("run"))).toList());
        assertEquals(List.of(of(DocumentedCommand.Program.AGENT, true, 4, "run"),
                of(DocumentedCommand.Program.VAULT, true, 6, "serve", "--data", "DIR")),
                found.stream().filter(c -> c.place().matches("x.md:[46]")).toList());
    }
}
