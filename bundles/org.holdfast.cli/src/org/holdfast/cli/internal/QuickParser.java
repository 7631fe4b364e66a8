package org.holdfast.cli.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.cli.CliCommand;
import org.holdfast.api.spi.cli.CliOption;

/**
 * Reads command lines that are beyond doubt: known options, each with its value, and as many operands as the command
 * takes. Everything else, mistakes and requests for help among it, is left to picocli. Loading picocli costs a tenth of
 * a second of processor time, because its class files are too old to be kept in a class-data archive; this way only
 * those pay for it who want to read what it has to say.
 */
final class QuickParser {
    /**
     * A command line.
     *
     * @param command the command called
     * @param arguments what it was given
     */
    record Line(CliCommand command, Arguments arguments) {
    }

    private final CliCommand command;
    private final Map<String, CliOption> options = new HashMap<>();
    private final Map<String, List<String>> values = new HashMap<>();
    private final List<String> operands = new ArrayList<>();
    /** Words of the command's name still to come. */
    private final List<String> words;

    private QuickParser(CliCommand command) {
        this.command = command;
        words = new ArrayList<>(List.of(command.name().split(" ")));
        command.options().forEach(option -> options.put(option.name(), option));
        CommonOptions.ALL.forEach(option -> options.put(option.name(), option));
        if (command.opensVault()) {
            CommonOptions.SECRETS.forEach(option -> options.put(option.name(), option));
        }
    }

    /**
     * @param arguments the whole command line
     * @param candidates the commands whose first word is in it
     * @return null for everything that is not beyond doubt
     */
    static @Nullable Line parse(List<String> arguments, List<CliCommand> candidates) {
        for (var command : candidates) {
            var result = new Arguments();
            var parser = new QuickParser(command);
            if (parser.read(arguments) && parser.assign(result)) {
                return new Line(command, result);
            }
        }
        return null;
    }

    private boolean read(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            var argument = arguments.get(i);
            if (argument.equals("--")) {
                operands.addAll(arguments.subList(i + 1, arguments.size()));
                return words.isEmpty();
            }
            if (!argument.startsWith("-")) {
                if (words.isEmpty()) {
                    operands.add(argument);
                } else if (!words.removeFirst().equals(argument)) {
                    return false;
                }
                continue;
            }
            int equals = argument.indexOf('=');
            var option = options.get(equals < 0 ? argument : argument.substring(0, equals));
            if (option == null || words.size() == 1 && command.name().contains(" ")) {
                return false;
            }
            if (option.label().isEmpty()) {
                if (equals >= 0 || values.put(option.name(), List.of()) != null) {
                    return false;
                }
            } else if (equals >= 0) {
                if (!take(option, argument.substring(equals + 1))) {
                    return false;
                }
            } else if (++i == arguments.size() || !take(option, arguments.get(i))) {
                return false;
            }
        }
        return words.isEmpty();
    }

    private boolean take(CliOption option, String value) {
        if (value.isEmpty() || value.startsWith("-")
                || !option.choices().isEmpty() && !option.choices().contains(value)) {
            return false;
        }
        var given = values.computeIfAbsent(option.name(), name -> new ArrayList<>());
        given.add(value);
        return option.repeatable() || given.size() == 1;
    }

    /** Hands everything over when the number of operands fits. */
    private boolean assign(Arguments result) {
        values.forEach(result::option);
        int next = 0;
        for (var operand : command.operands()) {
            int count = Math.min(operands.size() - next, operand.max());
            if (count < operand.min()) {
                return false;
            }
            if (count > 0) {
                result.operand(operand.label(), List.copyOf(operands.subList(next, next + count)));
            }
            next += count;
        }
        return next == operands.size();
    }
}
