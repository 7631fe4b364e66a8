package org.holdfast.cli.internal;

import java.io.File;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.holdfast.api.spi.cli.CliCommand;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * Turns descriptions of commands into picocli's model and its results into {@link Arguments}. The model is built by
 * hand and only for the command that is called: reading annotations of all commands would double the start-up time.
 */
final class Model {
    static final String PROGRAM = "holdfast";
    private static final Set<String> PATHS = Set.of("FILE", "DIR", "PATH", "VAULT");

    private final boolean forCompletion;

    /** @param forCompletion whether to mark what is to be completed as file names */
    Model(boolean forCompletion) {
        this.forCompletion = forCompletion;
    }

    /** A command line that knows the given commands. */
    CommandLine commandLine(List<CliCommand> commands) {
        var root = CommandSpec.create().name(PROGRAM);
        root.usageMessage()
                .description("Encrypted, deduplicated backups: create vaults, back up, browse, restore, verify.");
        root.addOption(OptionSpec.builder("-V", "--version").versionHelp(true).arity("0").type(boolean.class)
                .description("Show the version.").build());
        common(root, true);
        Map<String, CommandSpec> groups = new HashMap<>();
        for (var command : commands) {
            var words = command.name().split(" ");
            var parent = root;
            var path = "";
            for (int i = 0; i < words.length - 1; i++) {
                path = path.isEmpty() ? words[i] : path + " " + words[i];
                var group = groups.get(path);
                if (group == null) {
                    group = group(words[i], path);
                    groups.put(path, group);
                    parent.addSubcommand(words[i], group);
                }
                parent = group;
            }
            var last = words[words.length - 1];
            parent.addSubcommand(last, spec(last, command));
        }
        root.usageMessage().synopsisSubcommandLabel("COMMAND").footer("",
                "'" + PROGRAM + " COMMAND --help' tells more about a command.",
                "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with warnings.");
        var line = new CommandLine(root);
        // A path may begin with '@', and a value may look like a variable: take everything as it was typed.
        return line.setExpandAtFiles(false).setInterpolateVariables(false).setUsageHelpWidth(100);
    }

    private static CommandSpec group(String name, String path) {
        var spec = CommandSpec.create().name(name);
        spec.usageMessage().description(Commands.groupSummary(path)).synopsisSubcommandLabel("COMMAND");
        spec.addOption(help());
        return spec;
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help").usageHelp(true).arity("0").type(boolean.class)
                .description("Show this help.").build();
    }

    private void common(CommandSpec spec, boolean secrets) {
        spec.addOption(help());
        if (secrets) {
            CommonOptions.SECRETS.forEach(option -> spec.addOption(option(option)));
        }
        CommonOptions.ALL.forEach(option -> spec.addOption(option(option)));
    }

    private CommandSpec spec(String name, CliCommand command) {
        var spec = CommandSpec.wrapWithoutInspection(command).name(name);
        var usage = spec.usageMessage();
        usage.abbreviateSynopsis(command.options().size() > 6).sortOptions(false).sortSynopsis(false);
        var text = new ArrayList<String>();
        text.add(sentence(command.summary()));
        for (var paragraph : command.description()) {
            text.add("");
            text.add(escape(paragraph));
        }
        text.add("");
        usage.description(text.toArray(String[]::new));
        if (!command.examples().isEmpty()) {
            var footer = new ArrayList<>(List.of("", "Examples:"));
            command.examples().forEach(example -> footer.add("  " + PROGRAM + " " + escape(example)));
            usage.footer(footer.toArray(String[]::new));
        }
        int index = 0;
        for (var operand : command.operands()) {
            spec.addPositional(operand(operand, index++));
        }
        command.options().forEach(option -> spec.addOption(option(option)));
        common(spec, command.opensVault());
        return spec;
    }

    private Class<?> type(String label) {
        return forCompletion && PATHS.contains(label) ? File.class : String.class;
    }

    private OptionSpec option(CliOption option) {
        var builder = OptionSpec.builder(option.name()).description(sentence(option.text()));
        if (option.label().isEmpty()) {
            return builder.arity("0").type(boolean.class).build();
        }
        if (!option.choices().isEmpty()) {
            builder.completionCandidates(option.choices());
        }
        builder.arity("1").paramLabel(option.label());
        return option.repeatable() ? builder.type(List.class).auxiliaryTypes(type(option.label())).build()
                : builder.type(type(option.label())).build();
    }

    private PositionalParamSpec operand(CliOperand operand, int index) {
        var builder = PositionalParamSpec.builder().paramLabel(operand.label()).description(sentence(operand.text()))
                .required(operand.min() > 0);
        if (operand.max() > 1) {
            return builder.index(index + "..*").type(List.class).auxiliaryTypes(type(operand.label()))
                    .arity(operand.min() + ".." + (operand.max() == Integer.MAX_VALUE ? "*" : operand.max())).build();
        }
        return builder.index(Integer.toString(index)).type(type(operand.label()))
                .arity(operand.min() == 0 ? "0..1" : "1").build();
    }

    private static String sentence(String text) {
        return escape(text.endsWith(".") ? text : text + ".");
    }

    /** Descriptions are formats to picocli. */
    private static String escape(String text) {
        return text.replace("%", "%%");
    }

    /**
     * What was given, from the innermost command outwards.
     *
     * @throws CommandLine.ParameterException when a value is not one of the allowed ones
     */
    static Arguments arguments(ParseResult root) {
        var result = new Arguments();
        for (var level = root; level != null; level = level.hasSubcommand() ? level.subcommand() : null) {
            for (var option : level.matchedOptions()) {
                var given = option.originalStringValues();
                result.option(option.longestName(), option.arity().max() == 0 ? List.of() : List.copyOf(given));
                check(level, option, given);
            }
            for (var operand : level.matchedPositionals()) {
                result.operand(operand.paramLabel(), List.copyOf(operand.originalStringValues()));
            }
        }
        return result;
    }

    private static void check(ParseResult level, OptionSpec option, List<String> given) {
        if (option.completionCandidates() == null || option.arity().max() == 0) {
            return;
        }
        var allowed = new ArrayList<String>();
        option.completionCandidates().forEach(allowed::add);
        for (var value : given) {
            if (!allowed.contains(value)) {
                throw new CommandLine.ParameterException(level.commandSpec().commandLine(), "Invalid value for "
                        + option.longestName() + ": '" + value + "'. Give one of " + String.join(", ", allowed) + ".");
            }
        }
    }
}
