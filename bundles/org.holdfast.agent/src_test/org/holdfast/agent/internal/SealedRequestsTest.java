package org.holdfast.agent.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import org.holdfast.agent.internal.link.OneStore;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.api.vault.IfExists;
import org.holdfast.crypto.SealedBox;
import org.holdfast.engine.LocalVaultService;
import org.holdfast.protocol.agent.AskAnswer;
import org.holdfast.protocol.agent.AskOrder;
import org.holdfast.protocol.agent.AskRequest;
import org.holdfast.protocol.agent.Command;
import org.holdfast.protocol.agent.DryRunState;
import org.holdfast.protocol.agent.ExclusionReport;
import org.holdfast.protocol.agent.ExclusionTrial;
import org.holdfast.protocol.agent.RestoreOrder;
import org.holdfast.protocol.agent.RestoreRequest;
import org.holdfast.protocol.agent.Signed;
import org.holdfast.protocol.common.Json;
import org.holdfast.source.files.FilesSourceProvider;
import org.holdfast.store.directory.DirectoryStoreProvider;
import org.junit.jupiter.api.Test;

/** What people ask through the vault, which cannot read it. */
class SealedRequestsTest extends ScriptedAgentTest {
    @Test
    void aRestoreGoesElsewhereAndDoesNotWaitForABackup() throws IOException {
        machine.start();
        String job = backUp();
        awaitAtVault(job, JobState.DONE);
        String point = machine.agent.job(job).orElseThrow().result().point();
        slow.hold(true);
        Files.writeString(machine.data().resolve("more.txt"), "more");
        String backup = backUp();
        Await.until("the backup is uploading", () -> slow.waiting() > 0);

        Path target = machine.folder.resolve("restored");
        String restore = UUID.randomUUID().toString();
        vault.command(id, Command.restore(UUID.randomUUID().toString(), soon(), restore,
                restoreOrder(restore, point, target, true)));
        awaitAtVault(restore, JobState.DONE);

        assertEquals("Dear Anna", Files.readString(target.resolve("data/letter.txt")));
        assertFalse(stateAtVault(backup).isFinal());
        slow.hold(false);
        awaitAtVault(backup, JobState.DONE);
    }

    @Test
    void whoCannotProveThePassphraseCannotRestore() throws IOException {
        machine.start();
        String job = backUp();
        awaitAtVault(job, JobState.DONE);
        String point = machine.agent.job(job).orElseThrow().result().point();
        Path target = machine.folder.resolve("restored");
        String restore = UUID.randomUUID().toString();
        vault.command(id, Command.restore(UUID.randomUUID().toString(), soon(), restore,
                restoreOrder(restore, point, target, false)));
        awaitAtVault(restore, JobState.FAILED);

        assertFalse(Files.exists(target));
    }

    @Test
    void questionsAreAnsweredForWhoeverAskedOnly() throws IOException {
        machine.start();
        String job = backUp();
        awaitAtVault(job, JobState.DONE);
        String point = machine.agent.job(job).orElseThrow().result().point();
        byte[] folder = machine.data().toString().getBytes(StandardCharsets.UTF_8);
        try (var reply = SealedBox.newKeys()) {
            AskAnswer browsed =
                    ask(new AskRequest("browse", id, clock.instant(), reply.publicKey(), point, folder, null, null,
                            1), reply);
            assertNull(browsed.failure());
            assertEquals("letter.txt", new String(browsed.entries().getFirst().name(), StandardCharsets.UTF_8));
            assertTrue(browsed.more());
            AskAnswer rest = ask(new AskRequest("browse", id, clock.instant(), reply.publicKey(), point, folder, null,
                    browsed.entries().getFirst().name(), 10), reply);
            assertEquals(List.of("noise.bin"),
                    rest.entries().stream().map(e -> new String(e.name(), StandardCharsets.UTF_8)).toList());
            AskAnswer found = ask(new AskRequest("find", id, clock.instant(), reply.publicKey(), null, null, "*.bin",
                    null, 10), reply);
            assertEquals(point, found.entries().getFirst().point());
            var paged = new java.util.ArrayList<String>();
            byte[] after = null;
            AskAnswer page;
            do {
                page = ask(new AskRequest("find", id, clock.instant(), reply.publicKey(), null, null, "*", after, 1),
                        reply);
                page.entries().forEach(e -> paged.add(new String(e.path(), StandardCharsets.UTF_8)));
                after = page.entries().isEmpty() ? null
                        : AskRequest.afterFound(page.entries().getLast().path(), page.entries().getLast().point());
            } while (page.more() && paged.size() < 20);
            AskAnswer whole = ask(new AskRequest("find", id, clock.instant(), reply.publicKey(), null, null, "*", null,
                    20), reply);
            assertFalse(whole.more());
            assertTrue(paged.size() > 2, paged.toString());
            assertEquals(whole.entries().stream().map(e -> new String(e.path(), StandardCharsets.UTF_8)).toList(),
                    paged);
            AskAnswer source = ask(new AskRequest("source", id, clock.instant(), reply.publicKey(), null,
                    machine.data().toString().getBytes(StandardCharsets.UTF_8), null, null, 10), reply);
            assertEquals(2, source.entries().size());
            AskAnswer wrong = ask(new AskRequest("browse", id, clock.instant(), reply.publicKey(), "abcdef", null, null,
                    null, 10), reply);
            assertEquals("point-not-found", wrong.failure().code());
        }
    }

    @Test
    void tellsWhatExclusionsWouldLeaveOut() throws IOException {
        machine.start();
        Files.createDirectories(machine.data().resolve("cache/deep"));
        Files.writeString(machine.data().resolve("cache/deep/x.txt"), "x");
        var trial = new ExclusionTrial(List.of(machine.data().toString()),
                new Exclusions(List.of("*.bin", "cache"), -1, false, List.of(), false));
        try (var reply = SealedBox.newKeys()) {
            ExclusionReport report = ask(AskRequest.exclusions(trial, id, clock.instant(), reply.publicKey(), 100),
                    reply).exclusions();
            assertTrue(report.complete());
            assertEquals("1 1", report.files() + " " + report.folders());
            assertEquals(List.of(machine.data().resolve("cache").toString(),
                    machine.data().resolve("noise.bin").toString()),
                    report.some().stream().map(e -> new String(e.path(), StandardCharsets.UTF_8)).sorted().toList());
            assertEquals("invalid-request", ask(AskRequest.exclusions(new ExclusionTrial(List.of(), null), id,
                    clock.instant(), reply.publicKey(), 100), reply).failure().code());
        }
    }

    @Test
    void aRestoreIsTriedWithoutBeingDone() throws IOException {
        machine.start();
        String job = backUp();
        awaitAtVault(job, JobState.DONE);
        String point = machine.agent.job(job).orElseThrow().result().point();
        Path target = machine.folder.resolve("tried");
        try (var reply = SealedBox.newKeys()) {
            DryRunState state = ask(AskRequest.dryRun(dryRun(id, point, target), clock.instant(), reply.publicKey()),
                    reply).dryRun();
            assertTrue(state.done());
            assertEquals(2, state.files());
            assertTrue(state.bytes() > 0 && state.freeBytes() > 0, state.toString());
            assertFalse(Files.exists(target));
            AskAnswer other = ask(AskRequest.dryRun(dryRun(id, "0".repeat(32), target), clock.instant(),
                    reply.publicKey()), reply);
            assertEquals("point-not-found", other.failure().code());
            AskAnswer empty = ask(new AskRequest("dry-run", id, clock.instant(), reply.publicKey(), point, null, null,
                    null, 1), reply);
            assertEquals("invalid-request", empty.failure().code());
        }
    }

    private RestoreRequest dryRun(String server, String point, Path target) {
        return new RestoreRequest(UUID.randomUUID().toString(), server, server, point, List.of(),
                target.toString().getBytes(StandardCharsets.UTF_8), IfExists.COPY, true, false, null);
    }

    private RestoreOrder restoreOrder(String job, String point, Path target, boolean signed) {
        byte[] body = Json.bytes(new RestoreRequest(job, id, id, point, List.of(),
                target.toString().getBytes(StandardCharsets.UTF_8), IfExists.COPY, true, false, null));
        String context = RestoreOrder.CONTEXT + job;
        return new RestoreOrder(null, point, SealedBox.seal(vault.completed(id).intakeKey(), context,
                Json.bytes(new Signed(body, signed ? prove(context, body) : new byte[0]))));
    }

    private byte[] prove(String context, byte[] body) {
        var service = new LocalVaultService(
                List.of(new OneStore(() -> new DirectoryStoreProvider().open(vault.objects(id).toString()))),
                List.of(new FilesSourceProvider()), clock);
        try (var open = service.open(OneStore.LOCATION, Machine.PASSPHRASE)) {
            return open.prove(context, body);
        }
    }

    private AskAnswer ask(AskRequest request, SealedBox.Keys reply) throws IOException {
        byte[] body = Json.bytes(request);
        String command = UUID.randomUUID().toString();
        vault.command(id, Command.ask(command, soon(),
                new AskOrder(SealedBox.seal(vault.completed(id).intakeKey(), AskOrder.CONTEXT,
                        Json.bytes(new Signed(body, prove(AskOrder.CONTEXT, body)))))));
        Await.until("there is an answer", () -> {
            synchronized (vault) {
                return server.answers.containsKey(command);
            }
        });
        return Json.read(SealedBox.open(reply, AskOrder.ANSWER_CONTEXT, server.answers.get(command)), AskAnswer.class);
    }
}
