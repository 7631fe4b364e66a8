package org.holdfast.architecture.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every bundle's tests have run, as many as there should be. */
class TestCountsTest {

    @TempDir
    private Path folder;

    @Test
    void everyBundleHasRunItsTests() throws IOException {
        Properties minimum = new Properties();
        try (InputStream in = getClass().getResourceAsStream("minimum-tests.properties")) {
            minimum.load(in);
        }
        Tree tree = Tree.thisOne();
        // The whole build runs this bundle after the others; alone, or in an IDE, there is nothing to count.
        assumeTrue(tree.bundles().stream().filter(bundle -> TestCounts.executed(bundle).isPresent()).count() > 3,
                "only a part was built");
        assertEquals("", String.join("\n", TestCounts.atLeast(minimum).violations(tree)));
    }

    @Test
    void tooFewTestsAreFound() throws IOException {
        String report = "<?xml version=\"1.0\"?>\n<testsuite name=\"a\" time=\"1\"\n tests=\"%d\" skipped=\"1\">"
                + "<testcase tests=\"900\"/></testsuite>";
        Tree tree = new Fixture(folder)
                .bundle("org.holdfast.engine")
                .file("bundles/org.holdfast.engine/target/surefire-reports/TEST-a.xml", report.formatted(5))
                .file("bundles/org.holdfast.engine/target/surefire-reports/TEST-b.xml", report.formatted(3))
                .bundle("org.holdfast.format")
                .file("bundles/org.holdfast.format/src_test/org/holdfast/format/ATest.java", "class ATest { }")
                .bundle("org.holdfast.crypto")
                .tree();
        Properties minimum = new Properties();
        minimum.setProperty("org.holdfast.engine", "6");
        minimum.setProperty("org.holdfast.crypto", "1");
        minimum.setProperty("org.holdfast.gone", "1");
        assertEquals(List.of("org.holdfast.gone: there is no such bundle",
                "org.holdfast.crypto: 0 tests have run, there should be 1 at least",
                "org.holdfast.format: 0 tests have run, there should be 1 at least"),
                TestCounts.atLeast(minimum).violations(tree));
        minimum.setProperty("org.holdfast.engine", "7");
        assertEquals("org.holdfast.engine: 6 tests have run, there should be 7 at least",
                TestCounts.atLeast(minimum).violations(tree).get(2));
    }
}
