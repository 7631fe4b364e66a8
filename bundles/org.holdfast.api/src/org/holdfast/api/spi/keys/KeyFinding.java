package org.holdfast.api.spi.keys;

/**
 * What a look at a safe place has found.
 *
 * @param name stable, lower case with hyphens
 * @param level how good it is
 * @param detail what was found, for people
 * @param remedy what to do, empty when all is well
 */
public record KeyFinding(String name, Level level, String detail, String remedy) {
    /** How good it is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** It works, and should be better. */
        WARNING,
        /** No passphrase can be kept there like that. */
        FAILED
    }
}
