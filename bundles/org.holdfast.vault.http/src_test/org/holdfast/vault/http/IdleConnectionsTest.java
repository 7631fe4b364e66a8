package org.holdfast.vault.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.Test;

/** Ten thousand agents wait at one node; what one of them costs is measured with a few hundred. */
class IdleConnectionsTest {
    private static final int AGENTS = 200;
    /** Both ends are in this process; ten thousand times the server's half of it is well below a gibibyte. */
    private static final long MOST_BYTES = 60_000;
    private static final String BODY = "{\"name\":\"w\",\"text\":\"" + "a".repeat(300) + "\",\"version\":1}";
    private static final String POLL = "POST /wait/w HTTP/1.1\r\nHost: localhost\r\nUser-Agent: test\r\n"
            + "Accept: application/json\r\nContent-Type: application/json\r\nContent-Length: " + BODY.length()
            + "\r\n\r\n" + BODY;

    @Test
    void whoWaitsCostsLittle() throws Exception {
        List<SSLSocket> sockets = new ArrayList<>();
        try (TestServer server = new TestServer()) {
            SSLContext context = server.pki.context(server.pki.client("s1", Instant.now().plus(Duration.ofDays(1))));
            poll(server, context, sockets, 20);
            int threads = Thread.activeCount();
            long before = usedHeap();
            poll(server, context, sockets, AGENTS);
            long each = (usedHeap() - before) / AGENTS;

            assertTrue(each < MOST_BYTES, each + " bytes for each waiting agent");
            assertTrue(Thread.activeCount() < threads + 20, "platform threads grow with agents");
            server.notes.put("w", new TestServer.Note("w", "", null, 1));
            server.signals.signal("w");
            for (SSLSocket socket : sockets) {
                assertEquals('H', socket.getInputStream().read());
            }
        } finally {
            for (SSLSocket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void halfOpenConnectionsKeepNobodyOut() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (TestServer server = new TestServer(
                HttpSettings.of("127.0.0.1", 0).withIdle(Duration.ofMillis(800)).withConnections(100))) {
            for (int i = 0; i < 150; i++) {
                Socket socket = new Socket("127.0.0.1", server.port());
                socket.setSoTimeout(30_000);
                // the beginning of a handshake that never goes on
                socket.getOutputStream().write(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00 });
                sockets.add(socket);
            }
            assertEquals("ok", server.send(server.people(), server.request("/health")).body());
            HttpServerTest.await(() -> server.server().connections() < 10);
            for (Socket socket : sockets) {
                assertTrue(isClosed(socket));
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private static boolean isClosed(Socket socket) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // an alert may come before the end
            }
            return true;
        } catch (IOException e) {
            return !(e instanceof SocketTimeoutException);
        }
    }

    private static void poll(TestServer server, SSLContext context, List<SSLSocket> sockets, int howMany)
            throws IOException {
        int target = sockets.size() + howMany;
        while (sockets.size() < target) {
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.port());
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(POLL.getBytes(StandardCharsets.US_ASCII));
            sockets.add(socket);
        }
        HttpServerTest.await(() -> server.signals.waiting() == target);
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
