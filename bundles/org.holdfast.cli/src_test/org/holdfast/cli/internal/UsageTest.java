package org.holdfast.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.holdfast.api.spi.cli.CliCall;
import org.holdfast.api.spi.cli.CliCommand;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, version, completion, wrong usage, commands of plug-ins. */
class UsageTest {
    private final Run cli = Run.withPassphrase();

    static Stream<CliCommand> commands() {
        return new Commands(List.of()).all().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelp(CliCommand command) {
        cli.service = null; // help must not need the engine
        var arguments = new ArrayList<>(List.of(command.name().split(" ")));
        arguments.add("--help");
        assertEquals(0, cli.run(arguments.toArray(String[]::new)));
        assertTrue(cli.out().startsWith("Usage: holdfast " + command.name() + " "), cli.out());
        assertTrue(cli.out().contains(command.summary()), cli.out());
        command.options().forEach(option -> assertTrue(cli.out().contains(option.name()), option.name()));
        command.operands().forEach(operand -> assertTrue(cli.out().contains(operand.label()), operand.label()));
        assertEquals(command.opensVault(), cli.out().contains("--passphrase-file"), cli.out());
        assertTrue(cli.out().contains("--json"), cli.out());
        cli.out().lines().forEach(line -> assertTrue(line.length() <= 100, line));
        assertFalse(cli.out().contains("%"), cli.out());
        assertEquals("", cli.err());
    }

    @Test
    void helpListsEveryCommand() {
        assertEquals(0, cli.run("--help"));
        commands().forEach(
                command -> assertTrue(cli.out().contains("  " + command.name().split(" ")[0]), command.name()));
        assertTrue(cli.out().contains("Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with warnings."), cli.out());
        assertEquals(0, cli.run("-h"));
        assertEquals(0, cli.run("recovery-key", "--help"));
        assertTrue(cli.out().contains("remove"), cli.out());
    }

    @Test
    void versions() throws IOException {
        assertEquals(0, cli.run("--version"));
        assertEquals("holdfast 1.2.3\n", cli.out());
        assertEquals(0, cli.run("-V"));
        assertEquals("holdfast 1.2.3\n", cli.out());
        assertEquals(0, cli.run("--version", "--json"));
        assertEquals("1.2.3", cli.json().get("version").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = { "bakcup /vault /data", "backup", "backup /vault", "backup /vault /data --nonsense",
            "backup /vault /data --exclude", "backup /vault /data --level 20", "backup /vault /data --level x",
            "backup /vault /data --exclude-larger-than huge", "backup /vault /data --keep-until someday",
            "backup /vault /data --exclude-file /does/not/exist", "vault", "vault crate /x", "points",
            "points /vault a b",
            "browse /vault", "find /vault", "restore /vault", "verify", "passphrase", "recovery-key", "demo a b",
            "demo /tmp --keep --clean", "completion fish", "--quiet", "find /vault x --min-size -5" })
    void wrongUsageIsExitCodeTwo(String line) throws IOException {
        assertEquals(2, cli.open(line.split(" ")), line);
        assertTrue(cli.err().startsWith("holdfast"), cli.err());
        assertEquals("", cli.out());
        assertTrue(cli.err().lines().count() >= 2, cli.err());
    }

    @Test
    void nothingAtAllShowsTheHelp() {
        assertEquals(2, cli.run());
        assertTrue(cli.err().contains("Usage: holdfast"), cli.err());
        assertEquals("", cli.out());
    }

    @Test
    void wrongUsageInJson() throws IOException {
        assertEquals(2, cli.run("backup", "--json"));
        var error = Run.JSON.readTree(cli.err());
        assertEquals("INVALID_REQUEST", error.get("problem").asText());
        assertEquals(2, error.get("exitCode").asInt());
        assertEquals("Try 'holdfast backup --help'.", error.get("advice").asText());
    }

    @Test
    void argumentsAreTakenLiterally() {
        assertEquals(0, cli.run("backup", "--passphrase-env", "PASS", "/vault", "@list", "${HOME}", "--", "--odd"));
        assertEquals(List.of("/here/@list", "/here/${HOME}", "/here/--odd"),
                cli.vaults.vault.backup.items().stream().map(Object::toString).toList());
    }

    @Test
    void completionKnowsCommandsOptionsAndChoices() {
        assertEquals(0, cli.run("completion"));
        var script = cli.out();
        for (var word : List.of("backup", "recovery-key", "--exclude-larger-than", "overwrite", "compgen -f")) {
            assertTrue(script.contains(word), word);
        }
        assertEquals(0, cli.run("completion", "zsh"));
        assertEquals(script, cli.out());
    }

    @Test
    void plugInsBringCommands() {
        cli.plugged.add(new Greeting("greet"));
        cli.plugged.add(new Greeting("backup"));
        assertEquals(3, cli.run("greet", "world", "--loud", "--times", "2"));
        assertEquals("HELLO world 2 [] null\n", cli.out());
        assertEquals(0, cli.run("greet", "--help"));
        assertTrue(cli.out().contains("Greets somebody."), cli.out());
        assertEquals(2, cli.run("greet"));
        assertEquals(2, cli.run("greet", "a", "--tone", "rude"));
        assertEquals(0, cli.run("--help"));
        assertTrue(cli.out().contains("greet"), cli.out());
        assertEquals(0, cli.open("backup", "/vault", "/data"), "ours cannot be replaced");
        assertEquals(0, cli.run("completion"));
        assertTrue(cli.out().contains("greet"));
    }

    /** A command as another bundle would write it. */
    private record Greeting(String name) implements CliCommand {
        @Override
        public String summary() {
            return "Greets somebody";
        }

        @Override
        public List<CliOption> options() {
            return List.of(CliOption.flag("--loud", "In capitals"), CliOption.value("--times", "N", "How often"),
                    CliOption.choice("--tone", "TONE", "How", List.of("kind", "formal")));
        }

        @Override
        public List<CliOperand> operands() {
            return List.of(CliOperand.one("WHO", "Whom to greet"));
        }

        @Override
        public int run(CliCall call) {
            call.out().println((call.flag("--loud") ? "HELLO " : "hello ") + call.operand("WHO") + " "
                    + call.value("--times") + " " + call.values("--none") + " " + call.operand("NONE"));
            return WARNINGS;
        }
    }
}
