package org.holdfast.api.spi.cli;

import java.util.List;

/**
 * An option of a command.
 *
 * @param name long name with its dashes, {@code --exclude}
 * @param label what stands for the value in help, empty for a flag; {@code FILE}, {@code DIR}, {@code PATH} and
 *        {@code VAULT} are completed as file names
 * @param text what it does, one sentence without a full stop
 * @param repeatable whether it may be given more than once
 * @param choices the only values allowed, empty for any
 */
public record CliOption(String name, String label, String text, boolean repeatable, List<String> choices) {
    /** An option that is given or not. */
    public static CliOption flag(String name, String text) {
        return new CliOption(name, "", text, false, List.of());
    }

    /** An option with one value. */
    public static CliOption value(String name, String label, String text) {
        return new CliOption(name, label, text, false, List.of());
    }

    /** An option that may be given more than once, each time with one value. */
    public static CliOption list(String name, String label, String text) {
        return new CliOption(name, label, text, true, List.of());
    }

    /** An option with one of a few values. */
    public static CliOption choice(String name, String label, String text, List<String> choices) {
        return new CliOption(name, label, text, false, List.copyOf(choices));
    }
}
