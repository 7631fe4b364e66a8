package org.holdfast.vault.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.data.DataObserver;
import org.holdfast.vault.data.ObjectService;
import org.jdbi.v3.core.Handle;

/** A node in a process of its own, to be killed. Ends by itself when the test does. */
final class NodeProcess {
    private static final long PATIENCE = Duration.ofSeconds(90).toNanos();

    private NodeProcess() {
    }

    /** Folder, port, and whether to die in the middle of the first commit. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        boolean die = Boolean.parseBoolean(arguments[2]);
        var dying = new DataObserver() {
            @Override
            public void committing(Handle handle, PointRow point) {
                if (die) {
                    // As a kill or a loss of power would: nothing is closed, nothing rolled back.
                    Runtime.getRuntime().halt(137);
                }
            }
        };
        var node = new DataNode(folder, pki(folder), Integer.parseInt(arguments[1]), ObjectService.Policy.STANDARD,
                Clock.systemUTC(), dying);
        Files.writeString(ready(folder), String.valueOf(ProcessHandle.current().pid()));
        while (System.in.read() >= 0) {
            // The test has not ended.
        }
        node.close();
    }

    /** The authority of a folder; made when there is none. */
    static TestPki pki(Path folder) throws IOException, GeneralSecurityException {
        Path secret = folder.resolve("authority.key");
        Path open = folder.resolve("authority.pub");
        if (!Files.exists(secret)) {
            Files.createDirectories(folder);
            var made = new TestPki("authority");
            Files.write(secret, made.key().getPrivate().getEncoded());
            Files.write(open, made.key().getPublic().getEncoded());
            return made;
        }
        KeyFactory keys = KeyFactory.getInstance("EC");
        return new TestPki("authority", new KeyPair(
                keys.generatePublic(new X509EncodedKeySpec(Files.readAllBytes(open))),
                keys.generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(secret)))));
    }

    /** Starts one and waits until it can be used. */
    static Process start(Path folder, int port, boolean die) throws IOException {
        Files.deleteIfExists(ready(folder));
        Process process = launch(NodeProcess.class, folder.toString(), String.valueOf(port), String.valueOf(die));
        long deadline = System.nanoTime() + PATIENCE;
        while (!Files.exists(ready(folder))) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IOException("the node did not start");
            }
            LockSupport.parkNanos(10_000_000);
        }
        return process;
    }

    private static Path ready(Path folder) {
        return folder.resolve("ready");
    }

    static Process launch(Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** SIGKILL. */
    static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process lives on");
        }
    }
}
