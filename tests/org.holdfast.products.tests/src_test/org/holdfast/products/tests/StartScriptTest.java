package org.holdfast.products.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The start script of a clone builds when it has to and only then. It runs in a small clone with a JDK and a Maven that
 * are scripts: they tell what they were asked to do.
 */
@EnabledOnOs({ OS.LINUX, OS.MAC })
class StartScriptTest {

    private static final String BUNDLE = "bundles/org.holdfast.engine/src/org/holdfast/engine/";

    @TempDir
    private Path folder;
    private Path clone;
    private Path tools;

    @BeforeEach
    void setUp() throws IOException {
        clone = Files.createDirectories(folder.resolve("a clone"));
        tools = Files.createDirectories(folder.resolve("tools"));
        copy("holdfast");
        copy("releng/start/build.sh");
        for (String file : List.of("pom.xml", ".mvn/maven.config", "target-platform/holdfast.target",
                "features/org.holdfast.cli.feature/feature.xml", "releng/pom.xml", "releng/cli/cli.product",
                "releng/vault/vault.product", "releng/agent/agent.product",
                BUNDLE + "A.java", BUNDLE + "B.java", "bundles/org.holdfast.engine/src_test/ATest.java",
                "bundles/org.holdfast.engine/build.properties", "bundles/org.holdfast.gone/target/x.jar",
                "bundles/org.holdfast.console.ui/src/C.java", "bundles/org.holdfast.console.ui/build.properties",
                "features/org.holdfast.cli.feature/build.properties", "tests/org.holdfast.testkit/build.properties",
                "tests/org.holdfast.testkit/src/D.java", "LICENSE")) {
            write(clone.resolve(file), "");
            Files.setLastModifiedTime(clone.resolve(file), FileTime.from(Instant.EPOCH));
        }
        script("jdk/bin/java", "case $* in *Rehearsal*) exit 1 ;; esac; for a; do last2=${last1:-}; last1=$a; done",
                "echo \"java: $last2 $last1\"");
        script("jdk/bin/javac", "exit 1");
        script("jdk/bin/jar", "exit 0");
        write(tools.resolve("jdk/release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"25.0.1\"\n");
        script("bin/mvn", "case $1 in -v) echo 'Apache Maven 3.9.99 (x)'; exit 0 ;; esac",
                "echo \"$*\" >> '" + tools + "/builds'",
                "[ ! -f '" + tools + "/broken' ] || { echo '[INFO] more'; echo '[ERROR] no such type'; exit 1; }",
                "for n in cli vault agent; do",
                "  case $* in *releng/$n*) ;; *) continue ;; esac",
                "  p=releng/$n/target/products/p/os/ws/arch/holdfast",
                "  mkdir -p $p/plugins $p/bin && touch $p/plugins/org.holdfast.cli_1.jar",
                "  printf '#!/bin/sh\\necho \"%s: $*\"\\n' $n > $p/bin/holdfast-$n && chmod 755 $p/bin/holdfast-$n",
                "done");
    }

    @Test
    void buildsOnFirstUseAndNotAgain() throws Exception {
        assertTrue(holdfast(0, "points", "v").endsWith("java: points v\n"));
        assertEquals("java: points w\n", holdfast(0, "points", "w"));
        List<String> builds = builds();
        assertEquals(1, builds.size(), builds::toString);
        assertTrue(builds.getFirst().contains("-pl :org.holdfast.engine,:org.holdfast.cli.feature,"
                + ":org.holdfast.testkit,releng/cli"), builds::toString);
    }

    @Test
    void buildsAgainWhenASourceHasChangedOrIsGone() throws Exception {
        holdfast(0, "points");
        Files.writeString(clone.resolve(BUNDLE + "A.java"), "class A { }");
        holdfast(0, "points");
        assertEquals(2, builds().size());
        Files.delete(clone.resolve(BUNDLE + "B.java"));
        holdfast(0, "points");
        assertEquals(3, builds().size());
        Files.writeString(clone.resolve("pom.xml"), "<project/>");
        holdfast(0, "points");
        assertEquals(4, builds().size());
    }

    @Test
    void doesNotBuildForTestsOrForAnotherProduct() throws Exception {
        holdfast(0, "points");
        Files.writeString(clone.resolve("bundles/org.holdfast.engine/src_test/ATest.java"), "class ATest { }");
        Files.writeString(clone.resolve("bundles/org.holdfast.console.ui/src/C.java"), "class C { }");
        write(clone.resolve("bundles/org.holdfast.engine/target/classes/A.class"), "");
        write(clone.resolve("bundles/org.holdfast.engine/.polyglot.build.properties"), "");
        holdfast(0, "points");
        assertEquals(1, builds().size());
    }

    @Test
    void eachProgramIsBuiltWhenItIsAskedFor() throws Exception {
        assertTrue(holdfast(0, "vault", "serve", "--data", "d").endsWith("vault: serve --data d\n"));
        assertTrue(holdfast(0, "agent", "check").endsWith("agent: check\n"));
        assertEquals("agent: check\n", holdfast(0, "agent", "check"));
        // Other commands of a vault are sent to it by the command line.
        assertTrue(holdfast(0, "vault", "list").endsWith("java: vault list\n"));
        List<String> builds = builds();
        assertEquals(List.of("releng/vault", "releng/agent", "releng/cli"),
                builds.stream().map(line -> line.replaceFirst(".*,", "")).toList());
        Files.writeString(clone.resolve(BUNDLE + "A.java"), "class A { }");
        holdfast(0, "demo");
        assertTrue(builds().getLast().endsWith(",releng/cli,releng/vault,releng/agent"), () -> builds.toString());
    }

    @Test
    void aFailedBuildSaysWhyAndIsTriedAgain() throws Exception {
        write(tools.resolve("broken"), "");
        String output = holdfast(1, "points");
        assertTrue(output.contains("[ERROR] no such type\n"), output);
        assertFalse(output.contains("[INFO]"), output);
        assertTrue(output.contains("/a clone/.holdfast/build.log"), output);
        assertFalse(output.contains("java: "), output);
        Files.delete(tools.resolve("broken"));
        assertTrue(holdfast(0, "points").endsWith("points\n"));
        assertEquals(2, builds().size());
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        try (Running one = start("points", "1"); Running two = start("points", "2")) {
            assertEquals(0, one.exitCode(), one::output);
            assertEquals(0, two.exitCode(), two::output);
            assertTrue(one.output().endsWith("points 1\n"), one::output);
            assertTrue(two.output().endsWith("points 2\n"), two::output);
        }
        assertEquals(1, builds().size());
    }

    @Test
    void anOlderJdkIsNotTaken() throws Exception {
        write(tools.resolve("jdk/release"), "JAVA_VERSION=\"21.0.9\"\n");
        // Another JDK of this machine may be found instead, or none: in no case the old one.
        try (Running run = start("points")) {
            run.exitCode();
            assertFalse(run.output().contains("java: "), run::output);
        }
    }

    @Test
    void totalsAreSummedAndDecide() throws Exception {
        String suite = """
                <?xml version="1.0"?>
                <testsuite name="x" time="0.1" tests="%d" errors="%d" skipped="%d" failures="%d">
                  <testcase name="tests=&quot;" tests="70"/>
                %s</testsuite>
                """;
        Path reports = clone.resolve("bundles/b/target/surefire-reports");
        write(reports.resolve("TEST-a.GoodTest.xml"), suite.formatted(10, 0, 2, 0, ""));
        assertEquals("8 passed, 0 failed, 2 skipped\n", totals(0));
        write(reports.resolve("TEST-a.BadTest.xml"), suite.formatted(5, 1, 0, 2, "<failure message=\"m\"/>\n"));
        assertEquals("failed: a.BadTest\n10 passed, 3 failed, 2 skipped\n", totals(1));
        Files.delete(reports.resolve("TEST-a.BadTest.xml"));
        Files.delete(reports.resolve("TEST-a.GoodTest.xml"));
        assertEquals("no test has run\n0 passed, 0 failed, 0 skipped\n", totals(1));
    }

    private String totals(int expected) throws Exception {
        Path script = Product.repository().resolve("releng/start/test-totals");
        try (Running run = Running.start(folder, List.of(script.toString(), clone.toString()))) {
            assertEquals(expected, run.exitCode(), run::output);
            return run.output();
        }
    }

    private String holdfast(int expected, String... arguments) throws Exception {
        try (Running run = start(arguments)) {
            assertEquals(expected, run.exitCode(), run::output);
            return run.output();
        }
    }

    private Running start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(clone.resolve("holdfast").toString()));
        command.addAll(List.of(arguments));
        return Running.start(folder, command, Map.of("JAVA_HOME", tools.resolve("jdk").toString(),
                "PATH", tools.resolve("bin") + ":" + System.getenv("PATH")));
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(tools.resolve("builds"));
    }

    private void copy(String file) throws IOException {
        Path target = clone.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(Product.repository().resolve(file), target);
        Files.setLastModifiedTime(target, FileTime.from(Instant.EPOCH));
    }

    private void script(String file, String... lines) throws IOException {
        write(tools.resolve(file), "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(tools.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
