package org.holdfast.cli.internal.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/**
 * Fetches passphrases and recovery keys from where the person said. Every array made on the way is wiped; the result
 * is the caller's to wipe.
 */
public final class Secrets {
    /** Longest secret read, in bytes: more is some other file. */
    private static final int MAX_BYTES = 4096;

    private final Map<String, String> variables;
    private final InputStream standardInput;
    private final Prompt prompt;

    /** Reads from the given environment, standard input and terminal. */
    public Secrets(Map<String, String> variables, InputStream standardInput, Prompt prompt) {
        this.variables = variables;
        this.standardInput = standardInput;
        this.prompt = prompt;
    }

    /** The only line of a file. */
    public char[] file(Path file) {
        try (var in = Files.newInputStream(file)) {
            return decode(read(in, false), "The file '" + file + "'");
        } catch (NoSuchFileException e) {
            throw denied("There is no file '" + file + "'.", "Give the file that holds the passphrase or key.", e);
        } catch (IOException e) {
            throw denied("Cannot read '" + file + "': " + e.getMessage(), "Check the file and its permissions.", e);
        }
    }

    /** The value of an environment variable. */
    public char[] variable(String name) {
        var value = variables.get(name);
        if (value == null || value.isEmpty()) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "The environment variable " + name + " is not set.",
                    "Set and export it, or use another source for the passphrase.");
        }
        return value.toCharArray();
    }

    /** The first line that comes from a descriptor this process inherited. */
    public char[] descriptor(int number) {
        if (number == 0) {
            try {
                return decode(read(standardInput, true), "The standard input");
            } catch (IOException e) {
                throw denied("Cannot read the standard input: " + e.getMessage(), "", e);
            }
        }
        for (var folder : new String[] { "/proc/self/fd", "/dev/fd" }) {
            var file = Path.of(folder, Integer.toString(number));
            if (Files.exists(file)) {
                try (var in = Files.newInputStream(file)) {
                    return decode(read(in, true), "The descriptor " + number);
                } catch (IOException e) {
                    throw denied("Cannot read the descriptor " + number + ": " + e.getMessage(), "", e);
                }
            }
        }
        throw new HoldfastException(Problem.INVALID_REQUEST, "The descriptor " + number + " is not open.",
                "Open it for reading, for example with " + number + "<file.");
    }

    /** Asks the person. */
    public char[] ask(String text) {
        var answer = prompt.ask(text);
        if (answer == null) {
            throw new HoldfastException(Problem.INVALID_REQUEST,
                    "No passphrase was given, and there is no terminal to ask"
                            + " for it.",
                    "Use --passphrase-file, --passphrase-env, --passphrase-fd or the variable"
                            + " HOLDFAST_PASSPHRASE_FILE.");
        }
        return answer;
    }

    /** Asks for a new secret twice. */
    public char[] askTwice(String text, String again) {
        var first = ask(text);
        var second = new char[0];
        try {
            second = ask(again);
            if (!Arrays.equals(first, second)) {
                throw new HoldfastException(Problem.INVALID_REQUEST, "The two passphrases are not the same.",
                        "Try again.");
            }
            return first.clone();
        } finally {
            Arrays.fill(first, '\0');
            Arrays.fill(second, '\0');
        }
    }

    private static byte[] read(InputStream in, boolean oneLine) throws IOException {
        var buffer = new byte[MAX_BYTES + 1];
        int n = 0;
        try {
            while (n < buffer.length) {
                // A terminal or pipe may stay open after the line, so a line is read byte by byte.
                int got = in.read(buffer, n, oneLine ? 1 : buffer.length - n);
                if (got < 0 || oneLine && buffer[n] == '\n') {
                    break;
                }
                n += got;
            }
            if (n > MAX_BYTES) {
                throw new HoldfastException(Problem.INVALID_REQUEST,
                        "A passphrase has at most " + MAX_BYTES + " bytes.",
                        "Give the source that holds the passphrase and nothing else.");
            }
            return Arrays.copyOf(buffer, n);
        } finally {
            Arrays.fill(buffer, (byte) 0);
        }
    }

    private static char[] decode(byte[] raw, String source) {
        CharBuffer chars = null;
        try {
            int n = raw.length;
            if (n > 0 && raw[n - 1] == '\n') {
                n--;
            }
            if (n > 0 && raw[n - 1] == '\r') {
                n--;
            }
            chars = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw, 0, n));
            var result = Arrays.copyOf(chars.array(), chars.limit());
            for (char c : result) {
                if (c == '\n') {
                    Arrays.fill(result, '\0');
                    throw new HoldfastException(Problem.INVALID_REQUEST, source + " has more than one line.",
                            "It must hold the passphrase or key and nothing else.");
                }
            }
            if (result.length == 0) {
                throw new HoldfastException(Problem.INVALID_REQUEST, source + " is empty.",
                        "It must hold the passphrase or key.");
            }
            return result;
        } catch (CharacterCodingException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, source + " is not UTF-8 text.",
                    "It must hold the passphrase or key and nothing else.");
        } finally {
            Arrays.fill(raw, (byte) 0);
            if (chars != null && chars.hasArray()) {
                Arrays.fill(chars.array(), '\0');
            }
        }
    }

    private static HoldfastException denied(String message, String advice, IOException cause) {
        return new HoldfastException(Problem.ACCESS_DENIED, message, advice, cause);
    }
}
