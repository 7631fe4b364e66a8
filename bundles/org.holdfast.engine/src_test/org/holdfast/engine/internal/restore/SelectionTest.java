package org.holdfast.engine.internal.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.Progress;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.engine.internal.SampleTree;
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

/** Parts of a recovery point. */
@EnabledOnOs(OS.LINUX)
class SelectionTest {
    private TempTree temp;
    private TestVault vault;
    private Path source;
    private Path target;
    private Points.Stored point;

    @BeforeEach
    void backUp() throws IOException {
        temp = new TempTree();
        vault = new TestVault(new MemoryStore());
        source = temp.resolve("source");
        SampleTree.create(source, 4);
        Files.setPosixFilePermissions(source.resolve("d1"),
                java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-x--x"));
        point = vault.backup(source);
        target = temp.resolve("target");
    }

    @AfterEach
    void close() {
        vault.close();
        temp.close();
    }

    private Set<String> restored() throws IOException {
        return SampleTree.contents(target).keySet();
    }

    @Test
    void oneFileComesWithTheDirectoriesAboveIt() throws IOException {
        RestoreResult result = vault.restore(point, target, IfExists.COPY, "source/d1/below/small3");
        assertEquals(1, result.files());
        assertEquals(3, result.directories());
        assertEquals(Set.of("source/d1/below/small3"), restored());
        assertEquals(Files.getPosixFilePermissions(source.resolve("d1")),
                Files.getPosixFilePermissions(target.resolve("source/d1")));
        assertEquals(Files.getLastModifiedTime(source.resolve("d1")),
                Files.getLastModifiedTime(target.resolve("source/d1")));
    }

    @Test
    void pathsAreAbsoluteOrRelativeToTheBaseAndMayOverlap() throws IOException {
        vault.restore(point, target, IfExists.COPY, source.resolve("d1").toString(), "source/d1/below/small3",
                "source/large");
        Set<String> expected = new TreeSet<>();
        SampleTree.contents(source).keySet().stream().filter(p -> p.startsWith("d1/") || p.equals("large"))
                .forEach(p -> expected.add("source/" + p));
        assertEquals(expected, restored());
        assertEquals(List.of(), TreeCompare.differences(source.resolve("d1"), target.resolve("source/d1")));
    }

    @Test
    void thePathAboveTheBaseMeansEverything() throws IOException {
        vault.restore(point, target, IfExists.COPY, "/");
        assertEquals(List.of(), TreeCompare.differences(source, target.resolve("source")));
    }

    @Test
    void aPathThatIsNotInThePointStopsBeforeAnythingIsWritten() {
        for (String path : List.of("source/nothing", "/elsewhere", "source/large/below", "source/d1/below/small3/x")) {
            HoldfastException e = assertThrows(HoldfastException.class,
                    () -> vault.restore(point, target, IfExists.COPY, "source/large", path), path);
            assertEquals(Problem.PATH_NOT_FOUND, e.problem(), path);
        }
        assertFalse(Files.exists(target));
    }

    @Test
    void directoriesAboveThatAreThereKeepTheirMetadata() throws IOException {
        Files.createDirectories(target.resolve("source/d1"));
        Files.setPosixFilePermissions(target.resolve("source/d1"),
                java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
        vault.restore(point, target, IfExists.OVERWRITE, "source/d1/below");
        assertEquals("rwxrwxrwx", java.nio.file.attribute.PosixFilePermissions
                .toString(Files.getPosixFilePermissions(target.resolve("source/d1"))));
    }

    @Test
    void progressKnowsTheTotalsAndReachesThem() {
        List<Progress> seen = Collections.synchronizedList(new ArrayList<>());
        RestoreResult result = vault.restore(point,
                TestVault.request(point, target, IfExists.COPY, "source/d1", "source/large"), Targets.unsynced(),
                seen::add, new CancelToken());
        Progress last = seen.getLast();
        assertEquals(org.holdfast.api.Phase.DONE, last.phase());
        assertEquals(result.files(), last.filesTotal());
        assertEquals(last.filesTotal(), last.files());
        assertEquals(result.bytes(), last.bytesTotal());
        assertEquals(last.bytesTotal(), last.bytes());
    }

    @Test
    void aDryRunIntoNothingCountsWithoutLooking() {
        RestoreRequest request = TestVault.request(point, target, IfExists.COPY, "source/d1");
        RestoreResult dry = vault.restore(point, new RestoreRequest(request.pointId(), request.include(),
                request.target(), IfExists.COPY, true, true, true), Targets.unsynced(), p -> {}, new CancelToken());
        assertFalse(Files.exists(target));
        RestoreResult real = vault.restore(point, target, IfExists.COPY, "source/d1");
        assertEquals(real.files(), dry.files());
        assertEquals(real.bytes(), dry.bytes());
        assertTrue(dry.files() > 0);
    }

    @Test
    void theTargetMustBeAnAbsolutePathToADirectory() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));
        HoldfastException e = assertThrows(HoldfastException.class,
                () -> vault.restore(point, file, IfExists.COPY));
        assertEquals(Problem.INVALID_REQUEST, e.problem());
        RestoreRequest relative = new RestoreRequest(point.id(), List.of(), org.holdfast.api.RawPath.of("x"),
                IfExists.COPY, true, true, false);
        e = assertThrows(HoldfastException.class, () -> vault.restore(point, relative, Targets.unsynced(), p -> {},
                new CancelToken()));
        assertEquals(Problem.INVALID_REQUEST, e.problem());
    }
}
