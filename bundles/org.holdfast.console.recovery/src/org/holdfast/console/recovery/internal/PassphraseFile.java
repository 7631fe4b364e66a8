package org.holdfast.console.recovery.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/** A passphrase kept in a file, for consoles that are started by a program. */
final class PassphraseFile {
    private static final String VARIABLE = "HOLDFAST_PASSPHRASE_FILE";

    private PassphraseFile() {
    }

    /** The file named by the environment, if there is one. */
    static Optional<Path> ofEnvironment() {
        String name = System.getenv(VARIABLE);
        return name == null || name.isBlank() ? Optional.empty() : Optional.of(Path.of(name));
    }

    /** Reads the passphrase: all of the file but a line end after it. */
    static char[] read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "The passphrase file '" + file
                    + "' cannot be read.", "Check " + VARIABLE + '.', e);
        }
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        int length = text.length();
        while (length > 0 && (text.charAt(length - 1) == '\n' || text.charAt(length - 1) == '\r')) {
            length--;
        }
        char[] passphrase = new char[length];
        text.get(passphrase);
        Arrays.fill(bytes, (byte) 0);
        if (text.hasArray()) {
            Arrays.fill(text.array(), '\0');
        }
        return passphrase;
    }
}
