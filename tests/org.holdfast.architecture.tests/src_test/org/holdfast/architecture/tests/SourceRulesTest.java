package org.holdfast.architecture.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule about code finds what breaks it, and only that. */
class SourceRulesTest {

    private static final String FILE = "org.holdfast.engine/src/org/holdfast/engine/A.java";

    @TempDir
    private Path folder;
    private Fixture fixture;

    @BeforeEach
    void setUp() throws IOException {
        fixture = new Fixture(folder).bundle("org.holdfast.engine");
    }

    @ParameterizedTest
    @ValueSource(strings = { "display.syncExec(r);", "Thread.sleep(1);", "TimeUnit.SECONDS.sleep(1);",
            "System.exit(0);", "Runtime.getRuntime().halt(1);", "new Thread(r).start();", "System.currentTimeMillis();",
            "new Date();", "Instant.now();", "LocalDate.now();", "ZonedDateTime . now ( );", "Clock.systemUTC();",
            "e.printStackTrace();", "context.getServiceReference(X.class);" })
    void bannedCallsAreFound(String call) throws IOException {
        source("class A {\n  void a() {\n    " + call + "\n  }\n}\n");
        List<String> found = SourceRules.noBannedCalls(new AllowList("")).violations(fixture.tree());
        assertEquals(1, found.size(), found::toString);
        assertTrue(found.getFirst().startsWith(FILE + ":3: " + call + " ("), found::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = { "// Thread.sleep(1)", "/* System.exit(1)\n * Instant.now() */",
            "String s = \"Instant.now()\";",
            "String s = \"\"\"\n  \" Thread.sleep(1); \"\"\";", "char c = '\"'; // Thread.sleep(1)",
            "Instant.now(clock);",
            "LocalDate.now(clock);", "new Date(1);", "clock.millis();", "System.nanoTime();", "unsyncExec(r);" })
    void whatOnlyLooksLikeACallIsNot(String text) throws IOException {
        source("class A { void a() {\n" + text + "\n} }\n");
        assertEquals(List.of(), SourceRules.noBannedCalls(new AllowList("")).violations(fixture.tree()));
    }

    @Test
    void testsMayReadTheClockButNotSleep() throws IOException {
        fixture.file("bundles/org.holdfast.engine/src_test/org/holdfast/engine/ATest.java",
                "class ATest { void a() { Instant.now(); Thread.sleep(1); } }");
        assertEquals(List.of("org.holdfast.engine/src_test/org/holdfast/engine/ATest.java:1:"
                + " class ATest { void a() { Instant.now(); Thread.sleep(1); } } (wait for a condition)"),
                SourceRules.noBannedCalls(new AllowList("")).violations(fixture.tree()));
    }

    @Test
    void anAllowedCallIsAllowedThereOnly() throws IOException {
        source("class A {\n  void a() { System.exit(1); }\n  void b() { System.exit(2); }\n}\n");
        AllowList allowed = new AllowList("# a comment\n" + FILE + " | exit(1) | the launcher ends the process\n");
        List<String> found = SourceRules.noBannedCalls(allowed).violations(fixture.tree());
        assertEquals(1, found.size(), found::toString);
        assertEquals(FILE + ":3", found.getFirst().substring(0, FILE.length() + 2));
        assertEquals(List.of(), allowed.unused());
    }

    @Test
    void anAllowanceWithoutUseOrReasonIsFound() {
        AllowList allowed = new AllowList(FILE + " | exit(1) | the launcher ends the process\n");
        assertEquals(List.of(), SourceRules.noBannedCalls(allowed).violations(fixture.tree()));
        assertEquals(List.of("allowed-calls.txt: nothing matches '" + FILE + " | exit(1)'"), allowed.unused());
        assertThrows(IllegalArgumentException.class, () -> new AllowList(FILE + " | exit(1) | \n"));
    }

    @Test
    void staticStateIsFound() throws IOException {
        source("""
                class A {
                    public static int counter;
                    public static final int LIMIT = 1;
                    public static List<String> names = new ArrayList<>();
                    private static int mine;
                    public static A getInstance() { return null; }
                    public static int add(int a, int b) { return a + b; }
                    public static <T> T same(T t) { return t; }
                    public static final class Inner { }
                }
                """);
        assertEquals(List.of(FILE + ":2: public static state", FILE + ":4: public static state",
                FILE + ":6: a singleton"), SourceRules.noStaticState(fixture.tree()));
    }

    @Test
    void fieldsOfAMessageClassAreNotState() throws IOException {
        source("class Messages extends NLS {\n    public static String hello;\n}\n");
        assertEquals(List.of(), SourceRules.noStaticState(fixture.tree()));
    }

    private void source(String text) throws IOException {
        fixture.file("bundles/" + FILE, text);
    }
}
