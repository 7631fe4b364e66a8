package org.holdfast.engine.internal.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

import org.holdfast.api.CancelToken;
import org.holdfast.api.Problem;
import org.holdfast.api.ProgressSink;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.engine.internal.Targets;
import org.holdfast.engine.internal.TestVault;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TreeCompare;
import org.holdfast.testkit.store.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a restore does about what is there already; a dry run must always foretell it. */
@EnabledOnOs(OS.LINUX)
class ConflictTest {
    private static final String MARK = " (restored 2026-11-23 04.10.05)";
    private static final Instant BACKED_UP = Instant.parse("2020-02-02T00:00:00Z");

    private TempTree temp;
    private TestVault vault;
    private Path source;
    private Path outside;
    private Path target;
    private Path there;
    private Points.Stored point;

    @BeforeEach
    void backUp() throws IOException {
        temp = new TempTree();
        vault = new TestVault(new MemoryStore());
        source = Files.createDirectories(temp.resolve("source"));
        Files.writeString(source.resolve("file.txt"), "backup");
        Files.createDirectory(source.resolve("directory"));
        Files.writeString(source.resolve("directory/inner"), "inner");
        Files.createSymbolicLink(source.resolve("link"), Path.of("file.txt"));
        for (String name : List.of("file.txt", "directory/inner")) {
            Files.setLastModifiedTime(source.resolve(name), FileTime.from(BACKED_UP));
        }
        Files.setAttribute(source.resolve("link"), "lastModifiedTime", FileTime.from(BACKED_UP),
                LinkOption.NOFOLLOW_LINKS);
        Files.setLastModifiedTime(source.resolve("directory"), FileTime.from(BACKED_UP));
        point = vault.backup(source);
        outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "precious");
        target = temp.resolve("target");
        there = Files.createDirectories(target.resolve("source"));
    }

    @AfterEach
    void nothingOutsideWasTouched() throws IOException {
        assertEquals(List.of("precious"), RoundTripTest.names(outside));
        assertEquals("precious", Files.readString(outside.resolve("precious")));
        vault.close();
        temp.close();
    }

    /** Restores, after a dry run that must leave everything alone and say the same. */
    private RestoreResult restore(IfExists rule) throws IOException {
        Path before = temp.resolve("before");
        new ProcessBuilder("cp", "-a", target.toString(), before.toString()).inheritIO().start().onExit().join();
        RestoreRequest request = TestVault.request(point, target, rule);
        RestoreResult dry = vault.restore(point, new RestoreRequest(request.pointId(), request.include(),
                request.target(), rule, true, true, true), Targets.unsynced(), ProgressSink.NONE, new CancelToken());
        assertEquals(List.of(), TreeCompare.differences(before, target), "a dry run writes nothing");
        RestoreResult result = vault.restore(point, target, rule);
        assertEquals(result.files(), dry.files(), "files");
        assertEquals(result.bytes(), dry.bytes(), "bytes");
        assertEquals(result.unchanged(), dry.unchanged(), "unchanged");
        assertEquals(result.skipped(), dry.skipped(), "skipped");
        assertEquals(result.copies(), dry.copies(), "copies");
        assertEquals(result.replaced(), dry.replaced(), "replaced");
        assertEquals(result.directories(), dry.directories(), "directories");
        assertEquals(result.warnings().size(), dry.warnings().size(), "warnings");
        assertFalse(Files.exists(there.resolve(".holdfast-restore-" + point.id())));
        return result;
    }

    private void mine(String name, Instant time) throws IOException {
        Files.createDirectories(there.resolve(name).getParent());
        Files.writeString(there.resolve(name), "mine and longer");
        Files.setLastModifiedTime(there.resolve(name), FileTime.from(time));
    }

    @Test
    void copyKeepsWhatIsThereAndPutsTheBackupBeside() throws IOException {
        mine("file.txt", BACKED_UP);
        RestoreResult result = restore(IfExists.COPY);
        assertEquals(1, result.copies());
        assertEquals("mine and longer", Files.readString(there.resolve("file.txt")));
        Path copy = there.resolve("file" + MARK + ".txt");
        assertEquals("backup", Files.readString(copy));
        assertEquals(BACKED_UP, Files.getLastModifiedTime(copy).toInstant());
    }

    @Test
    void copyingTwiceMakesOneCopy() throws IOException {
        mine("file.txt", BACKED_UP);
        restore(IfExists.COPY);
        RestoreResult again = vault.restore(point, target, IfExists.COPY);
        assertEquals(0, again.files());
        assertEquals(List.of("directory", "file" + MARK + ".txt", "file.txt", "link"), RoundTripTest.names(there));
    }

    @Test
    void aCopyNeverTakesTheNameOfAnother() throws IOException {
        mine("file.txt", BACKED_UP);
        mine("file" + MARK + ".txt", BACKED_UP);
        vault.restore(point, target, IfExists.COPY);
        assertEquals("mine and longer", Files.readString(there.resolve("file" + MARK + ".txt")));
        assertEquals("backup",
                Files.readString(there.resolve("file" + MARK.substring(0, MARK.length() - 1) + ", 2).txt")));
    }

    @Test
    void overwriteReplacesWhatIsThere() throws IOException {
        mine("file.txt", BACKED_UP.plusSeconds(1));
        Files.createLink(temp.resolve("second-name"), there.resolve("file.txt"));
        RestoreResult result = restore(IfExists.OVERWRITE);
        assertEquals(1, result.replaced());
        assertEquals("backup", Files.readString(there.resolve("file.txt")));
        assertEquals("mine and longer", Files.readString(temp.resolve("second-name")), "other names keep the old file");
        assertEquals(List.of(), TreeCompare.differences(source, there, TreeCompare.Ignore.ROOT));
    }

    @Test
    void skipLeavesAlone() throws IOException {
        mine("file.txt", BACKED_UP.minusSeconds(1));
        RestoreResult result = restore(IfExists.SKIP);
        assertEquals(1, result.skipped());
        assertEquals("mine and longer", Files.readString(there.resolve("file.txt")));
    }

    @Test
    void skipLeavesEvenTheMetadataOfTheSameFileAlone() throws IOException {
        Files.writeString(there.resolve("file.txt"), "backup");
        Files.setLastModifiedTime(there.resolve("file.txt"), FileTime.from(Instant.EPOCH));
        RestoreResult result = restore(IfExists.SKIP);
        assertEquals(1, result.unchanged());
        assertEquals(Instant.EPOCH, Files.getLastModifiedTime(there.resolve("file.txt")).toInstant());
    }

    @Test
    void otherwiseTheSameFileGetsItsMetadata() throws IOException {
        Files.writeString(there.resolve("file.txt"), "backup");
        RestoreResult result = restore(IfExists.COPY);
        assertEquals(1, result.unchanged());
        assertEquals(List.of(), TreeCompare.differences(source, there, TreeCompare.Ignore.ROOT));
    }

    @Test
    void newerReplacesWhatIsOlder() throws IOException {
        mine("file.txt", BACKED_UP.minusNanos(1));
        assertEquals(1, restore(IfExists.NEWER).replaced());
        assertEquals("backup", Files.readString(there.resolve("file.txt")));
    }

    @Test
    void newerLeavesWhatIsNotOlder() throws IOException {
        mine("file.txt", BACKED_UP);
        assertEquals(1, restore(IfExists.NEWER).skipped());
        assertEquals("mine and longer", Files.readString(there.resolve("file.txt")));
    }

    @Test
    void theSameSizeIsNotTheSameContent() throws IOException {
        Files.writeString(there.resolve("file.txt"), "BACKUP");
        assertEquals(1, restore(IfExists.COPY).copies());
    }

    @Test
    void aLinkInTheWayOfAFileIsNeverWrittenThrough() throws IOException {
        for (IfExists rule : List.of(IfExists.COPY, IfExists.SKIP, IfExists.OVERWRITE)) {
            Files.deleteIfExists(there.resolve("file.txt"));
            Files.createSymbolicLink(there.resolve("file.txt"), outside.resolve("precious"));
            vault.restore(point, target, rule);
            boolean replaced = rule == IfExists.OVERWRITE;
            assertEquals(!replaced, Files.isSymbolicLink(there.resolve("file.txt")), rule.name());
        }
        assertEquals("backup", Files.readString(there.resolve("file.txt")));
    }

    @Test
    void aLinkInTheWayOfADirectoryIsNeverFollowed() throws IOException {
        Files.createSymbolicLink(there.resolve("directory"), outside);
        RestoreResult copied = restore(IfExists.COPY);
        assertEquals(1, copied.copies());
        assertEquals("inner", Files.readString(there.resolve("directory" + MARK + "/inner")));
        assertTrue(Files.isSymbolicLink(there.resolve("directory")));
    }

    @Test
    void overwriteReplacesALinkByTheDirectory() throws IOException {
        Files.createSymbolicLink(there.resolve("directory"), outside);
        assertEquals(1, restore(IfExists.OVERWRITE).replaced());
        assertEquals(List.of(), TreeCompare.differences(source, there, TreeCompare.Ignore.ROOT));
    }

    @Test
    void skipTellsWhenADirectoryCannotBeEntered() throws IOException {
        Files.writeString(there.resolve("directory"), "a file");
        RestoreResult result = restore(IfExists.SKIP);
        assertEquals(1, result.skipped());
        assertEquals(List.of(TestVault.raw(source.resolve("directory"))),
                result.warnings().stream().map(w -> w.path()).toList());
        assertEquals("a file", Files.readString(there.resolve("directory")));
    }

    @Test
    void aDirectoryInTheWayOfAFileStays() throws IOException {
        Files.createDirectory(there.resolve("file.txt"));
        Files.writeString(there.resolve("file.txt/mine"), "mine");
        RestoreResult result = restore(IfExists.OVERWRITE);
        assertEquals(List.of(Problem.FILE_NOT_RESTORED), result.warnings().stream().map(w -> w.problem()).toList());
        assertEquals("mine", Files.readString(there.resolve("file.txt/mine")));
        assertEquals(1, restoreAfterRemovingBefore(IfExists.COPY).copies());
        assertEquals("backup", Files.readString(there.resolve("file" + MARK + ".txt")));
    }

    private RestoreResult restoreAfterRemovingBefore(IfExists rule) {
        return vault.restore(point, target, rule);
    }

    @Test
    void existingDirectoriesAreMerged() throws IOException {
        mine("directory/mine", BACKED_UP);
        restore(IfExists.COPY);
        assertEquals(List.of("inner", "mine"), RoundTripTest.names(there.resolve("directory")));
        assertEquals(BACKED_UP, Files.getLastModifiedTime(there.resolve("directory")).toInstant());
    }

    @Test
    void aDifferentLinkIsAConflictAndTheSameIsNot() throws IOException {
        Files.createSymbolicLink(there.resolve("link"), Path.of("file.txt"));
        assertEquals(1, restore(IfExists.COPY).unchanged());
        Files.delete(there.resolve("link"));
        Files.createSymbolicLink(there.resolve("link"), outside.resolve("precious"));
        assertEquals(1, vault.restore(point, target, IfExists.OVERWRITE).replaced());
        assertEquals(Path.of("file.txt"), Files.readSymbolicLink(there.resolve("link")));
    }
}
