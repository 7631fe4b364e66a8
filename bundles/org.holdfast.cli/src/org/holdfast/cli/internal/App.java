package org.holdfast.cli.internal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.cli.CliCommand;
import org.holdfast.cli.internal.output.Json;
import org.holdfast.cli.internal.output.PipeStream;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Runs one command line: finds the command, runs it, tells failures, and says the exit code. */
public final class App {
    private final Environment environment;
    private final MoreMemory moreMemory;
    private final Commands commands;
    private final PipeStream outStream;
    private final PrintWriter out;
    private final PrintWriter err;

    /** Takes everything from the given environment. */
    public App(Environment environment) {
        this(environment, null);
    }

    /**
     * Takes everything from the given environment.
     *
     * @param moreMemory runs what needs more memory than there is, or null when that is impossible
     */
    public App(Environment environment, MoreMemory moreMemory) {
        this.environment = environment;
        this.moreMemory = moreMemory;
        commands = new Commands(environment.plugged());
        outStream = new PipeStream(environment.out());
        // Results are buffered and flushed at the end; messages appear at once.
        out = new PrintWriter(new OutputStreamWriter(new BufferedOutputStream(outStream, 1 << 16),
                StandardCharsets.UTF_8), false);
        err = new PrintWriter(new OutputStreamWriter(new PipeStream(environment.err()), StandardCharsets.UTF_8), true);
    }

    /** Runs a command line and returns its exit code; never throws. */
    public int run(List<String> arguments) {
        int code;
        try {
            code = dispatch(arguments);
        } catch (HoldfastException e) {
            code = failed(e, arguments);
        } catch (ParameterException e) {
            code = misused(e, arguments);
        } catch (OutOfMemoryError e) {
            out.flush();
            var other = moreMemory == null ? OptionalInt.empty() : moreMemory.run(arguments);
            code = other.orElseGet(() -> failed(
                    new HoldfastException(Problem.INTERNAL, "There is not enough memory.",
                            "Give the program more, for example with HOLDFAST_JAVA_OPTS=-Xmx1g.", e),
                    arguments));
        } catch (Exception | LinkageError | StackOverflowError e) {
            code = failed(new HoldfastException(Problem.INTERNAL, "Internal error: " + e,
                    arguments.contains(CommonOptions.VERBOSE) ? "Please report it with the text above."
                            : "Run it again with --verbose and report what it says.",
                    e), arguments);
        }
        out.flush();
        if (outStream.failure() != null && !outStream.closedByReader()) {
            err.println(Model.PROGRAM + ": cannot write the result: " + outStream.failure().getMessage());
            code = code == CliCommand.DONE ? CliCommand.FAILED : code;
        }
        err.flush();
        return code;
    }

    /** Runs a command line in a framework, where plug-ins bring commands; never throws. */
    public int run(Framework framework, List<String> arguments) {
        try {
            return framework.run(arguments);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CliCommand.FAILED;
        } catch (IOException | RuntimeException e) {
            return failed(new HoldfastException(Problem.INTERNAL, "The framework for plug-ins does not start: " + e,
                    "Check the installation, or empty its folder 'dropins'.", e), arguments);
        }
    }

    private int dispatch(List<String> arguments) throws Exception {
        if (arguments.equals(List.of("--version")) || arguments.equals(List.of("-V"))) {
            return version(arguments.contains(CommonOptions.JSON)); // does not need picocli
        }
        var word = commandWord(arguments);
        var candidates = word == null ? List.<CliCommand>of() : commands.startingWith(word);
        var quick = QuickParser.parse(arguments, candidates);
        if (quick != null) {
            return run(quick.command(), quick.arguments());
        }
        var line = new Model(false).commandLine(candidates.isEmpty() ? commands.all() : candidates);
        var parsed = line.parseArgs(arguments.toArray(String[]::new));
        var innermost = innermost(parsed);
        if (innermost.isUsageHelpRequested()) {
            innermost.commandSpec().commandLine().usage(out, ansi());
            return CliCommand.DONE;
        }
        if (parsed.isVersionHelpRequested()) {
            return version(parsed.hasMatchedOption(CommonOptions.JSON));
        }
        if (!(innermost.commandSpec().userObject() instanceof CliCommand command)) {
            if (arguments.isEmpty()) {
                line.usage(err, ansi());
                return CliCommand.USAGE;
            }
            throw new ParameterException(innermost.commandSpec().commandLine(), "Say which command to run.");
        }
        return run(command, Model.arguments(parsed));
    }

    private int run(CliCommand command, Arguments arguments) throws Exception {
        var call = new Invocation(environment, arguments, outStream, out, err);
        try {
            return command.run(call);
        } finally {
            call.endProgress();
        }
    }

    private int version(boolean json) {
        if (json) {
            out.flush();
            new Json(outStream).object().text("version", environment.version().get()).endObject().line();
        } else {
            out.println(Model.PROGRAM + " " + environment.version().get());
        }
        return CliCommand.DONE;
    }

    /** The first argument that is neither an option nor the value of one that may stand before the command. */
    static String commandWord(List<String> arguments) {
        Set<String> withValue = Set.of(CommonOptions.PASSPHRASE_FILE, CommonOptions.PASSPHRASE_ENV,
                CommonOptions.PASSPHRASE_FD, CommonOptions.PASSPHRASE_KEY_VAULT, CommonOptions.RECOVERY_KEY_FILE,
                CommonOptions.KEY_VAULT_KEY);
        for (int i = 0; i < arguments.size(); i++) {
            if (withValue.contains(arguments.get(i))) {
                i++;
            } else if (!arguments.get(i).startsWith("-")) {
                return arguments.get(i);
            }
        }
        return null;
    }

    private static ParseResult innermost(ParseResult parsed) {
        var result = parsed;
        while (result.hasSubcommand()) {
            result = result.subcommand();
        }
        return result;
    }

    private CommandLine.Help.Ansi ansi() {
        return environment.outTerminal() && !environment.variables().containsKey("NO_COLOR") ? CommandLine.Help.Ansi.ON
                : CommandLine.Help.Ansi.OFF;
    }

    private int misused(ParameterException e, List<String> arguments) {
        var name = e.getCommandLine().getCommandSpec().qualifiedName();
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
                && !(e.getCommandLine().getCommandSpec().userObject() instanceof CliCommand)) {
            var similar = unmatched.getSuggestions();
            var advice = similar.isEmpty() ? "'" + name + " --help' lists the commands."
                    : "Did you mean " + String.join(" or ", similar) + "?";
            return tell(Problem.INVALID_REQUEST, name, "There is no command '"
                    + (name + " " + unmatched.getUnmatched().getFirst()).substring(Model.PROGRAM.length() + 1) + "'.",
                    advice, CliCommand.USAGE, arguments);
        }
        var message = e.getMessage().endsWith(".") ? e.getMessage() : e.getMessage() + ".";
        return tell(Problem.INVALID_REQUEST, name, message, "Try '" + name + " --help'.", CliCommand.USAGE, arguments);
    }

    private int failed(HoldfastException e, List<String> arguments) {
        if (arguments.contains(CommonOptions.VERBOSE)) {
            e.printStackTrace(err);
        }
        var advice = e.problem() == Problem.CANCELLED && e.advice().isEmpty()
                ? "Nothing is lost: what was stored stays valid, and the next run goes on from there."
                : e.advice();
        int code = e.problem() == Problem.INVALID_REQUEST ? CliCommand.USAGE : CliCommand.FAILED;
        return tell(e.problem(), Model.PROGRAM, String.valueOf(e.getMessage()), advice, code, arguments);
    }

    private int tell(Problem problem, String name, String message, String advice, int code, List<String> arguments) {
        if (arguments.contains(CommonOptions.JSON)) {
            err.flush();
            new Json(new PipeStream(environment.err())).object().text("type", "error").text("problem", problem.name())
                    .text("message", message).text("advice", advice).number("exitCode", code).endObject().line();
        } else {
            err.println(name + ": " + message);
            if (!advice.isEmpty()) {
                err.println("  " + advice);
            }
        }
        return code;
    }
}
