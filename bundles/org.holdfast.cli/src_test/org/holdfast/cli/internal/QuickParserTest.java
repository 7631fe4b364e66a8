package org.holdfast.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine.ParameterException;

/** Both parsers understand a line in the same way, or the quick one leaves it alone. */
class QuickParserTest {
    private static final Commands COMMANDS = new Commands(List.of());

    private static QuickParser.Line quick(List<String> line) {
        var word = App.commandWord(line);
        return word == null ? null : QuickParser.parse(line, COMMANDS.startingWith(word));
    }

    /** What picocli makes of a line; null for a mistake or a request for help. */
    private static QuickParser.Line thorough(List<String> line) {
        try {
            var parsed = new Model(false).commandLine(COMMANDS.startingWith(App.commandWord(line)))
                    .parseArgs(line.toArray(String[]::new));
            var arguments = Model.arguments(parsed);
            while (parsed.hasSubcommand()) {
                parsed = parsed.subcommand();
            }
            return parsed.isUsageHelpRequested()
                    || !(parsed.commandSpec().userObject() instanceof org.holdfast.api.spi.cli.CliCommand command)
                            ? null
                            : new QuickParser.Line(command, arguments);
        } catch (ParameterException e) {
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "demo", "demo /tmp --clean", "vault create /v", "vault info /v --json",
            "backup /v a b c --exclude x --exclude=y --level 3 --json", "--json --passphrase-file f backup /v a",
            "points /v", "points /v latest", "browse /v p", "browse /v p a --recursive",
            "restore /v p --to d --if-exists skip",
            "verify --read-data /v", "retain /v --daily 1", "recovery-key create /v --output o",
            "backup /v -- --odd -x",
            "passphrase change /v --new-passphrase-fd=3", "completion zsh", "backup --exclude=a=b /v c" })
    void plainLinesAreRead(String text) {
        var line = List.of(text.split(" "));
        var quick = quick(line);
        assertNotNull(quick, "left to picocli");
        var thorough = thorough(line);
        assertEquals(thorough.command().name(), quick.command().name());
        assertEquals(thorough.arguments(), quick.arguments());
    }

    @ParameterizedTest
    @ValueSource(strings = { "backup", "backup /v", "backup --help", "points /v a b", "points /v --nonsense",
            "backup /v a --exclude", "backup /v a --exclude --json", "backup /v a --json --json",
            "backup /v a --level 1 --level 2",
            "backup /v a --json=true", "restore /v p --to d --if-exists guess", "vault", "vault crate /v",
            "vault --json create /v", "bakcup /v a", "backup /v a -x", "backup /v a --exclude=",
            "demo --passphrase-file f" })
    void doubtfulLinesAreLeftAlone(String text) {
        assertNull(quick(List.of(text.split(" "))));
    }

    @Test
    void theyNeverDisagree() {
        var words =
                List.of("backup", "points", "vault", "create", "restore", "/v", "a", "latest", "--json", "--exclude",
                        "--exclude=x", "--to", "--to=d", "--", "-x", "--if-exists", "skip", "--help",
                        "--passphrase-file", "--quiet", "=",
                        "--read-data", "--level", "3");
        var random = new Random(7);
        int read = 0;
        for (int i = 0; i < 4000; i++) {
            var line = new ArrayList<String>();
            line.add(words.get(random.nextInt(5)));
            for (int n = random.nextInt(7); n > 0; n--) {
                line.add(words.get(random.nextInt(words.size())));
            }
            var quick = quick(line);
            if (quick != null) {
                read++;
                var thorough = thorough(line);
                assertNotNull(thorough, () -> "picocli refuses " + line);
                assertSame(quick.command().getClass(), thorough.command().getClass(), line::toString);
                assertEquals(thorough.arguments(), quick.arguments(), line::toString);
            }
        }
        assertTrue(read > 100, "only " + read + " lines were read");
    }
}
