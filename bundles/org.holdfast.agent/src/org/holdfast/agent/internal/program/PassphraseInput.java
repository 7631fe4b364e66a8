package org.holdfast.agent.internal.program;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.keys.FileKeyHolder;
import org.holdfast.agent.internal.keys.Strength;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.crypto.PassphrasePolicy;

/** Gets passphrases from where the person says; whoever calls wipes them. */
final class PassphraseInput {
    private final Environment environment;

    PassphraseInput(Environment environment) {
        this.environment = environment;
    }

    /** The only line of a file, which others must not be able to read. */
    char[] file(Path file) {
        try {
            return new FileKeyHolder().read(FileKeyHolder.location(file));
        } catch (IOException e) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "The passphrase cannot be read: " + e.getMessage() + ".",
                    "Give a file with the passphrase as its only line, readable for its owner alone.", e);
        }
    }

    /** Asks for a passphrase that is there. */
    char[] ask(String text) {
        return typed(text);
    }

    /** Asks for a new one, twice, and says how strong it is. */
    char[] askNew() {
        char[] first = typed("New passphrase (at least " + PassphrasePolicy.MIN_CHARACTERS + " characters): ");
        Strength strength = Strength.of(first);
        environment.err().println("Strength: " + strength.level().name().toLowerCase(Locale.ROOT) + " (about "
                + strength.bits() + " bits)");
        char[] second = typed("The same again: ");
        try {
            if (!Arrays.equals(first, second)) {
                Arrays.fill(first, '\0');
                throw new HoldfastException(Problem.INVALID_REQUEST, "The two passphrases are not the same.",
                        "Try again.");
            }
            return first;
        } finally {
            Arrays.fill(second, '\0');
        }
    }

    private char[] typed(String text) {
        char @Nullable [] answer = environment.prompt().ask(text);
        if (answer == null) {
            throw new HoldfastException(Problem.INVALID_REQUEST,
                    "No passphrase was given, and there is no terminal to ask for it.",
                    "Use --passphrase-file or --generate-passphrase.");
        }
        return answer;
    }
}
