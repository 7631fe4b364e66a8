package org.holdfast.client.internal;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import javax.net.ssl.SSLSocket;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A kept connection that carries one exchange after another, HTTP/1.1 (RFC 9112) as far as we speak it: bodies have a
 * length. Used by one thread at a time; anybody may {@link #abort} it.
 */
final class DirectConnection {
    private static final int PIECE = 128 << 10;
    private static final int MAX_LINE = 16 << 10;
    private static final int MAX_HEADERS = 200;

    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private volatile long progress = System.nanoTime();
    private long idleSince = System.nanoTime();
    private boolean reusable;
    private int exchanges;

    DirectConnection(SSLSocket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
        out = socket.getOutputStream();
    }

    /** The beginning of an answer, and its body. */
    record Head(int status, HttpHeaders headers, InputStream body) {
    }

    /** Nanoseconds since bytes last went either way. */
    long silence() {
        return System.nanoTime() - progress;
    }

    /** Nanoseconds it has not been used for. */
    long idle() {
        return System.nanoTime() - idleSince;
    }

    /** Whether an exchange was done on it before. */
    boolean used() {
        return exchanges > 1;
    }

    /** Whether it can carry another exchange. */
    boolean reusable() {
        return reusable;
    }

    /**
     * Sends a request and reads the head of its answer.
     *
     * @param body null for none; closed here
     * @param length of the body, as the head says
     */
    Head exchange(String head, @Nullable InputStream body, long length) throws IOException {
        exchanges++;
        reusable = false;
        progress = System.nanoTime();
        IOException broken = null;
        try (InputStream bytes = body) {
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            if (bytes != null) {
                send(bytes, length);
            }
            out.flush();
        } catch (java.net.SocketException | javax.net.ssl.SSLException e) {
            // Who refuses a body answers before it has come, and closes; the answer says more than the broken line.
            broken = e;
        }
        try {
            return head();
        } catch (IOException e) {
            if (broken != null) {
                broken.addSuppressed(e);
                throw broken;
            }
            throw e;
        }
    }

    private void send(InputStream bytes, long length) throws IOException {
        byte[] piece = new byte[(int) Math.min(PIECE, length)];
        long left = length;
        while (left > 0) {
            int n = bytes.read(piece, 0, (int) Math.min(piece.length, left));
            if (n < 0) {
                throw new IOException("The body is shorter than was announced.");
            }
            out.write(piece, 0, n);
            progress = System.nanoTime();
            left -= n;
        }
    }

    private Head head() throws IOException {
        int status;
        do {
            String line = line();
            if (!line.startsWith("HTTP/1.1 ") || line.length() < 12) {
                throw new IOException("The answer is not HTTP/1.1.");
            }
            try {
                status = Integer.parseInt(line.substring(9, 12));
            } catch (NumberFormatException e) {
                throw new IOException("The answer has no status.", e);
            }
            if (status >= 100 && status < 200) {
                headers();
            }
        } while (status >= 100 && status < 200);
        Map<String, List<String>> fields = headers();
        HttpHeaders headers = HttpHeaders.of(fields, (name, value) -> true);
        long length = status == 204 || status == 304 ? 0 : headers.firstValueAsLong("Content-Length").orElse(-1);
        if (length < 0) {
            throw new IOException("The answer does not say how long it is.");
        }
        boolean closes = headers.firstValue("Connection").map(v -> v.equalsIgnoreCase("close")).orElse(false);
        return new Head(status, headers, new LimitedBody(length, !closes));
    }

    private Map<String, List<String>> headers() throws IOException {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon <= 0 || fields.size() > MAX_HEADERS) {
                throw new IOException("The answer has a malformed header.");
            }
            fields.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), n -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return fields;
    }

    private String line() throws IOException {
        var line = new StringBuilder(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The vault closed the connection.");
            }
            if (line.length() > MAX_LINE) {
                throw new IOException("The answer has too long a header.");
            }
            line.append((char) c);
        }
        progress = System.nanoTime();
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
    }

    /** Ends it, from any thread; who reads or writes gets an error. */
    void abort() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more in any case.
            return;
        }
    }

    private final class LimitedBody extends InputStream {
        private final boolean keep;
        private long left;

        LimitedBody(long length, boolean keep) {
            left = length;
            this.keep = keep;
            end();
        }

        private void end() {
            if (left == 0) {
                reusable = keep;
                idleSince = System.nanoTime();
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0 || length == 0) {
                return length == 0 ? 0 : -1;
            }
            int n = in.read(into, offset, (int) Math.min(length, left));
            if (n < 0) {
                throw new EOFException("The answer ended early.");
            }
            progress = System.nanoTime();
            left -= n;
            end();
            return n;
        }
    }
}
