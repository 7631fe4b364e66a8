package org.holdfast.vault.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What concerns the file of the embedded database. */
class EmbeddedCatalogTest {

    private static final int KILLS = 3;

    @TempDir
    private Path folder;

    @Test
    void keepsWhatWasCommittedWhenTheProcessIsKilled() throws Exception {
        try (Catalog catalog = Catalog.open(folder)) {
            catalog.run(handle -> handle.execute("create table written (n integer primary key)"));
        }
        int last = 0;
        for (int round = 0; round < KILLS; round++) {
            int told = writeUntilKilled(40);
            assertTrue(told >= last + 40, "nothing was written");
            try (Catalog catalog = Catalog.open(folder)) {
                int kept = catalog.read(handle -> handle.createQuery("select max(n) from written")
                        .mapTo(Integer.class).one());
                int rows = catalog.read(handle -> handle.createQuery("select count(*) from written")
                        .mapTo(Integer.class).one());
                assertTrue(kept >= told, "told of " + told + ", kept " + kept);
                assertEquals(kept, rows);
                last = kept;
            }
        }
    }

    /** The last number that the other process said it has committed before it was killed. */
    private int writeUntilKilled(int commits) throws IOException, InterruptedException {
        Process writer = start(Writer.class);
        int told = 0;
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            int seen = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                told = Integer.parseInt(line.strip());
                if (++seen == commits) {
                    // Not by the process itself, which would close this stream with lines in it.
                    writer.toHandle().destroyForcibly();
                }
            }
        } finally {
            writer.destroyForcibly();
            assertTrue(writer.waitFor(30, TimeUnit.SECONDS));
        }
        return told;
    }

    private Process start(Class<?> main) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                main.getName(), folder.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    @Test
    void isForOneProcessAtATime() throws Exception {
        try (Catalog first = Catalog.open(folder)) {
            first.run(handle -> handle.execute("create table t (n integer)"));
            Process second = start(Opener.class);
            String told = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(second.waitFor(60, TimeUnit.SECONDS));
            assertEquals("STORE_UNAVAILABLE the catalogue is in use by another process", told.strip());
        }
    }

    @Test
    void tellsWhatAStartWouldChangeWithoutChangingIt() {
        CatalogSettings settings = CatalogSettings.inMemory("dry-" + folder.getFileName());
        List<PendingScript> pending = Catalog.pending(settings);
        assertFalse(pending.isEmpty());
        assertTrue(pending.getFirst().sql().contains("create table users"));
        assertEquals("people accounts", pending.getFirst().description());
        assertEquals(pending, Catalog.pending(settings));
        new Catalog(settings).close();
    }

    @Test
    void refusesASchemaOfALaterVersion() {
        try (Catalog catalog = Catalog.open(folder)) {
            catalog.run(handle -> handle.execute("""
                    insert into "schema_history" ("installed_rank", "version", "description", "type", "script",
                        "checksum", "installed_by", "execution_time", "success")
                    values (999, '900', 'of the future', 'SQL', 'V900__of_the_future.sql', 1, 'x', 1, true)"""));
        }
        HoldfastException e = assertThrows(HoldfastException.class, () -> Catalog.open(folder).close());
        assertEquals(Problem.VAULT_UNSUPPORTED, e.problem());
    }

    @Test
    void explainsWhenThereIsNoDatabase() {
        HoldfastException e = assertThrows(HoldfastException.class,
                () -> Catalog.open("jdbc:postgresql://127.0.0.1:1/none?password=hidden", "x", "hidden").close());
        assertEquals(Problem.STORE_UNAVAILABLE, e.problem());
        assertFalse(e.getMessage().contains("hidden"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Catalog.open("jdbc:mysql://x/y", "x", ""));
    }

    @Test
    void everyScriptIsInTheListAndTheOtherWayRound() throws IOException {
        Path db = Path.of("src/db");
        if (!Files.isDirectory(db)) {
            db = Path.of("bundles/org.holdfast.vault.catalog/src/db");
        }
        List<String> listed = Files.readAllLines(db.resolve("scripts")).stream()
                .filter(line -> !line.startsWith("#")).toList();
        try (var files = Files.list(db)) {
            assertEquals(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".sql"))
                    .sorted().toList(), listed);
        }
    }

    /** Commits one number after the other and tells each, until somebody kills it. */
    static final class Writer {

        private Writer() {
        }

        /** @param args the folder */
        public static void main(String[] args) {
            Catalog catalog = Catalog.open(Path.of(args[0]));
            int n = catalog.read(handle -> handle.createQuery("select coalesce(max(n), 0) from written")
                    .mapTo(Integer.class).one());
            while (true) {
                n++;
                int next = n;
                catalog.run(handle -> handle.execute("insert into written values (?)", next));
                System.out.println(n);
            }
        }
    }

    /** Opens the catalogue and tells what comes of it. */
    static final class Opener {

        private Opener() {
        }

        /** @param args the folder */
        public static void main(String[] args) {
            try (Catalog catalog = Catalog.open(Path.of(args[0]))) {
                System.out.println("open " + catalog.isEmbedded());
            } catch (HoldfastException e) {
                System.out.println(e.problem() + " " + e.getMessage());
            }
        }
    }
}
