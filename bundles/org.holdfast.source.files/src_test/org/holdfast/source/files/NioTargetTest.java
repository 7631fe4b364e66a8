package org.holdfast.source.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TortureTree;
import org.holdfast.testkit.TreeCompare;
import org.holdfast.testkit.TreeCompare.Ignore;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The implementation for systems that have none of their own. */
class NioTargetTest extends TargetContract {
    @Override
    SourceProvider provider() {
        return new NioProvider();
    }

    @Test
    void specialFilesAreRefused() {
        assertThrows(IOException.class, () -> root.special(name("fifo"), 0010600, 0));
    }

    @Test
    void fractionsBefore1970AreSaid() throws IOException {
        Assumptions.assumeTrue(TempTree.isLinux());
        write(root, "file", "");
        assertEquals(1, root.setMetadata(name("file"), REGULAR, metadata(-1, -5, 999_999_999, null)).size());
        checkTime(at("file"), -5, 0);
    }

    @Test
    void namesThatAreNoTextComeThrough() throws IOException {
        Assumptions.assumeTrue(TempTree.isLinux());
        Path from = temp.resolve("torture");
        TortureTree.create(from);
        for (String part : List.of("names", "contents", "modes")) {
            Path to = temp.resolve("copy of " + part);
            assertEquals(List.of(), TreeCopy.copy(provider(), RawPath.of(from.resolve(part).toString()),
                    RawPath.of(to.toString())));
            assertEquals(List.of(), TreeCompare.differences(from.resolve(part), to, Ignore.HOLES));
        }
    }
}
