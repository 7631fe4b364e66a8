package org.holdfast.agent.install.internal.ssh;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.Outcome;
import org.holdfast.agent.install.internal.StepFailedException;

/** A host that let us in. One command at a time. */
public final class SshHost implements AutoCloseable {
    /** What a command says when it wants its input. */
    public static final String READY = "@ready";

    private static final Duration OPEN = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 100;

    private final ClientSession session;
    private final @Nullable AutoCloseable way;

    /** Gives a command its input. */
    @FunctionalInterface
    public interface Feed {
        /** Nothing. */
        Feed NONE = out -> {
        };

        /** Writes it; the stream is closed afterwards. */
        void write(OutputStream out) throws IOException, StepFailedException;
    }

    /** @param way what else ends with the session, or null */
    SshHost(ClientSession session, @Nullable AutoCloseable way) {
        this.session = session;
        this.way = way;
    }

    /** The key it showed, which is known by now. */
    public PublicKey key() {
        return session.getServerKey();
    }

    /**
     * Runs a command.
     *
     * @param first what it gets at once
     * @param feed what it gets when it says {@link #READY}
     * @param lines told what it says, line by line, by any thread
     * @param within how long it may take
     * @return its exit code
     */
    public int run(String command, byte[] first, Feed feed, Consumer<String> lines, Duration within)
            throws StepFailedException {
        var ready = new CountDownLatch(1);
        Consumer<String> sink = line -> {
            if (line.equals(READY)) {
                ready.countDown();
            } else {
                lines.accept(line);
            }
        };
        try (var out = new LineStream(sink);
                var err = new LineStream(lines);
                ChannelExec channel = session.createExecChannel(command)) {
            channel.setOut(out);
            channel.setErr(err);
            channel.open().verify(OPEN);
            OutputStream in = channel.getInvertedIn();
            long until = System.nanoTime() + within.toNanos();
            try {
                in.write(first);
                in.flush();
                if (feed != Feed.NONE && awaitReady(channel, ready, until)) {
                    feed.write(in);
                }
                in.close();
            } catch (IOException e) {
                // It may have ended without wanting any more; its exit code tells.
                if (!session.isOpen()) {
                    throw e;
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
            var events = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), Math.max(1, left));
            if (events.contains(ClientChannelEvent.TIMEOUT)) {
                throw new StepFailedException(Outcome.CONNECTION_LOST, "it did not finish within " + within.toSeconds()
                        + " seconds", "Look at the host, then try again.");
            }
            Integer code = channel.getExitStatus();
            if (code == null && channel.getExitSignal() == null) {
                throw lost(null);
            }
            return code == null ? -1 : code;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    private static boolean awaitReady(ChannelExec channel, CountDownLatch ready, long until)
            throws StepFailedException {
        try {
            while (System.nanoTime() < until) {
                if (ready.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
                if (channel.isClosing() || channel.isClosed()) {
                    return ready.getCount() == 0;
                }
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailedException(Outcome.STOPPED, "it was stopped", "", e);
        }
    }

    private static StepFailedException lost(@Nullable IOException e) {
        return new StepFailedException(Outcome.CONNECTION_LOST, "the connection broke"
                + (e == null ? "" : ": " + e.getMessage()), "Try again; it goes on where it was.", e);
    }

    @Override
    public void close() {
        session.close(true);
        if (way != null) {
            try {
                way.close();
            } catch (Exception e) {
                // The port is gone with its session then.
            }
        }
    }

    /** Makes lines of bytes. */
    private static final class LineStream extends OutputStream {
        private static final int LONGEST = 64 * 1024;
        private final Consumer<String> sink;
        private final java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();

        LineStream(Consumer<String> sink) {
            this.sink = sink;
        }

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                end();
            } else if (b != '\r' && line.size() < LONGEST) {
                line.write(b);
            }
        }

        private void end() {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            sink.accept(text);
        }

        @Override
        public synchronized void close() {
            if (line.size() > 0) {
                end();
            }
        }
    }
}
