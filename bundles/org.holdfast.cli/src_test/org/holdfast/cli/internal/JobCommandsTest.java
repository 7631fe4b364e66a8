package org.holdfast.cli.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.Warning;
import org.holdfast.api.vault.ChangeDetection;
import org.holdfast.api.vault.Damage;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.RetainRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** backup, restore, verify and retain: requests, results, warnings, failures. */
class JobCommandsTest {
    private final Run cli = Run.withPassphrase();
    private final FakeVault vault = cli.vaults.vault;

    private void warn() {
        vault.warnings.add(new Warning(Samples.latin1(), Problem.FILE_UNREADABLE, "Permission denied."));
    }

    @Test
    void backupTellsWhatItDid() {
        assertEquals(0, cli.open("backup", "/vault", "/data/a", "b"));
        assertEquals(List.of(RawPath.of("/data/a"), RawPath.of("/here/b")), vault.backup.items());
        assertEquals(List.of(".nobackup"), vault.backup.exclusions().markerFiles());
        assertEquals(ChangeDetection.DEFAULT, vault.backup.changeDetection());
        assertTrue(cli.out().startsWith("Recovery point c3c3c3c3 of 2026-11-20 10:15:30 completed in "), cli.out());
        assertTrue(cli.out().contains("1,234: 10 new, 2 changed, 1,222 unchanged; 1 removed"), cli.out());
        assertEquals("", cli.err());
        assertTrue(vault.closed);
    }

    @Test
    void backupTakesAllItsOptions(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("globs"), "# comment\n*.o\n\n  /proc/**  \n");
        assertEquals(0, cli.open("backup", "/vault", "/data", "--exclude", "*.tmp", "--exclude", "*.bak",
                "--exclude-file",
                file.toString(), "--exclude-larger-than", "10M", "--exclude-caches", "--exclude-if-present", ".skip",
                "--one-file-system", "--keep-until", "2027-01-31", "--level", "7", "--read-all", "--ignore-inode",
                "--ignore-ctime", "--server", "beta"));
        var exclusions = vault.backup.exclusions();
        assertEquals(List.of("*.tmp", "*.bak", "*.o", "/proc/**"), exclusions.globs());
        assertEquals(10L << 20, exclusions.largerThan());
        assertTrue(exclusions.cacheDirectories());
        assertTrue(exclusions.oneFileSystem());
        assertEquals(List.of(".nobackup", ".skip"), exclusions.markerFiles());
        assertEquals(new ChangeDetection(false, false, true), vault.backup.changeDetection());
        assertEquals(7, vault.backup.level());
        assertEquals(Instant.parse("2027-02-01T00:00:00Z"), vault.backup.keepUntil());
        assertEquals("beta", vault.backup.server());
    }

    @Test
    void backupInJsonEndsWithASummary() throws IOException {
        warn();
        assertEquals(3, cli.open("backup", "/vault", "/data", "--json"));
        var events = cli.events();
        assertEquals(List.of("progress", "warning", "summary"),
                events.stream().map(event -> event.get("type").asText()).toList());
        assertEquals("transferring", events.get(0).get("phase").asText());
        assertEquals(2000, events.get(0).get("bytesTotal").asLong());
        assertEquals("/data/caf\\xe9", events.get(1).get("path").asText());
        assertEquals("L2RhdGEvY2Fm6Q==", events.get(1).get("pathBase64").asText());
        assertEquals("FILE_UNREADABLE", events.get(1).get("problem").asText());
        var summary = events.get(2);
        assertEquals("backup", summary.get("operation").asText());
        assertEquals("completed_with_warnings", summary.get("point").get("state").asText());
        assertEquals("c3".repeat(16), summary.get("point").get("id").asText());
        assertEquals(10, summary.get("filesNew").asInt());
        assertEquals(1, summary.get("warnings").asInt());
        assertEquals(3, summary.get("exitCode").asInt());
        assertEquals("", cli.err());
    }

    @Test
    void warningsAreTheirOwnExitCode() {
        warn();
        assertEquals(3, cli.open("backup", "/vault", "/data"));
        assertEquals("warning: /data/caf\\xe9: Permission denied.\n", cli.err());
        assertTrue(cli.out().contains("completed with warnings"), cli.out());
        assertEquals(3, cli.open("restore", "/vault", "latest", "--to", "/t"));
        assertTrue(cli.err().contains("warning:"), cli.err());
    }

    @Test
    void quietTellsWarningsOnly() {
        warn();
        assertEquals(3, cli.open("backup", "/vault", "/data", "--quiet"));
        assertEquals("", cli.out());
        assertEquals("warning: /data/caf\\xe9: Permission denied.\n", cli.err());
    }

    @Test
    void dryRunListsExclusionsAndStoresNothing() throws IOException {
        assertEquals(0, cli.open("backup", "/vault", "/data", "--dry-run", "--exclude", "*.tmp"));
        assertEquals(
                "/data/caf\\xe9  (*.tmp)\n/data/cache/  (CACHEDIR.TAG)\n"
                        + "2 entries would be left out; nothing was stored.\n",
                cli.out());
        assertEquals(0, cli.open("backup", "/vault", "/data", "--dry-run", "--json"));
        var events = cli.events();
        assertEquals("excluded", events.get(0).get("type").asText());
        assertTrue(events.get(1).get("directory").asBoolean());
        assertEquals(2, events.get(2).get("excluded").asInt());
    }

    @Test
    void cancellingFailsAndComforts() {
        cli.cancel.cancel();
        assertEquals(1, cli.open("backup", "/vault", "/data"));
        assertTrue(cli.err().contains("cancelled"), cli.err());
        assertTrue(cli.err().contains("Nothing is lost"), cli.err());
    }

    @Test
    void failuresAreToldInOneLineWithAdvice() throws IOException {
        vault.failure = new HoldfastException(Problem.STORE_FULL, "The disk is full.", "Free some space.");
        assertEquals(1, cli.open("backup", "/vault", "/data"));
        assertEquals("holdfast: The disk is full.\n  Free some space.\n", cli.err());
        assertEquals(1, cli.open("backup", "/vault", "/data", "--json"));
        var error = Run.JSON.readTree(cli.err());
        assertEquals("error", error.get("type").asText());
        assertEquals("STORE_FULL", error.get("problem").asText());
        assertEquals("Free some space.", error.get("advice").asText());
        assertEquals(1, error.get("exitCode").asInt());
    }

    @Test
    void verboseShowsTheStack() {
        vault.failure = new IllegalStateException("odd");
        assertEquals(1, cli.open("backup", "/vault", "/data"));
        assertTrue(cli.err().contains("Internal error: java.lang.IllegalStateException: odd"), cli.err());
        assertFalse(cli.err().contains("\tat "), cli.err());
        assertEquals(1, cli.open("backup", "/vault", "/data", "--verbose"));
        assertTrue(cli.err().contains("\tat "), cli.err());
    }

    @Test
    void restoreKeepsCopiesByDefault() {
        assertEquals(0, cli.open("restore", "/vault", "a1a1", "--to", "out/x"));
        assertEquals("a1a1", vault.restore.pointId());
        assertEquals(RawPath.of("/here/out/x"), vault.restore.target());
        assertEquals(IfExists.COPY, vault.restore.ifExists());
        assertTrue(vault.restore.owners() && vault.restore.permissions() && !vault.restore.dryRun());
        assertTrue(cli.out().startsWith("Restored to /here/out/x in "), cli.out());
    }

    @Test
    void restoreTakesAllItsOptions() throws IOException {
        assertEquals(0,
                cli.open("restore", "/vault", "latest", "--original", "--include", "/data/a", "--include", "b/c",
                        "--if-exists", "newer", "--no-owners", "--no-permissions", "--dry-run", "--json"));
        assertNull(vault.restore.target());
        assertEquals(List.of(RawPath.of("/data/a"), RawPath.of("b/c")), vault.restore.include());
        assertEquals(IfExists.NEWER, vault.restore.ifExists());
        assertFalse(vault.restore.owners() || vault.restore.permissions());
        var summary = cli.events().getLast();
        assertEquals("restore", summary.get("operation").asText());
        assertTrue(summary.get("dryRun").asBoolean());
        assertEquals(4, summary.get("replaced").asInt());
        assertEquals("/", summary.get("target").asText());
    }

    @Test
    void restoreWantsExactlyOneTarget() {
        assertEquals(2, cli.open("restore", "/vault", "latest"));
        assertTrue(cli.err().contains("--to DIR or --original"), cli.err());
        assertEquals(2, cli.open("restore", "/vault", "latest", "--original", "--to", "/t"));
        assertEquals(2, cli.open("restore", "/vault", "latest", "--to", "/t", "--if-exists", "guess"));
        assertTrue(cli.err().contains("Give one of copy, overwrite, skip, newer."), cli.err());
        assertNull(vault.restore);
    }

    @Test
    void verifyNeedsNoPassphrase() throws IOException {
        assertEquals(0, cli.run("verify", "/vault", "--read-data"));
        assertEquals(true, cli.vaults.verifiedData);
        assertNull(vault.verifiedData);
        assertTrue(cli.out().startsWith("The vault is sound."), cli.out());
        assertTrue(cli.asked.isEmpty());
        assertEquals(0, cli.open("verify", "/vault", "--json"));
        assertEquals(false, vault.verifiedData);
        var summary = cli.events().getLast();
        assertTrue(summary.get("sound").asBoolean());
        assertTrue(summary.get("withKeys").asBoolean());
        assertEquals(0, summary.get("exitCode").asInt());
    }

    @Test
    void damageFailsAndIsNamed() throws IOException {
        vault.damages.add(new Damage("data/ab", Problem.OBJECT_DAMAGED, "The bytes are not what was written.",
                List.of("a1".repeat(16)), List.of(new Damage.DamagedFile("a1".repeat(16), Samples.latin1()),
                        new Damage.DamagedFile("a1".repeat(16), null))));
        assertEquals(1, cli.open("verify", "/vault", "--read-data"));
        assertTrue(cli.out().contains("data/ab: The bytes are not what was written."), cli.out());
        assertTrue(cli.out().contains("/data/caf\\xe9 (a1a1a1a1)"), cli.out());
        assertTrue(cli.out().contains("The vault is damaged: 1 object."), cli.out());
        assertEquals(1, cli.open("verify", "/vault", "--read-data", "--json"));
        var damage =
                cli.events().stream().filter(e -> e.get("type").asText().equals("damage")).findFirst().orElseThrow();
        assertEquals("data/ab", damage.get("object").asText());
        assertEquals("L2RhdGEvY2Fm6Q==", damage.get("files").get(0).get("pathBase64").asText());
        assertTrue(damage.get("files").get(1).get("path").isNull());
        assertFalse(cli.events().getLast().get("sound").asBoolean());
    }

    @Test
    void retainKeepsByRule() throws IOException {
        assertEquals(0, cli.open("retain", "/vault", "--last", "1", "--daily", "7", "--weekly", "5", "--monthly", "12",
                "--yearly", "3", "--dry-run", "--no-collect"));
        assertEquals(new RetainRequest(1, 7, 5, 12, 3, false, true), vault.retain);
        assertTrue(cli.out().contains("WOULD BE"), cli.out());
        assertTrue(cli.out().contains("daily 2026-11-20"), cli.out());
        assertTrue(cli.out().contains("1 point kept, 1 would be removed"), cli.out());
        assertEquals(0, cli.open("retain", "/vault", "--daily", "7", "--json"));
        var events = cli.events();
        assertEquals(List.of("progress", "kept", "removed", "summary"),
                events.stream().map(event -> event.get("type").asText()).toList());
        assertEquals("daily 2026-11-20", events.get(1).get("reasons").get(0).asText());
        assertEquals(3_000_000, events.getLast().get("bytesFreed").asLong());
    }

    @Test
    void retainWithoutARuleIsRefused() {
        assertEquals(2, cli.open("retain", "/vault"));
        assertEquals(2, cli.open("retain", "/vault", "--daily", "0"));
        assertEquals(2, cli.open("retain", "/vault", "--daily", "-1"));
        assertEquals(2, cli.open("retain", "/vault", "--daily", "many"));
        assertNull(vault.retain);
    }

    @Test
    void progressIsDrawnOnATerminalAndRemoved() {
        cli.terminal = true;
        warn();
        assertEquals(3, cli.open("backup", "/vault", "/data"));
        assertTrue(
                cli.err().startsWith("\r\u001b[KTransferring  10 files  1.00 kB of 2.00 kB  50 %  500 B/s  2 s left"),
                cli.err());
        assertTrue(cli.err().contains("\r\u001b[Kwarning: "), cli.err());
        assertFalse(cli.out().contains("\u001b"), cli.out());
        assertEquals(3, cli.open("backup", "/vault", "/data", "--quiet"));
        assertFalse(cli.err().contains("\u001b"), cli.err());
    }
}
