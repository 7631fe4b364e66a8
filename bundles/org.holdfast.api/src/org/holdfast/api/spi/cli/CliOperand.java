package org.holdfast.api.spi.cli;

/**
 * An operand of a command.
 *
 * @param label what stands for it in help, unique in the command; {@code FILE}, {@code DIR}, {@code PATH} and
 *        {@code VAULT} are completed as file names
 * @param text what it is, one sentence without a full stop
 * @param min fewest times it must be given
 * @param max most times it may be given, {@link Integer#MAX_VALUE} for any number
 */
public record CliOperand(String label, String text, int min, int max) {
    /** Must be given once. */
    public static CliOperand one(String label, String text) {
        return new CliOperand(label, text, 1, 1);
    }

    /** May be given once. */
    public static CliOperand optional(String label, String text) {
        return new CliOperand(label, text, 0, 1);
    }

    /** Must be given once or more. */
    public static CliOperand some(String label, String text) {
        return new CliOperand(label, text, 1, Integer.MAX_VALUE);
    }
}
