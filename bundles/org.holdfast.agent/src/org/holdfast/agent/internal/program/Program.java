package org.holdfast.agent.internal.program;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.holdfast.agent.internal.home.ProgramVersion;
import org.holdfast.agent.internal.jobs.Failures;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.protocol.common.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs one command line. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with warnings. */
@Command(name = "holdfast-agent", mixinStandardHelpOptions = true, versionProvider = Program.Version.class,
        description = "The agent of a protected server.", subcommands = {
                RunCommand.class, RegisterCommand.class,
                UnregisterCommand.class, CheckCommand.class, StatusCommand.class, BackupCommand.class,
                RestoreCommand.class, PointsCommand.class, JobCommands.Cancel.class, JobCommands.Pause.class,
                JobCommands.Resume.class, SeedCommand.class, CacheCommand.class, PassphraseCommand.class,
                HelpCommand.class },
        exitCodeListHeading = "%nExit codes:%n", exitCodeList = { "0:done", "1:failed",
                "2:wrong usage, nothing was done", "3:done with warnings" })
public final class Program {
    /** Done. */
    public static final int DONE = 0;
    /** Failed. */
    public static final int FAILED = 1;
    /** Wrong usage. */
    public static final int USAGE = 2;
    /** Done, but not everything. */
    public static final int WARNINGS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Program.class);

    private final Environment environment;

    /** @param environment of the process */
    public Program(Environment environment) {
        this.environment = environment;
    }

    /** Version of the program. */
    public static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] { "holdfast-agent " + ProgramVersion.full() };
        }
    }

    /** Runs a command line and returns its exit code; never throws. */
    public int run(List<String> arguments) {
        var out = new PrintWriter(environment.out(), true, StandardCharsets.UTF_8);
        var err = new PrintWriter(environment.err(), true, StandardCharsets.UTF_8);
        var line = commandLine().setOut(out).setErr(err).setParameterExceptionHandler(this::misused)
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, arguments));
        line.setExecutionStrategy(parsed -> execute(line, parsed));
        return line.execute(arguments.toArray(String[]::new));
    }

    /** All commands and their options. */
    CommandLine commandLine() {
        return new CommandLine(this, new Factory()).setExpandAtFiles(false).setCaseInsensitiveEnumValuesAllowed(true);
    }

    private int execute(CommandLine line, ParseResult parsed) {
        if (!parsed.hasSubcommand() && !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()) {
            line.usage(line.getErr());
            return USAGE;
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private int misused(ParameterException e, String[] arguments) {
        return tell(e.getMessage().endsWith(".") ? e.getMessage() : e.getMessage() + ".",
                "Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.", "invalid-request", USAGE,
                List.of(arguments));
    }

    private int failed(Exception e, List<String> arguments) {
        LOG.debug("failed", e);
        if (e instanceof HoldfastException known) {
            return tell(String.valueOf(known.getMessage()), known.advice(), Failures.code(known.problem()),
                    known.problem() == Problem.INVALID_REQUEST ? USAGE : FAILED, arguments);
        }
        if (e instanceof IOException || e instanceof UncheckedIOException) {
            return tell("Reading or writing failed: " + e.getMessage() + ".", "", "internal", FAILED, arguments);
        }
        LOG.error("Internal error", e);
        return tell("Internal error: " + e + ".", "Please report it with the agent's log.", "internal", FAILED,
                arguments);
    }

    private int tell(String message, String advice, String code, int exitCode, List<String> arguments) {
        if (arguments.contains("--json")) {
            environment.err().println(Json.text(Map.of("type", "error", "problem", code, "message", message, "advice",
                    advice, "exitCode", exitCode)));
        } else {
            environment.err().println("holdfast-agent: " + message);
            if (!advice.isEmpty()) {
                environment.err().println("  " + advice);
            }
        }
        return exitCode;
    }

    /** Gives commands their environment. */
    private final class Factory implements IFactory {
        private final IFactory standard = CommandLine.defaultFactory();

        @Override
        public <K> K create(Class<K> type) throws Exception {
            K made = standard.create(type);
            if (made instanceof AgentCommand command) {
                command.environment(environment);
            }
            return made;
        }
    }
}
