package org.holdfast.agent.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.holdfast.agent.internal.keys.FileKeyHolder;
import org.holdfast.agent.internal.program.Composition;
import org.holdfast.agent.internal.program.Environment;
import org.holdfast.agent.internal.program.Program;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.enrol.Credentials;
import org.holdfast.vault.fleet.Servers;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.testkit.VaultNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

/** The command line, with a running agent and a vault node. */
class ProgramTest {
    private static final String PASSPHRASE = "correct horse battery staple";

    private final TempTree tree = new TempTree();
    private final TestClock clock = TestClock.running();
    private final List<String> typed = new ArrayList<>();
    private VaultNode node;
    private Path credentials;
    private Path data;
    private CountDownLatch stopping;
    private Thread running;
    private final AtomicInteger runCode = new AtomicInteger(-1);

    private record Result(int code, String out, String err) {
        JsonNode json() {
            try {
                return Json.mapper().readTree(out);
            } catch (IOException e) {
                throw new AssertionError(out, e);
            }
        }
    }

    @BeforeEach
    void begin() throws IOException {
        node = VaultNode.in(tree.resolve("vault")).clock(clock).start();
        node.get(Vaults.class).create(CreateVault.of("main"));
        credentials = tree.resolve("credentials.json");
        Files.write(credentials, node.get(Credentials.class)
                .create("main", new CreateCredentials(null, List.of(), 1, 5), "admin").bytes());
        data = Files.createDirectories(tree.resolve("data"));
        Files.writeString(data.resolve("letter.txt"), "Dear Anna");
        Files.createDirectories(tree.resolve("safe"));
    }

    @AfterEach
    void end() throws InterruptedException {
        stop();
        node.close();
        tree.close();
    }

    private Result run(String... arguments) {
        return run(new CountDownLatch(1), arguments);
    }

    private Result run(CountDownLatch latch, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--home", tree.resolve("home").toString()));
        var answers = new ArrayList<>(typed);
        int code = new Program(new Environment(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                text -> answers.isEmpty() ? null : answers.removeFirst().toCharArray(),
                new Composition(List.of(new FileKeyHolder()), new FilesSourceProvider(), clock), latch)).run(all);
        return new Result(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private void start() {
        stopping = new CountDownLatch(1);
        running = Thread.ofPlatform().start(() -> runCode.set(run(stopping, "run").code()));
        Await.until("running", () -> run("status").code() == Program.DONE);
    }

    private void stop() throws InterruptedException {
        if (running != null) {
            stopping.countDown();
            running.join();
            running = null;
        }
    }

    private String location() {
        return FileKeyHolder.location(tree.resolve("safe/passphrase"));
    }

    private Result register(String... more) {
        var all = new ArrayList<>(List.of("register", "--credentials", credentials.toString(), "--key-location",
                location()));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    @Test
    void theWholeWayOnTheCommandLine() throws Exception {
        typed.addAll(List.of(PASSPHRASE, PASSPHRASE));
        Result registered = register();
        assertEquals(0, registered.code(), registered.err());
        assertTrue(registered.err().contains("Strength: good"), registered.err());
        assertFalse((registered.out() + registered.err()).contains(PASSPHRASE));

        Result asleep = run("status", "--json");
        assertEquals(1, asleep.code());
        assertTrue(asleep.json().get("registered").asBoolean());
        assertFalse(asleep.json().get("running").asBoolean());
        Result nobody = run("backup", data.toString());
        assertEquals(1, nobody.code());
        assertTrue(nobody.err().contains("No agent runs"), nobody.err());

        start();
        assertEquals(2, run("run").code());
        Result backup = run("backup", data.toString(), "--json");
        assertEquals(0, backup.code(), backup.err());
        String[] lines = backup.out().strip().split("\n");
        JsonNode summary = Json.mapper().readTree(lines[lines.length - 1]);
        assertEquals("done", summary.at("/job/state").asText());
        String point = summary.at("/job/result/point").asText();

        Result points = run("points", "--json");
        assertEquals(point, points.json().get(0).get("id").asText());
        Result restore = run("restore", point.substring(0, 8), "--to", tree.resolve("restored").toString());
        assertEquals(0, restore.code(), restore.err());
        assertEquals("Dear Anna", Files.readString(tree.resolve("restored/data/letter.txt")));
        Result missing = run("backup", tree.resolve("nothing").toString());
        assertEquals(1, missing.code());
        Result status = run("status");
        assertTrue(status.out().contains("connected"), status.out());
        Result check = run("check", "--path", data.toString(), "--json");
        assertTrue(List.of(0, 3).contains(check.code()), check.out());
        for (JsonNode step : check.json().get("steps")) {
            assertFalse(step.get("result").asText().equals("failed"), step.toString());
        }
        assertTrue(check.out().contains("TLSv1.3"), check.out());
        assertEquals(2, run("cache", "move", tree.resolve("elsewhere").toString()).code());
        stop();
        assertEquals(0, runCode.get());

        assertEquals(0, run("cache", "move", tree.resolve("elsewhere").toString()).code());
        assertEquals(tree.resolve("elsewhere").toString(), run("cache").out().strip());
        Result gone = run("unregister", "--request-deletion", "--json");
        assertEquals(0, gone.code(), gone.err());
        var server = node.get(Servers.class).get(node.get(Vaults.class).id("main"),
                gone.json().get("serverId").asText()).value();
        assertEquals(org.holdfast.api.fleet.ServerState.RETIRED, server.state());
        assertTrue(server.labels().containsKey("deletion-requested"), server.labels().toString());
        assertEquals(1, run("status").code());
        assertTrue(Files.exists(tree.resolve("safe/passphrase")));
    }

    @Test
    void aPassphraseIsGeneratedOrComesFromAFile() throws IOException {
        Result generated = register("--generate-passphrase", "--json");
        assertEquals(0, generated.code(), generated.err());
        String passphrase = generated.json().get("passphrase").asText();
        assertEquals(passphrase, Files.readString(tree.resolve("safe/passphrase")).strip());
        assertEquals(2, register("--generate-passphrase").code());

        Path file = tree.resolve("given");
        Files.writeString(file, passphrase + "\n");
        assertEquals(1, register("--replace", "--passphrase-file", file.toString()).code());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Result again = register("--replace", "--passphrase-file", file.toString(), "--json");
        assertEquals(0, again.code(), again.err());
        assertTrue(again.json().get("existing").asBoolean());
        assertFalse(again.json().has("passphrase"));
    }

    @Test
    void misuseIsToldAndChangesNothing() {
        assertEquals(2, run("register").code());
        assertEquals(2, run("nonsense").code());
        assertEquals(0, new Program(new Environment(System.out, System.err, t -> null, h -> null,
                new CountDownLatch(1))).run(List.of("--version")));
        typed.addAll(List.of(PASSPHRASE, PASSPHRASE + "x"));
        Result different = register("--json");
        assertEquals(2, different.code());
        assertTrue(different.err().contains("\"problem\":\"invalid-request\""), different.err());
        typed.clear();
        typed.addAll(List.of("short", "short"));
        assertEquals(1, register().code());
        typed.clear();
        assertEquals(2, register().code());
        assertEquals(2, run("backup").code());
        assertFalse(Files.exists(tree.resolve("safe/passphrase")));
        assertEquals(0, node.get(Vaults.class).get("main").value().servers());
    }

    @Test
    void theCheckSaysWhichStepFails() throws IOException {
        node.close();
        Result check = run("check", "--credentials", credentials.toString());
        assertEquals(1, check.code());
        assertTrue(check.out().contains("FAILED   tcp 127.0.0.1:"), check.out());
        assertTrue(check.out().contains("outgoing TCP"), check.out());
    }
}
