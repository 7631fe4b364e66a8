package org.holdfast.engine.internal.restore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.RestoreResult;
import org.holdfast.engine.internal.TestVault;
import org.holdfast.engine.internal.objects.Points;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TortureTree;
import org.holdfast.testkit.TreeCompare;
import org.holdfast.testkit.store.MemoryStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A tree with everything in it goes into a vault and comes back as it was. */
@EnabledOnOs(OS.LINUX)
class RoundTripTest {
    private TempTree temp;
    private TestVault vault;
    private Path source;
    private Path target;

    @BeforeEach
    void open() throws IOException {
        temp = new TempTree();
        vault = new TestVault(new MemoryStore());
        source = temp.resolve("source");
        target = temp.resolve("target");
    }

    @AfterEach
    void close() {
        vault.close();
        temp.close();
    }

    @Test
    void aTreeWithEverythingComesBackAsItWas() throws IOException {
        TortureTree.create(source);
        Points.Stored point = vault.backup(source);
        RestoreResult result = vault.restore(point, target, IfExists.COPY);
        assertEquals(List.of(), result.warnings());
        assertEquals(List.of(), TreeCompare.differences(source, target.resolve("source")));
        assertEquals(List.of("source"), names(target));
    }

    @Test
    void restoringAgainFindsEverythingUnchanged() throws IOException {
        TortureTree.create(source);
        Points.Stored point = vault.backup(source);
        RestoreResult first = vault.restore(point, target, IfExists.COPY);
        for (IfExists rule : IfExists.values()) {
            RestoreResult again = vault.restore(point, target, rule);
            assertEquals(0, again.files(), rule.name());
            assertEquals(0, again.bytes(), rule.name());
            assertEquals(first.files(), again.unchanged(), rule.name());
            assertEquals(0, again.copies() + again.replaced() + again.skipped(), rule.name());
            assertEquals(List.of(), again.warnings());
            assertEquals(List.of(), TreeCompare.differences(source, target.resolve("source")), rule.name());
        }
    }

    @Test
    void everythingComesBackToTheOriginalPlace() throws IOException {
        TortureTree.create(source);
        Path copy = temp.resolve("copy");
        Points.Stored point = vault.backup(source);
        vault.restore(point, copy, IfExists.COPY);
        TortureTree.delete(source);
        RestoreResult result = vault.restore(point, null, IfExists.COPY);
        assertEquals(TestVault.raw(temp.path()), result.target());
        assertEquals(List.of(), TreeCompare.differences(copy.resolve("source"), source));
        assertFalse(names(temp.path()).stream().anyMatch(n -> n.startsWith(".holdfast")));
    }

    static List<String> names(Path directory) throws IOException {
        try (var list = Files.list(directory)) {
            return list.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }
}
