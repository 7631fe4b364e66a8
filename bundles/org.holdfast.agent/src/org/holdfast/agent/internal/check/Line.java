package org.holdfast.agent.internal.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.client.ProxySettings;

/** A connection to a host, directly or through a proxy, by plain sockets: each way of failing is told on its own. */
final class Line {
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int MAX_HEAD = 16 * 1024;

    private final @Nullable ProxySettings proxy;
    private final String expected;

    /**
     * @param proxy the way out, or null
     * @param expected what a person should look at when nothing answers
     */
    Line(@Nullable ProxySettings proxy, String expected) {
        this.proxy = proxy;
        this.expected = expected;
    }

    /** What the head of an answer says; names of fields in lower case. */
    record Head(int status, TreeMap<String, String> fields) {
    }

    /** RFC 1918, RFC 4193, loopback and link-local. */
    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
        return address.isSiteLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()
                || uniqueLocal;
    }

    Socket connect(String host, int port, String where, List<CheckStep> steps)
            throws StepFailedException, IOException {
        ProxySettings way = proxy;
        String first = way == null ? where : way.host() + ":" + way.port();
        String name = (way == null ? "tcp " : "proxy ") + first;
        var socket = new Socket();
        boolean done = false;
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(way == null ? new InetSocketAddress(host, port)
                    : new InetSocketAddress(way.host(), way.port()), TIMEOUT_MILLIS);
            if (way != null) {
                tunnel(socket, way, where, name);
            }
            steps.add(CheckStep.ok(name, "connected" + (way == null ? "" : ", tunnel to " + where)));
            done = true;
            return socket;
        } catch (SocketTimeoutException e) {
            throw new StepFailedException(name, "no answer within " + TIMEOUT_MILLIS / 1000 + " seconds",
                    "Allow outgoing TCP to " + first + " in the firewall.", e);
        } catch (UnknownHostException e) {
            throw new StepFailedException(name, "the name of the proxy cannot be resolved", "Check its name.", e);
        } catch (IOException e) {
            throw new StepFailedException(name, String.valueOf(e.getMessage()), way == null
                    ? "Check " + expected + " and that outgoing TCP to " + first + " is allowed."
                    : "Check host, port, user and password of the proxy, and that it allows " + where + ".", e);
        } finally {
            if (!done) {
                socket.close();
            }
        }
    }

    private static void tunnel(Socket socket, ProxySettings way, String where, String name)
            throws IOException, StepFailedException {
        String user = way.user();
        String secret = user == null ? ""
                : "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(
                        (user + ":" + (way.password() == null ? "" : way.password())).getBytes(StandardCharsets.UTF_8))
                        + "\r\n";
        socket.getOutputStream().write(("CONNECT " + where + " HTTP/1.1\r\nHost: " + where + "\r\n" + secret + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        Head head = head(socket);
        if (head.status() == 407) {
            throw new StepFailedException(name, "the proxy wants another user or password",
                    "Give --proxy-user and --proxy-password-file.", null);
        }
        if (head.status() != 200) {
            throw new StepFailedException(name, "the proxy refuses the tunnel with " + head.status(),
                    "Allow CONNECT to " + where + " in the proxy.", null);
        }
    }

    /** Status and fields of an answer; its body is left alone. */
    static Head head(Socket socket) throws IOException {
        var text = new StringBuilder();
        var in = socket.getInputStream();
        while (text.length() < MAX_HEAD && text.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                break;
            }
            text.append((char) b);
        }
        String[] lines = text.toString().split("\r\n");
        String[] first = lines[0].split(" ");
        if (first.length < 2 || !first[0].startsWith("HTTP/1") || !first[1].matches("\\d{3}")) {
            throw new IOException("the answer is not HTTP");
        }
        var fields = new TreeMap<String, String>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
            }
        }
        return new Head(Integer.parseInt(first[1]), fields);
    }

    /** A step that failed, and with it all that come after. */
    static final class StepFailedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String step;
        private final String remedy;

        StepFailedException(String step, String message, String remedy, @Nullable Throwable cause) {
            super(message, cause);
            this.step = step;
            this.remedy = remedy;
        }

        String step() {
            return step;
        }

        String remedy() {
            return remedy;
        }
    }
}
