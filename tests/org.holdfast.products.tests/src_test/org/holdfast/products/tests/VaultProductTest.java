package org.holdfast.products.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The vault's product starts, answers and stops as its start script promises. */
@EnabledOnOs({ OS.LINUX, OS.MAC })
class VaultProductTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    @TempDir
    private Path folder;
    private Product product;
    private Path data;
    private Path ready;

    @BeforeEach
    void setUp() throws IOException {
        product = Product.named("vault");
        data = folder.resolve("the data");
        ready = folder.resolve("ready");
    }

    @Test
    void startsStopsAndStartsAgain() throws Exception {
        Map<String, Long> before = filesOf(product.folder());
        String first = serveOnce();
        assertTrue(first.contains("listens on 127.0.0.1:"), first);
        assertEquals(PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(data));
        String second = serveOnce();
        assertFalse(second.contains("secret"), second);
        assertEquals(before, filesOf(product.folder()), "the product was written to");
        List<String> log = Files.readAllLines(data.resolve("logs/vault.log"));
        assertEquals(2, log.stream().filter(line -> line.endsWith("- stopping")).count(), log::toString);
        assertEquals(List.of(), log.stream().filter(line -> line.matches("\\S+ (ERROR|WARN) .*")).toList());
    }

    /** Starts the node, asks for its health, and stops it; gives what it printed. */
    private String serveOnce() throws Exception {
        try (Running vault = serve()) {
            int port = waitForPort(vault);
            HttpResponse<String> health = get(port, "/health");
            assertEquals(200, health.statusCode(), health::body);
            assertTrue(vault.terminate(PATIENCE), "still running after it was asked to end");
            assertFalse(Files.exists(ready), "it is not ready any more");
            return vault.output();
        }
    }

    @Test
    void oneFolderHasOneNode() throws Exception {
        try (Running vault = serve()) {
            waitForPort(vault);
            try (Running other = Running.start(folder, command("serve", "--data", data.toString(), "--listen",
                    "127.0.0.1:0"))) {
                assertEquals(1, other.exitCode(), other::output);
                assertTrue(other.output().contains("another vault node runs in " + data), other::output);
            }
            assertTrue(vault.isAlive(), vault::output);
        }
    }

    @Test
    void aWrongCommandLineIsExplained() throws Exception {
        try (Running run = Running.start(folder, command("serve", "--dato", "x"))) {
            assertEquals(2, run.exitCode(), run::output);
            assertTrue(run.output().contains("there is no option '--dato'. See --help."), run::output);
        }
        try (Running run = Running.start(folder, command("--help"))) {
            assertEquals(0, run.exitCode(), run::output);
            assertTrue(run.output().contains("--ready-file FILE"), run::output);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"));
                Running run = Running.start(folder, command("serve", "--data", data.toString(), "--listen",
                        "127.0.0.1:" + taken.getLocalPort()))) {
            assertEquals(1, run.exitCode(), run::output);
            assertTrue(run.output().contains("cannot listen on 127.0.0.1:" + taken.getLocalPort()), run::output);
        }
    }

    private Running serve() throws IOException {
        return Running.start(folder, command("serve", "--data", data.toString(), "--listen", "127.0.0.1:0",
                "--ready-file", ready.toString()));
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(product.script("holdfast-vault").toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private int waitForPort(Running vault) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(ready)) {
            if (!vault.isAlive() || System.nanoTime() > deadline) {
                fail("Not ready:\n" + vault.output());
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return Integer.parseInt(Files.readString(ready).strip());
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(data.resolve("pki/ca.pem"))) {
            trusted.setCertificateEntry("ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
            return client.send(HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static Map<String, Long> filesOf(Path root) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path file : (Iterable<Path>) walk::iterator) {
                files.put(root.relativize(file).toString(), Files.getLastModifiedTime(file).toMillis());
            }
        }
        return files;
    }
}
