package org.holdfast.console.smoke;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The line to the program that has started the console to measure it: a line there, a line back. */
final class BenchControl implements AutoCloseable {
    private final Socket socket;
    private final PrintStream out;
    private final BufferedReader in;

    BenchControl(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        out = new PrintStream(socket.getOutputStream(), true, StandardCharsets.UTF_8);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Says something, and waits until it is done. */
    String say(String line) {
        out.println(line.replace('\n', ' '));
        try {
            return in.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A figure that was measured. */
    void figure(String name, double value) {
        say(String.format(Locale.ROOT, "figure %s %.3f", name, value));
    }

    /** A time that was measured, in milliseconds. */
    void millis(String name, long nanos) {
        figure(name, nanos / (double) TimeUnit.MILLISECONDS.toNanos(1));
    }

    /** The longest that the thread of the windows was busy, in milliseconds, and the most processor time it took. */
    void longest(String name, EventTimes.Busy busy) {
        millis(name + "-longest", busy.longest());
        millis(name + "-longest-cpu", busy.longestCpu());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
