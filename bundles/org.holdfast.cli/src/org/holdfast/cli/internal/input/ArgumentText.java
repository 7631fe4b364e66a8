package org.holdfast.cli.internal.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Arguments as text that loses no byte. The virtual machine decodes arguments by the locale, which in a service or a
 * cron job is often plain ASCII, and file names need not be valid in any encoding. Bytes that are not UTF-8 become the
 * lone surrogates U+DC80..U+DCFF, as Python does it (PEP 383), and become the same bytes again in {@link #bytes}.
 */
public final class ArgumentText {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private ArgumentText() {
    }

    /** The arguments of this process as they were given, where the system tells; else those the machine decoded. */
    public static List<String> ofProcess(String[] decoded) {
        for (String argument : decoded) {
            if (isDoubtful(argument)) {
                return exact(decoded);
            }
        }
        return List.of(decoded);
    }

    private static List<String> exact(String[] decoded) {
        try {
            return last(Files.readAllBytes(COMMAND_LINE), decoded);
        } catch (IOException e) {
            return List.of(decoded); // not Linux
        }
    }

    /** The last arguments of a command line in which each ends with a zero byte. */
    static List<String> last(byte[] commandLine, String[] decoded) {
        var all = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                all.add(text(commandLine, start, i));
                start = i + 1;
            }
        }
        if (all.size() < decoded.length) {
            return List.of(decoded);
        }
        var exact = all.subList(all.size() - decoded.length, all.size());
        for (int i = 0; i < decoded.length; i++) {
            // A launcher may have taken arguments out of the middle: then these are not ours.
            if (!isDoubtful(decoded[i]) && !decoded[i].equals(exact.get(i))) {
                return List.of(decoded);
            }
        }
        return List.copyOf(exact);
    }

    /** Whether the machine may have lost something: it decodes bytes it cannot to '?' (in ASCII) or U+FFFD. */
    private static boolean isDoubtful(String argument) {
        for (int i = 0; i < argument.length(); i++) {
            if (argument.charAt(i) >= 0x80 || argument.charAt(i) == '?') {
                return true;
            }
        }
        return false;
    }

    /** Decodes UTF-8; every byte that is not part of valid UTF-8 becomes a lone surrogate. */
    public static String text(byte[] raw) {
        return text(raw, 0, raw.length);
    }

    private static String text(byte[] raw, int from, int to) {
        var out = new StringBuilder(to - from);
        int i = from;
        while (i < to) {
            int length = sequence(raw, i, to);
            if (length == 0) {
                out.append((char) (0xdc00 | raw[i++] & 0xff));
            } else {
                out.append(new String(raw, i, length, StandardCharsets.UTF_8));
                i += length;
            }
        }
        return out.toString();
    }

    /** Length of the valid UTF-8 sequence at a position, 0 when there is none. */
    private static int sequence(byte[] raw, int at, int to) {
        int first = raw[at] & 0xff;
        int length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
        if (length <= 1) {
            return length;
        }
        if (at + length > to) {
            return 0;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw, at, length));
            return length;
        } catch (CharacterCodingException e) {
            return 0;
        }
    }

    /** The bytes {@link #text} was made of. */
    public static byte[] bytes(String text) {
        boolean escaped = false;
        for (int i = 0; i < text.length() && !escaped; i++) {
            escaped = isEscape(text, i);
        }
        if (!escaped) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        var out = new ByteArrayOutputStream(text.length());
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isEscape(text, i)) {
                out.writeBytes(text.substring(start, i).getBytes(StandardCharsets.UTF_8));
                out.write(text.charAt(i) & 0xff);
                start = i + 1;
            }
        }
        out.writeBytes(text.substring(start).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static boolean isEscape(String text, int at) {
        char c = text.charAt(at);
        return c >= 0xdc80 && c <= 0xdcff && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
