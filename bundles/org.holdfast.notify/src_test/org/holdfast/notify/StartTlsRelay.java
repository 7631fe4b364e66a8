package org.holdfast.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that speaks STARTTLS (RFC 3207) and passes everything after that on to another one. */
final class StartTlsRelay implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
    private final int behind;
    private final SSLContext tls;
    private volatile boolean encrypted;

    StartTlsRelay(int behind, SSLContext tls) throws IOException {
        this.behind = behind;
        this.tls = tls;
        Thread.ofVirtual().start(this::run);
    }

    int port() {
        return socket.getLocalPort();
    }

    boolean wasEncrypted() {
        return encrypted;
    }

    private void run() {
        try (Socket client = socket.accept()) {
            InputStream in = client.getInputStream();
            say(client, "220 relay");
            String said = line(in);
            while (!said.equals("STARTTLS")) {
                say(client, said.startsWith("EHLO") ? "250-relay\r\n250 STARTTLS" : "530 TLS is needed");
                said = line(in);
            }
            say(client, "220 go on");
            SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(client, "relay", 0, true);
            secure.setUseClientMode(false);
            secure.startHandshake();
            encrypted = true;
            try (Socket server = new Socket("127.0.0.1", behind)) {
                // Its greeting was said already.
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine();
                Thread back = Thread.ofVirtual().start(() -> copy(server, secure));
                copy(secure, server);
                server.shutdownOutput();
                back.join();
            }
        } catch (IOException e) {
            // the test has ended
            encrypted |= false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[4096];
            for (int n = from.getInputStream().read(buffer); n > 0; n = from.getInputStream().read(buffer)) {
                out.write(buffer, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            Thread.yield();
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static void say(Socket to, String text) throws IOException {
        to.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
