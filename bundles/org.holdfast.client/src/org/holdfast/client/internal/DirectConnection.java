package org.holdfast.client.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import javax.net.ssl.SSLException;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.eclipse.jdt.annotation.Nullable;

/**
 * A kept connection that carries one exchange after another; what HTTP/1.1 is, Apache HttpCore knows. Used by one
 * thread at a time; anybody may {@link #abort} it.
 */
final class DirectConnection {
    private static final int PIECE = 128 << 10;
    private static final Http1Config BOUNDS =
            Http1Config.custom().setMaxLineLength(16 << 10).setMaxHeaderCount(200).build();

    private final Socket socket;
    private final BatchSocket line;
    private final DefaultBHttpClientConnection http = new DefaultBHttpClientConnection(BOUNDS);
    private volatile long progress = System.nanoTime();
    private long idleSince = System.nanoTime();
    private boolean reusable;
    private int exchanges;

    /**
     * @param socket connected; TLS is made already where there is any
     * @param line what it is made over, or the same
     */
    DirectConnection(Socket socket, BatchSocket line) throws IOException {
        this.socket = socket;
        this.line = line;
        http.bind(socket);
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
     * @param request with all its headers
     * @param body null for none; closed here
     * @param length of the body, as the headers say
     */
    Head exchange(ClassicHttpRequest request, @Nullable InputStream body, long length) throws IOException {
        exchanges++;
        reusable = false;
        progress = System.nanoTime();
        IOException broken = null;
        try (InputStream bytes = body) {
            line.hold();
            http.sendRequestHeader(request);
            if (bytes != null) {
                request.setEntity(new EntityTemplate(length, null, null, out -> send(bytes, length, out)));
                http.sendRequestEntity(request);
            }
            http.flush();
            line.release();
        } catch (SocketException | SSLException e) {
            // Who refuses a body answers before it has come, and closes; the answer says more than the broken line.
            broken = e;
        } catch (HttpException e) {
            throw new IOException("The request cannot be sent: " + e.getMessage(), e);
        }
        try {
            return head(request);
        } catch (HttpException e) {
            throw new IOException("The answer is not HTTP/1.1: " + e.getMessage(), e);
        } catch (IOException e) {
            if (broken != null) {
                broken.addSuppressed(e);
                throw broken;
            }
            throw e;
        }
    }

    private void send(InputStream bytes, long length, OutputStream out) throws IOException {
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

    private Head head(ClassicHttpRequest request) throws IOException, HttpException {
        ClassicHttpResponse response;
        do {
            response = http.receiveResponseHeader();
            progress = System.nanoTime();
        } while (response.getCode() < 200);
        boolean keep = DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, HttpCoreContext.create());
        int status = response.getCode();
        if (request.getMethod().equals("CONNECT") || status == 204 || status == 304) {
            return new Head(status, headers(response), new Body(InputStream.nullInputStream(), 0, keep));
        }
        http.receiveResponseEntity(response);
        HttpEntity entity = response.getEntity();
        return new Head(status, headers(response), entity == null
                ? new Body(InputStream.nullInputStream(), 0, keep)
                : new Body(entity.getContent(), entity.getContentLength(), keep));
    }

    private static HttpHeaders headers(ClassicHttpResponse response) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : response.getHeaders()) {
            fields.computeIfAbsent(header.getName(), n -> new ArrayList<>())
                    .add(String.valueOf(header.getValue()).strip());
        }
        return HttpHeaders.of(fields, (name, value) -> true);
    }

    /** Ends it, from any thread; who reads or writes gets an error. */
    void abort() {
        try {
            // TLS would wait for whoever is just writing, to say good-bye after him.
            line.close();
            socket.close();
        } catch (IOException e) {
            // It is of no use any more in any case.
            return;
        }
    }

    /** Notices progress, and the end, after which the connection is free. */
    private final class Body extends InputStream {
        private final InputStream in;
        private final boolean keep;
        private long left;

        /** @param length negative when only its end will tell */
        Body(InputStream in, long length, boolean keep) {
            this.in = in;
            this.keep = keep;
            left = length;
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
            int n = in.read(into, offset, length);
            progress = System.nanoTime();
            if (n < 0) {
                left = 0;
            } else if (left > 0) {
                left -= n;
            }
            end();
            return n;
        }
    }
}
