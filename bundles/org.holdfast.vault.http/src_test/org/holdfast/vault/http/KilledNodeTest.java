package org.holdfast.vault.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.holdfast.api.CancelToken;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.api.vault.RestoreRequest;
import org.holdfast.client.VaultClient;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.vault.catalog.data.PointRow;
import org.holdfast.vault.catalog.data.Points;
import org.holdfast.vault.data.ObjectService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Node and agent in processes of their own, killed with SIGKILL: nothing committed is lost, everything goes on. */
@Timeout(600)
class KilledNodeTest {
    private static final int FILES = 8;

    private @TempDir Path temp = Path.of("");
    private Path folder;
    private Path data;
    private int port;
    private Process node;
    private VaultClient client;
    private LocalVaultService service;

    @BeforeEach
    void start() throws Exception {
        folder = temp.resolve("node");
        data = Files.createDirectories(temp.resolve("data"));
        for (int i = 0; i < FILES; i++) {
            byte[] bytes = new byte[9_000_000];
            new Random(i).nextBytes(bytes);
            Files.write(data.resolve("f" + i), bytes);
        }
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        NodeProcess.pki(folder);
        node = NodeProcess.start(folder, port, false);
        client = AgentProcess.client(folder, port);
        service = AgentProcess.service(client, folder);
        service.create(AgentProcess.LOCATION, AgentProcess.PASSPHRASE);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        NodeProcess.kill(node);
    }

    private long packs() {
        Path packs = folder.resolve("store").resolve(DataNode.VAULT.toString())
                .resolve(AgentProcess.SERVER.toString()).resolve("data");
        try (Stream<Path> files = Files.exists(packs) ? Files.walk(packs) : Stream.empty()) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException | UncheckedIOException e) {
            // Folders appear while they are listed.
            return 0;
        }
    }

    private void awaitPacks(long count) {
        long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
        while (packs() < count && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
        assertTrue(packs() >= count, "no packs came");
    }

    private void assertWhole(String point) throws IOException {
        Path to = Files.createTempDirectory(temp, "restored");
        try (OpenVault vault = service.open(AgentProcess.LOCATION, AgentProcess.PASSPHRASE)) {
            assertEquals(List.of(), vault.verify(true, p -> {
            }, new CancelToken()).damages());
            vault.restore(new RestoreRequest(point, List.of(), RawPath.of(to.toString()), IfExists.OVERWRITE, false,
                    false, false), p -> {
                    }, new CancelToken());
        }
        try (Stream<Path> files = Files.walk(to)) {
            assertEquals(FILES, files.filter(Files::isRegularFile).filter(this::isAsInData).count());
        }
    }

    private boolean isAsInData(Path file) {
        try {
            return Files.mismatch(file, data.resolve(file.getFileName())) == -1;
        } catch (IOException e) {
            return false;
        }
    }

    /** Points of the catalogue, read when no process has it. */
    private List<String> rows() throws Exception {
        NodeProcess.kill(node);
        try (var here = new DataNode(folder, NodeProcess.pki(folder), port, ObjectService.Policy.STANDARD,
                Clock.systemUTC())) {
            assertEquals(0, here.commits().reconcile(DataNode.VAULT, AgentProcess.SERVER));
            return here.catalog().read(h -> Points.of(h, AgentProcess.SERVER)).stream().map(PointRow::id).toList();
        } finally {
            node = NodeProcess.start(folder, port, false);
        }
    }

    @Test
    void aBackupGoesOnWhenTheNodeIsKilledAndStartedAgain() throws Exception {
        var running = CompletableFuture.supplyAsync(() -> AgentProcess.backup(service, data));
        for (int kill = 1; kill <= 2; kill++) {
            awaitPacks(kill);
            NodeProcess.kill(node);
            node = NodeProcess.start(folder, port, false);
        }

        String point = running.get(300, TimeUnit.SECONDS);

        assertWhole(point);
        assertEquals(List.of(point), rows());
    }

    @Test
    void aNodeKilledInTheMiddleOfACommitHasItInTheEnd() throws Exception {
        NodeProcess.kill(node);
        node = NodeProcess.start(folder, port, true);
        var running = CompletableFuture.supplyAsync(() -> AgentProcess.backup(service, data));
        assertTrue(node.waitFor(200, TimeUnit.SECONDS), "the node dies when the point is being committed");
        assertEquals(137, node.exitValue());
        node = NodeProcess.start(folder, port, false);

        String point = running.get(200, TimeUnit.SECONDS);

        assertWhole(point);
        assertEquals(List.of(point), rows());
    }

    @Test
    void anAgentKilledInTheMiddleOfAnUploadLeavesNothingInTheWay() throws Exception {
        Process agent = NodeProcess.launch(AgentProcess.class, folder.toString(), String.valueOf(port),
                data.toString());
        awaitPacks(1);
        NodeProcess.kill(agent);
        assertEquals(List.of(), rows());

        String point = AgentProcess.backup(service, data);

        assertWhole(point);
        assertEquals(List.of(point), rows());
    }
}
