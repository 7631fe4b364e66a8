package org.holdfast.vault.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.holdfast.vault.catalog.CatalogSettings;

/** A node in a process of its own, to be killed. Ends by itself when the test does. */
final class NodeMain {
    private NodeMain() {
    }

    /** Folder, address and account of the catalogue, folder of objects. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        try (VaultNode node = VaultNode.in(folder).catalog(new CatalogSettings(arguments[1], arguments[2], ""))
                .store(Path.of(arguments[3])).start()) {
            Path next = folder.resolve("port.next");
            Files.writeString(next, String.valueOf(node.port()));
            Files.move(next, folder.resolve("port"));
            while (System.in.read() >= 0) {
                // The test has not ended.
            }
        }
    }

    /** Starts one. */
    static Process start(Path folder, CatalogSettings catalog, Path store) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx300m",
                "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                NodeMain.class.getName(), folder.toString(), catalog.jdbcUrl(), catalog.user(), store.toString()));
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
