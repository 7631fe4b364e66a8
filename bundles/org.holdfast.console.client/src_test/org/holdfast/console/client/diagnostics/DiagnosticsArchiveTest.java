package org.holdfast.console.client.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipFile;

import org.holdfast.console.client.fleet.FileTokens;
import org.holdfast.console.client.fleet.TokenStore.Token;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.protocol.people.LoginAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archive has everything that helps and nothing that is secret. */
class DiagnosticsArchiveTest {
    private static final String TOKEN = "Zk3jV-0pQmXyT9_aLw8RfCeB2hN6sUoI7dGtKv5xYzA";
    private static final String PASSWORD = "short-one";

    @TempDir
    private Path folder;

    private Map<String, String> archive(String log, List<Path> secrets, VaultConnections connections)
            throws IOException {
        Path logFile = Files.writeString(folder.resolve("console.log"), log);
        Path zip = folder.resolve("diagnostics.zip");
        new DiagnosticsArchive(List.of("Holdfast 0.1.0"), connections.sessions(), logFile, secrets).write(zip);
        var texts = new TreeMap<String, String>();
        try (var file = new ZipFile(zip.toFile())) {
            for (var entry : file.stream().toList()) {
                texts.put(entry.getName(),
                        new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    @Test
    void hasVersionsConnectionsThreadsAndLog() throws IOException {
        var connections = new VaultConnections(folder.resolve("connections.json"), new FileTokens(folder.resolve("t")),
                Clock.systemUTC());
        try {
            connections.add("prod", "127.0.0.1:1", "ab".repeat(32),
                    new LoginAnswer(TOKEN, Instant.parse("2030-01-01T00:00:00Z"), "eve", List.of(), false), true);
            var texts = archive("!MESSAGE something went wrong\n", List.of(), connections);
            assertEquals(Set.of("versions.txt", "connections.txt", "threads.txt", "console.log"), texts.keySet());
            assertEquals("Holdfast 0.1.0\n", texts.get("versions.txt"));
            assertTrue(texts.get("connections.txt").contains("prod\n  address 127.0.0.1:1\n  account eve"));
            assertTrue(texts.get("connections.txt").contains("ab".repeat(32)), "the fingerprint is no secret");
            assertTrue(texts.get("threads.txt").contains("hasVersionsConnectionsThreadsAndLog"));
            assertEquals("!MESSAGE something went wrong\n", texts.get("console.log"));
            texts.values().forEach(text -> assertFalse(text.contains(TOKEN)));
        } finally {
            connections.close();
        }
    }

    @Test
    void secretsAreTakenOut() throws IOException {
        Path kept = folder.resolve("sign-ins");
        new FileTokens(kept).write("one", new Token(TOKEN, Instant.parse("2030-01-01T00:00:00Z"), null));
        Path password = Files.writeString(folder.resolve("administrator"), PASSWORD + '\n');
        var connections = new VaultConnections(null, Clock.systemUTC());
        try {
            String text = archive("""
                    token in a line: %s and again (%s)
                    the password is %s here
                    Authorization: Bearer abc.def.ghi
                    password=geheim42 secret: "another" passphrase 'three words'
                    one-time secret: abcde-fghij-kmnpq-rstuv-23456
                    job 6f1c3f0e-98a4-4b8a-a1b9-4a1a45a2f0d1 at org.holdfast.console.app.ConsoleApplication
                    """.formatted(TOKEN, TOKEN, PASSWORD), List.of(kept, password), connections).get("console.log");
            for (String secret : List.of(TOKEN, PASSWORD, "abc.def.ghi", "geheim42", "another", "abcde-fghij")) {
                assertFalse(text.contains(secret), () -> secret + " in " + text);
            }
            assertTrue(text.contains("6f1c3f0e-98a4-4b8a-a1b9-4a1a45a2f0d1"), "ids help");
            assertTrue(text.contains("org.holdfast.console.app.ConsoleApplication"), text);
        } finally {
            connections.close();
        }
    }

    @Test
    @EnabledOnOs({ OS.LINUX, OS.MAC })
    void nobodyElseCanReadIt() throws IOException {
        var connections = new VaultConnections(null, Clock.systemUTC());
        try {
            archive("", List.of(), connections);
            assertEquals(PosixFilePermissions.fromString("rw-------"),
                    Files.getPosixFilePermissions(folder.resolve("diagnostics.zip")));
        } finally {
            connections.close();
        }
    }
}
