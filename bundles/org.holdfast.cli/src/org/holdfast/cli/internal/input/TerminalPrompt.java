package org.holdfast.cli.internal.input;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Asks on the terminal of this process. The JDK's console is only there when neither input nor output is redirected;
 * where it is not, the controlling terminal is used directly, so that {@code holdfast points V --json | jq} can ask.
 */
public final class TerminalPrompt implements Prompt {
    private static final File TERMINAL = new File("/dev/tty");

    @Override
    public char[] ask(String text) {
        var console = System.console();
        if (console != null) {
            return console.readPassword("%s", text);
        }
        return File.separatorChar == '/' ? askControllingTerminal(text) : null;
    }

    private static char[] askControllingTerminal(String text) {
        var line = new byte[4096];
        try (OutputStream out = new FileOutputStream(TERMINAL); InputStream in = new FileInputStream(TERMINAL)) {
            if (!echo(false)) {
                return null;
            }
            // Ctrl-C while the echo is off must not leave the terminal without it.
            var restore = Thread.ofPlatform().name("restore-echo").unstarted(() -> echo(true));
            Runtime.getRuntime().addShutdownHook(restore);
            try {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                int n = 0;
                int b = in.read();
                while (b >= 0 && b != '\n' && n < line.length) {
                    line[n++] = (byte) b;
                    b = in.read();
                }
                out.write('\n');
                return b < 0 && n == 0 ? null : decode(line, n);
            } finally {
                echo(true);
                Runtime.getRuntime().removeShutdownHook(restore);
            }
        } catch (IOException | IllegalStateException e) {
            return null; // no terminal, or the process is ending
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    private static char[] decode(byte[] line, int length) {
        var chars = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(line, 0, length));
        var result = Arrays.copyOf(chars.array(), chars.limit());
        Arrays.fill(chars.array(), '\0');
        return result;
    }

    private static boolean echo(boolean on) {
        try {
            return new ProcessBuilder("stty", on ? "echo" : "-echo").redirectInput(TERMINAL)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
