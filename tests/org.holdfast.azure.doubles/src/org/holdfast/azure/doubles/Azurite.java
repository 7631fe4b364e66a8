package org.holdfast.azure.doubles;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * The emulator Azurite on a free port of loopback, with its data in memory; it ends when it is closed, or when this
 * process ends in whatever way. The test command of the project installs it; without it tests are skipped and say so.
 */
public final class Azurite implements AutoCloseable {
    /** The version that tests are meant for, and the newest version of the service that it knows. */
    public static final String VERSION = "3.35.0";
    /** For {@code HOLDFAST_AZURE_API_VERSION}. */
    public static final String SERVICE_VERSION = "2025-11-05";
    private static final String ACCOUNT = "devstoreaccount1";
    private static final String MAIN = "node_modules/azurite/dist/src/blob/main.js";
    private static final long DEADLINE_SECONDS = 30;

    private final Process process;
    private final int port;
    private final boolean secure;
    private final Path folder;

    private Azurite(Process process, int port, boolean secure, Path folder) {
        this.process = process;
        this.port = port;
        this.secure = secure;
        this.folder = folder;
    }

    /** Starts one without TLS, for the well-known key. */
    public static Azurite plain() {
        return start(null);
    }

    /** Starts one with TLS that takes tokens of Entra ID; it looks at their audience and issuer, not at signatures. */
    public static Azurite secure(TestTls tls) {
        return start(tls);
    }

    private static Azurite start(@Nullable TestTls tls) {
        Path main = installed();
        try {
            Path folder = Files.createTempDirectory("holdfast-azurite");
            int port = freePort();
            List<String> words = new ArrayList<>(List.of("exec 3<&0; node '" + main + "'", "--blobHost 127.0.0.1",
                    "--blobPort", String.valueOf(port), "--inMemoryPersistence", "--disableTelemetry", "--silent"));
            if (tls != null) {
                words.add("--oauth basic --cert '" + tls.certificateFile(folder) + "' --key '" + tls.keyFile(folder)
                        + "'");
            }
            // The shell waits for the end of its input, that is of this process, and then stops the server.
            words.add("< /dev/null & server=$!; read line <&3; kill $server; wait $server");
            Process process = new ProcessBuilder("sh", "-c", String.join(" ", words)).redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile()).directory(folder.toFile()).start();
            var azurite = new Azurite(process, port, tls != null, folder);
            azurite.awaitReady();
            return azurite;
        } catch (IOException e) {
            throw new IllegalStateException("Azurite cannot be started", e);
        }
    }

    private static Path installed() {
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        Path main = Path.of(cache, "holdfast", "azurite-" + VERSION, MAIN);
        if (!Files.exists(main)) {
            throw new TestAbortedException("Azurite " + VERSION + " is not installed; './holdfast test' installs it "
                    + "where node and npm are there");
        }
        if (Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, "node")))) {
            throw new TestAbortedException("Azurite needs node, which is not on the PATH");
        }
        return main;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private void awaitReady() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    String log = Files.readString(folder.resolve("log"));
                    close();
                    throw new IllegalStateException("Azurite does not start: " + log, e);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    /** The location of a container in it, as stores take it. */
    public String location(String container) {
        return (secure ? "azure" : "azure+http") + "://127.0.0.1:" + port + "/" + ACCOUNT + "/" + container;
    }

    /** The endpoint of its account. */
    public URI endpoint() {
        return URI.create((secure ? "https" : "http") + "://127.0.0.1:" + port + "/" + ACCOUNT);
    }

    /** What a program has to be told to use it with the well-known key. */
    public Map<String, String> variables() {
        return new HashMap<>(Map.of("HOLDFAST_AZURE_CREDENTIAL", "development-key", "HOLDFAST_AZURE_API_VERSION",
                SERVICE_VERSION));
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("Azurite cannot be stopped", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
