package org.holdfast.source.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.holdfast.api.RawPath;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TortureTree;
import org.holdfast.testkit.TreeCompare;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A tree with everything a file system can hold comes through without one difference. */
class TortureTest {
    @AutoClose
    private final TempTree base = new TempTree();

    @Test
    void everythingComesThrough() throws IOException {
        assumeTrue(TempTree.isLinux());
        Path from = base.resolve("from");
        Path to = base.resolve("to");
        List<String> leftOut = TortureTree.create(from);
        if ("root".equals(System.getProperty("user.name"))) {
            assertEquals(List.of(), leftOut.stream().filter(w -> !w.contains("error 95")).toList());
        }
        List<String> missed = TreeCopy.copy(new FilesSourceProvider(), RawPath.of(from.toString()),
                RawPath.of(to.toString()));
        assertEquals(List.of(), missed);
        assertEquals(List.of(), TreeCompare.differences(from, to));
    }
}
