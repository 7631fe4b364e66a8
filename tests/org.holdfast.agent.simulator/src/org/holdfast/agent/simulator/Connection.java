package org.holdfast.agent.simulator;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.common.ProblemBody;

/**
 * One HTTP/1.1 connection over TLS (RFC 9112), for one thread at a time. A client of a library keeps a pool, threads
 * and buffers for each identity, which nobody can afford ten thousand times; this is a socket and nothing else. It is
 * made when it is first used and made anew after a failure.
 */
final class Connection implements AutoCloseable {
    private static final int LONGEST_HEAD = 16 << 10;

    private final List<Endpoint> endpoints;
    private final SSLContext context;
    private int at;
    private SSLSocket socket;
    private long used = System.nanoTime();

    /**
     * An answer.
     *
     * @param status its status
     * @param body all of it
     */
    record Answer(int status, byte[] body) {
        /** The body as a record, unless it is a problem. */
        <T> T as(Class<T> type) throws IOException {
            require();
            return Json.read(body, type);
        }

        /** Fails unless it is a success. */
        void require() throws IOException {
            if (status >= 300) {
                throw new RefusedException(status, code());
            }
        }

        private String code() {
            try {
                return Json.read(body, ProblemBody.class).code();
            } catch (IOException e) {
                return "status-" + status;
            }
        }
    }

    /** The vault has said no. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1;

        private final int status;

        RefusedException(int status, String code) {
            super(status + " " + code);
            this.status = status;
        }

        /** Whether it may be another answer in a moment. */
        boolean isForNow() {
            return status == 429 || status >= 500;
        }
    }

    /**
     * Where a vault is.
     *
     * @param host name or address
     * @param port its port
     */
    record Endpoint(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    Connection(Endpoint endpoint, SSLContext context) {
        this(List.of(endpoint), 0, context);
    }

    /** @param first of the nodes to call; after a failure it is the next one's turn */
    Connection(List<Endpoint> endpoints, int first, SSLContext context) {
        this.endpoints = List.copyOf(endpoints);
        this.at = first % endpoints.size();
        this.context = context;
    }

    /** Which node it calls. */
    int at() {
        return at;
    }

    /** Sends a record. */
    Answer send(String method, String path, Object body, String... headers) throws IOException {
        return bytes(method, path, "application/json", body == null ? new byte[0] : Json.bytes(body), headers);
    }

    /** Sends bytes; headers are lines without their end. */
    Answer bytes(String method, String path, String type, byte[] body, String... headers) throws IOException {
        var head = new StringBuilder(256).append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ")
                .append(endpoints.get(at)).append("\r\nContent-Length: ").append(body.length).append("\r\n");
        if (body.length > 0) {
            head.append("Content-Type: ").append(type).append("\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        var request = new ByteArrayOutputStream(head.length() + 2 + body.length);
        request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        try {
            open().getOutputStream().write(request.toByteArray());
            Answer answer = receive(socket.getInputStream());
            used = System.nanoTime();
            return answer;
        } catch (IOException | RuntimeException e) {
            close();
            at = (at + 1) % endpoints.size();
            throw e;
        }
    }

    /** Whether nothing was sent for so long. */
    boolean isIdleFor(Duration time) {
        return System.nanoTime() - used > time.toNanos();
    }

    /** Connects and shakes hands unless that is done. */
    SSLSocket open() throws IOException {
        if (socket == null) {
            Endpoint endpoint = endpoints.get(at);
            var plain = new Socket();
            try {
                plain.setTcpNoDelay(true);
                plain.setSoTimeout((int) Duration.ofMinutes(3).toMillis());
                plain.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), 60_000);
                var secure = (SSLSocket) context.getSocketFactory().createSocket(plain, endpoint.host(),
                        endpoint.port(), true);
                secure.startHandshake();
                socket = secure;
            } finally {
                if (socket == null) {
                    plain.close();
                }
            }
        }
        return socket;
    }

    private Answer receive(InputStream in) throws IOException {
        String head = head(in);
        int status = Integer.parseInt(head.substring(9, 12));
        int length = 0;
        boolean last = false;
        for (String line : head.split("\r\n")) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).trim();
            String value = line.substring(colon + 1).trim();
            if (name.equalsIgnoreCase("Content-Length")) {
                length = Integer.parseInt(value);
            } else if (name.equalsIgnoreCase("Transfer-Encoding")) {
                throw new IOException("an answer of unknown length");
            } else if (name.equalsIgnoreCase("Connection")) {
                last = value.equalsIgnoreCase("close");
            }
        }
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the vault closed the connection within an answer");
        }
        if (last) {
            close();
        }
        return new Answer(status, body);
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream(512);
        int end = 0;
        while (end != 0x0d0a0d0a) {
            int next = in.read();
            if (next < 0 || head.size() > LONGEST_HEAD) {
                throw new EOFException("the vault closed the connection");
            }
            head.write(next);
            end = end << 8 | next;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        SSLSocket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // it is of no use any more either way
            }
        }
    }
}
