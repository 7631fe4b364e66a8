import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

/**
 * Stands for a vault server while the build records what commands load. It knows nothing of vaults: it sends the files of
 * a folder, PATH.json for what is asked for and PATH.post for what is sent. Ends when it is killed, or
 * after some minutes.
 *
 * Arguments: a PKCS #12 file with the password "rehearsal", the folder, and a file to write the port and the fingerprint
 * of the certificate to.
 */
public final class RehearsalVault {
    private static final long LONGEST_SECONDS = 300;
    private static final char[] PASSWORD = "rehearsal".toCharArray();

    private final Path folder;

    private RehearsalVault(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
            keys.load(in, PASSWORD);
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        var tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        var vault = new RehearsalVault(Path.of(args[1]));
        server.createContext("/", vault::answer);
        server.start();
        byte[] certificate = keys.getCertificate(keys.aliases().nextElement()).getEncoded();
        Path next = Path.of(args[2] + ".next");
        Files.writeString(next, server.getAddress().getPort() + " "
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate)) + "\n");
        Files.move(next, Path.of(args[2]), StandardCopyOption.ATOMIC_MOVE);
        // Whoever started it ends it; should he die, it does so itself.
        new CountDownLatch(1).await(LONGEST_SECONDS, TimeUnit.SECONDS);
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath().substring(1);
            boolean post = exchange.getRequestMethod().equals("POST");
            Path raw = folder.resolve(path);
            Path value = folder.resolve(path + (post ? ".post" : ".json"));
            if (Files.isRegularFile(value)) {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                send(exchange, post ? 201 : 200, listed(value, exchange.getRequestURI().getQuery()));
            } else if (!post && Files.isRegularFile(raw)) {
                part(exchange, raw);
            } else {
                exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
                send(exchange, 404, "{\"status\":404,\"code\":\"not-found\",\"title\":\"There is no such thing.\"}"
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Lists of objects are lines, of which those with a prefix are asked for. */
    private static byte[] listed(Path file, String query) throws IOException {
        if (query == null || !query.startsWith("prefix=")) {
            return Files.readAllBytes(file);
        }
        String beginning = "{\"name\":\"" + query.substring("prefix=".length());
        List<String> lines = Files.readAllLines(file).stream().filter(line -> line.startsWith(beginning)).toList();
        return (lines.isEmpty() ? "" : String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void part(HttpExchange exchange, Path file) throws IOException {
        long size = Files.size(file);
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            send(exchange, 200, Files.readAllBytes(file));
            return;
        }
        String[] ends = range.substring("bytes=".length()).split("-");
        long from = Long.parseLong(ends[0]);
        if (from >= size) {
            send(exchange, 416, new byte[0]);
            return;
        }
        byte[] bytes = new byte[(int) (Math.min(size - 1, Long.parseLong(ends[1])) - from + 1)];
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            in.seek(from);
            in.readFully(bytes);
        }
        send(exchange, 206, bytes);
    }

    private static void send(HttpExchange exchange, int status, byte[] bytes) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
