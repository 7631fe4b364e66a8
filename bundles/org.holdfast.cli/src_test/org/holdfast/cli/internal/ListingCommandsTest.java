package org.holdfast.cli.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import org.holdfast.api.vault.FindRequest;
import org.holdfast.api.vault.PointState;
import org.junit.jupiter.api.Test;

/** points, browse and find: tables, JSON, readers that go away. */
class ListingCommandsTest {
    private final Run cli = Run.withPassphrase();
    private final FakeVault vault = cli.vaults.vault;

    @Test
    void pointsAreATable() {
        assertEquals(0, cli.open("points", "/vault"));
        assertEquals("""
                POINT     TIME                 SERVER  FILES     SIZE    ADDED  STATE       ITEMS
                a1a1a1a1  2026-11-20 10:15:30  alpha   1,234  7.89 MB  1.20 MB  completed   /data/a /data/b
                b2b2b2b2  2026-11-20 10:15:30  alpha   1,234  7.89 MB  1.20 MB  2 warnings  /data/a /data/b
                """, cli.out());
    }

    @Test
    void shortIdsStayUnique() {
        vault.points.add(Samples.point("a1a1a1a1ff", PointState.COMPLETED, 0));
        assertEquals(0, cli.open("points", "/vault"));
        assertTrue(cli.out().contains("\na1a1a1a1a  "), cli.out());
        assertTrue(cli.out().contains("\na1a1a1a1f  "), cli.out());
    }

    @Test
    void pointsInJsonAreAnArray() throws IOException {
        assertEquals(0, cli.open("points", "/vault", "--json"));
        var points = cli.json();
        assertTrue(points.isArray());
        assertEquals(2, points.size());
        assertEquals("2026-11-20T10:15:30.500Z", points.get(0).get("time").asText());
        assertEquals(1.5, points.get(0).get("durationSeconds").asDouble());
        assertEquals("/data/b", points.get(0).get("items").get(1).asText());
        assertEquals("completed_with_warnings", points.get(1).get("state").asText());
        assertTrue(points.get(1).get("keepUntil").isNull());
        vault.points.clear();
        assertEquals(0, cli.open("points", "/vault", "--json"));
        assertEquals("[]\n", cli.out());
        assertEquals(0, cli.open("points", "/vault"));
        assertEquals("", cli.out());
    }

    @Test
    void onePointHasItsWarnings() throws IOException {
        assertEquals(0, cli.open("points", "/vault", "b2b2"));
        assertTrue(cli.out().contains("/data/caf\\xe9: Permission denied."), cli.out());
        assertTrue(cli.out().contains("completed with warnings"), cli.out());
        assertEquals(0, cli.open("points", "/vault", "latest", "--json"));
        assertEquals(1, cli.json().size());
        assertEquals("Permission denied.", cli.json().get(0).get("warningList").get(0).get("reason").asText());
        assertTrue(cli.json().get(0).get("signatureValid").asBoolean());
        assertEquals(1, cli.open("points", "/vault", "ffff"));
        assertTrue(cli.err().startsWith("holdfast: There is no recovery point 'ffff'."), cli.err());
    }

    @Test
    void browseListsADirectory() {
        assertEquals(0, cli.open("browse", "/vault", "latest"));
        assertEquals("""
                MODE        OWNER         SIZE  MODIFIED             CHANGE   NAME
                drwxr-xr-t  root:root           2026-11-20 10:15:30           sub/
                -rw-r--r--  root:1000  1.23 kB  2026-11-20 10:15:30  new      report.txt
                lrwxrwxrwx  root:root           2026-11-20 10:15:30  changed  link -> report.txt
                -rw-r--r--  root:1000      7 B  2026-11-20 10:15:30  new      caf\\xe9
                """, cli.out());
    }

    @Test
    void browseInJsonKeepsEveryByte() throws IOException {
        assertEquals(0, cli.open("browse", "/vault", "latest", "/data", "--json"));
        var entries = cli.json();
        assertEquals(4, entries.size());
        assertEquals("directory", entries.get(0).get("type").asText());
        assertEquals("/data/report.txt", entries.get(1).get("path").asText());
        assertFalse(entries.get(1).has("pathBase64"));
        assertEquals("0644", entries.get(1).get("mode").asText());
        assertEquals("report.txt", entries.get(2).get("linkTarget").asText());
        assertArrayEquals(Samples.latin1().bytes(),
                Base64.getDecoder().decode(entries.get(3).get("pathBase64").asText()));
    }

    @Test
    void browseShowsAFileAndWalksBelow() {
        assertEquals(0, cli.open("browse", "/vault", "latest", "report.txt"));
        assertEquals(2, cli.out().lines().count());
        // The argument as the command line gives it: a byte that is no UTF-8 is a lone surrogate.
        assertEquals(0, cli.open("browse", "/vault", "latest", "/data/caf\udce9"));
        assertTrue(cli.out().contains("caf\\xe9"), cli.out());
        assertEquals(0, cli.open("browse", "/vault", "latest", "--recursive"));
        assertTrue(cli.out().contains("  /data/sub/inner\n"), cli.out());
        assertEquals(1, cli.open("browse", "/vault", "latest", "nowhere"));
        assertEquals(2, cli.open("browse", "/vault", "latest", "a/../b"));
    }

    @Test
    void largeDirectoriesComeInPages() throws IOException {
        for (int i = 0; i < 4999; i++) {
            vault.entries.add(Samples.file(Samples.BASE.child("f" + i), i));
        }
        assertEquals(0, cli.open("browse", "/vault", "latest", "--json"));
        assertEquals(5003, cli.json().size());
        assertEquals(0, cli.open("browse", "/vault", "latest"));
        assertEquals(5004, cli.out().lines().count());
    }

    @Test
    void findTakesAllItsOptions() throws IOException {
        assertEquals(0, cli.open("find", "/vault", "*.txt", "--point", "a1", "--min-size", "1K", "--max-size", "1MB",
                "--modified-after", "2026-01-01", "--modified-before", "7d", "--json"));
        assertEquals(new FindRequest("*.txt", List.of("a1".repeat(16)), 1024, 1_000_000,
                Instant.parse("2026-01-01T00:00:00Z"), Samples.TIME.minusSeconds(7 * 86_400)), vault.find);
        var hits = cli.json();
        assertEquals(2, hits.size());
        assertEquals("b2".repeat(16), hits.get(0).get("point").asText());
        assertEquals(1, hits.get(0).get("alsoIn").asInt());
        assertEquals("/data/report.txt", hits.get(0).get("path").asText());
    }

    @Test
    void findTellsWhenThereIsNothing() throws IOException {
        assertEquals(0, cli.open("find", "/vault", "*"));
        assertTrue(cli.out().contains("b2b2b2b2  -rw-r--r--  1.23 kB  2026-11-20 10:15:30     +1  /data/report.txt\n"),
                cli.out());
        vault.entries.clear();
        assertEquals(0, cli.open("find", "/vault", "*"));
        assertEquals("Nothing found.\n", cli.err());
        assertEquals(0, cli.open("find", "/vault", "*", "--json"));
        assertEquals("[]\n", cli.out());
    }

    @Test
    void aReaderThatGoesAwayIsNoError() {
        for (int i = 0; i < 100_000; i++) {
            vault.entries.add(Samples.file(Samples.BASE.child("f" + i), i));
        }
        cli.outOverride = new ClosedPipe("Broken pipe");
        for (var command : List.of("browse", "find")) {
            assertEquals(1, cli.open(command, "/vault", command.equals("find") ? "*" : "latest"), command);
            assertEquals("", cli.err(), command);
        }
        var job = Run.withPassphrase();
        job.outOverride = cli.outOverride;
        assertEquals(0, job.open("backup", "/vault", "/data", "--json"), "a backup does not end with its reader");
        assertEquals("", job.err());
    }

    @Test
    void aFullDiskIsAnError() {
        cli.outOverride = new ClosedPipe("No space left on device");
        assertEquals(1, cli.open("points", "/vault"));
        assertEquals("holdfast: cannot write the result: No space left on device\n", cli.err());
        assertEquals(1, cli.open("vault", "info", "/vault"));
    }

    /** An output nobody reads. */
    private static final class ClosedPipe extends OutputStream {
        private final String message;

        ClosedPipe(String message) {
            this.message = message;
        }

        @Override
        public void write(int b) throws IOException {
            throw new IOException(message);
        }
    }
}
