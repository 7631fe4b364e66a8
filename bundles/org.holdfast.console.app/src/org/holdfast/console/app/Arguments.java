package org.holdfast.console.app;

import java.nio.file.Path;

/** Command line of the console. */
final class Arguments {
    private static final String VAULT = "-vault";

    private Arguments() {
    }

    /** Directory of the vault to open, absolute, or an empty text. */
    static String vault(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            if (VAULT.equals(arguments[i]) && i + 1 < arguments.length) {
                return absolute(arguments[i + 1]);
            }
            if (!arguments[i].startsWith("-") && (i == 0 || !arguments[i - 1].startsWith("-"))) {
                return absolute(arguments[i]);
            }
        }
        return "";
    }

    private static String absolute(String text) {
        return Path.of(text).toAbsolutePath().normalize().toString();
    }
}
