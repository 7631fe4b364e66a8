package org.holdfast.products.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The start scripts in products, with a Java that is a script and tells where it was to work. */
@EnabledOnOs({ OS.LINUX, OS.MAC })
class ProductScriptTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;
    private Path install;
    private Path java;
    private Path home;

    @BeforeEach
    void setUp() throws IOException {
        install = folder.resolve("a product");
        home = folder.resolve("its home");
        for (String file : List.of("agent.feature/rootfiles/bin/holdfast-agent",
                "vault.feature/rootfiles/bin/holdfast-vault", "cli.feature/rootfiles/bin/holdfast",
                "console.feature/rootfiles/bin/holdfast-console", "platform.feature/rootfiles/bin/need-java.sh")) {
            Path from = Product.repository().resolve("features/org.holdfast." + file);
            Path to = install.resolve("bin").resolve(from.getFileName());
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Files.createDirectories(install.resolve("plugins"));
        for (String name : List.of("org.holdfast.agent", "org.holdfast.vault", "org.eclipse.equinox.launcher")) {
            Files.createFile(install.resolve("plugins/" + name + "_1.0.0.jar"));
        }
        java = folder.resolve("jdk");
        Files.createDirectories(java.resolve("bin"));
        Path program = java.resolve("bin/java");
        Files.writeString(program, """
                #!/bin/sh
                [ "$1" != -version ] || { echo 'openjdk version "21.0.2" 2024-01-16' >&2; exit; }
                for a; do [ "$last" != -configuration ] || echo "area: $a"; last=$a; done
                case "$last" in wait-for:*) while [ ! -e "${last#wait-for:}" ]; do sleep 0.05; done ;; esac
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        release("25.0.1");
    }

    private void release(String version) throws IOException {
        Files.writeString(java.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    private Running start(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(install.resolve("bin").resolve(program).toString()));
        command.addAll(List.of(arguments));
        return Running.start(folder, command, Map.of("JAVA_HOME", java.toString(), "HOME", folder.toString()));
    }

    @Test
    void anOlderJavaIsNamed() throws Exception {
        for (String program : List.of("holdfast-agent", "holdfast-vault", "holdfast", "holdfast-console")) {
            for (String version : List.of("17.0.9", "1.8.0_292", "24")) {
                release(version);
                assertRefused(program, "is Java " + version.replaceFirst("^1\\.", "").replaceFirst("\\..*", "") + ".");
            }
            // One without the file is asked.
            Files.delete(java.resolve("release"));
            assertRefused(program, "is Java 21.");
        }
        release("26-ea");
        try (Running run = start("holdfast-agent", "status", "--home", home.toString())) {
            assertEquals(0, run.exitCode(), run::output);
        }
    }

    private void assertRefused(String program, String words) throws Exception {
        try (Running run = start(program, "--version")) {
            assertEquals(1, run.exitCode(), run::output);
            assertTrue(run.output().contains(program + ": ") && run.output().contains(words)
                    && run.output().contains("needs Java 25"), run::output);
        }
    }

    @Test
    void commandsThatComeTogetherDoNotShareAnUnfinishedFolder() throws Exception {
        Path go = folder.resolve("go");
        String first;
        try (Running one = start("holdfast-agent", "backup", "--home", home.toString(), "wait-for:" + go)) {
            awaitOutput(one);
            first = area(one);
            String second;
            try (Running two = start("holdfast-agent", "status", "--home", home.toString())) {
                assertEquals(0, two.exitCode(), two::output);
                second = area(two);
            }
            assertNotEquals(first, second);
            assertTrue(second.startsWith(first), second);
            assertTrue(Files.isDirectory(Path.of(first)));
            Files.createFile(go);
            assertEquals(0, one.exitCode(), one::output);
        }
        for (int i = 0; i < 2; i++) {
            try (Running later = start("holdfast-agent", "status", "--home", home.toString())) {
                assertEquals(0, later.exitCode(), later::output);
                assertEquals(first, area(later));
            }
        }
        assertEquals(List.of(Path.of(first).getFileName().toString()), areas("command-"));

        // The service works beside commands, and another build begins anew.
        try (Running service = start("holdfast-agent", "run", "--home", home.toString())) {
            assertEquals(0, service.exitCode(), service::output);
            assertTrue(area(service).contains("/service-"), service::output);
        }
        Files.move(install.resolve("plugins/org.holdfast.agent_1.0.0.jar"),
                install.resolve("plugins/org.holdfast.agent_1.0.1.jar"));
        try (Running upgraded = start("holdfast-agent", "status", "--home", home.toString())) {
            assertEquals(0, upgraded.exitCode(), upgraded::output);
            assertNotEquals(first, area(upgraded));
        }
        assertFalse(Files.exists(Path.of(first)));
        assertEquals(1, areas("service-").size());
    }

    private List<String> areas(String beginning) throws IOException {
        try (Stream<Path> all = Files.list(home.resolve("runtime"))) {
            return all.map(f -> f.getFileName().toString()).filter(name -> name.startsWith(beginning)).toList();
        }
    }

    private static String area(Running run) {
        return run.output().lines().filter(line -> line.startsWith("area: ")).findFirst().orElseThrow()
                .substring("area: ".length());
    }

    private static void awaitOutput(Running run) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!run.output().contains("area: ")) {
            if (!run.isAlive() || System.nanoTime() > deadline) {
                fail("It does not run:\n" + run.output());
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
