package org.holdfast.vault.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.Severity;
import org.holdfast.api.notify.MessageState;
import org.holdfast.api.spi.notify.DeliveryException;
import org.holdfast.protocol.fleet.SaveTarget;
import org.holdfast.sql.testkit.EveryDatabase;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.fleet.Finding;

/** From a message to its target: the queue, what happens when targets or the node fail, and what targets are. */
class DeliveryTest extends NotificationsFixture {
    @EveryDatabase
    void triesAgainUntilTheTargetIsBack() {
        rule("all", d -> d);
        recorder.failure = DeliveryException.notNow("It is down.", null);
        fleet.alerts().raise(failed(server("web-1"), "x"));
        assertEquals(List.of(), after(Duration.ofSeconds(1)));
        assertEquals(1, recorder.attempts.size());
        pass(Duration.ofSeconds(29));
        assertEquals(1, recorder.attempts.size());
        pass(Duration.ofSeconds(2));
        assertEquals(2, recorder.attempts.size());
        // Others wait behind it, and are not tried while it is left alone.
        fleet.alerts().raise(Finding.server(AlertKind.ANOMALY, Severity.CRITICAL, vault, server("db"), "x", "y"));
        pass(Duration.ofSeconds(30));
        assertEquals(2, recorder.attempts.size());
        pass(Duration.ofSeconds(31));
        assertEquals(3, recorder.attempts.size());
        assertEquals("It is down.", targets.get("ops").value().lastError());
        assertEquals(3, targets.get("ops").value().failures());
        assertEquals(2, targets.get("ops").value().waiting());
        assertEquals(1, fleet.alerts().list(ListRequest.where("kind=notification-failed", "state=open")).total());
        recorder.failure = null;
        List<String> sent = after(Duration.ofHours(1));
        assertTrue(sent.containsAll(List.of("ops: [Holdfast] Critical: Job failed - web-1 (1)",
                "ops: [Holdfast] Critical: Unusual backup - db (1)")), sent.toString());
        assertEquals(0, targets.get("ops").value().failures());
        assertEquals(0, fleet.alerts().list(ListRequest.where("kind=notification-failed", "state=open")).total());
    }

    @EveryDatabase
    void tellsOtherTargetsOfOneThatFails() {
        target("night");
        rule("all", d -> {
            d.to = List.of("ops", "night");
            return d;
        });
        recorder.failing = "ops";
        recorder.crash = new IllegalStateException("a fault of the target");
        fleet.alerts().raise(failed(server("web-1"), "x"));
        pass(Duration.ofSeconds(1));
        assertEquals(Set.of("night"), told());
        pass(Duration.ofMinutes(1));
        pass(Duration.ofMinutes(2));
        pass(Duration.ofSeconds(1));
        assertEquals(List.of("night: [Holdfast] Warning: Notifications not delivered - vault server (1)"),
                recorder.take());
        assertEquals(0, messages("target=ops", "kind=notification-failed").size());
        assertTrue(messages("target=ops").getFirst().error().contains("a fault of the target"));
    }

    @EveryDatabase
    void givesUpWhatIsRefusedAndWhatNobodyTakes() {
        rule("all", d -> d);
        recorder.failure = DeliveryException.refused("Never.", null);
        fleet.alerts().raise(failed(server("web-1"), "x"));
        pass(Duration.ofSeconds(1));
        assertEquals(MessageState.FAILED, messages().getFirst().state());
        assertEquals(1, messages().getFirst().attempts());
        assertEquals(1, fleet.alerts().list(ListRequest.where("kind=notification-failed", "state=open")).total());

        recorder.failure = DeliveryException.notNow("Down.", null);
        recorder.attempts.clear();
        fleet.alerts().raise(failed(server("web-2"), "x"));
        for (int i = 0; i < 60; i++) {
            pass(Duration.ofHours(1).plusSeconds(1));
        }
        assertEquals(Deliveries.MOST_ATTEMPTS, recorder.attempts.size());
        assertEquals(2, messages("state=failed").size());
        assertEquals(0, messages("state=waiting").size());
        for (int i = 0; i < 2; i++) {
            pass(Duration.ofDays(31));
        }
        assertEquals(0, messages().size());
    }

    @EveryDatabase
    void waitsAsLongAsTheTargetAsks() {
        rule("all", d -> d);
        recorder.failure = DeliveryException.notBefore(Duration.ofMinutes(90), "Too much.");
        fleet.alerts().raise(failed(server("web-1"), "x"));
        pass(Duration.ofSeconds(1));
        recorder.failure = null;
        assertEquals(List.of(), after(Duration.ofMinutes(89)));
        assertEquals(1, after(Duration.ofMinutes(2)).size());
    }

    @EveryDatabase
    void losesNothingWhenTheNodeDies() throws Exception {
        rule("all", d -> d);
        // killed before the rules were looked at
        fleet.alerts().raise(failed(server("web-1"), "x"));
        start();
        // killed while it is sent: nobody knows whether it has arrived
        recorder.hangs = new CountDownLatch(1);
        clock.advance(Duration.ofSeconds(1));
        digest.round();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            deliveries.round(threads);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (recorder.attempts.isEmpty() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            assertEquals(1, recorder.attempts.size());
            Deliveries dead = deliveries;
            start();
            recorder.hangs = null;
            // Another node leaves alone what is being sent.
            assertEquals(List.of(), after(Duration.ofMinutes(4)));
            assertEquals(List.of("ops: [Holdfast] Critical: Job failed - web-1 (1)"), after(Duration.ofMinutes(2)));
            dead.close();
        }
        assertEquals(List.of(), after(Duration.ofHours(2)));
    }

    @EveryDatabase
    void breaksOffWhenTheNodeStopsAndSendsAfterwards() throws Exception {
        rule("all", d -> d);
        fleet.alerts().raise(failed(server("web-1"), "x"));
        clock.advance(Duration.ofSeconds(1));
        digest.round();
        recorder.hangs = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            deliveries.round(threads);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (recorder.attempts.isEmpty() && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            deliveries.close();
        }
        String id = messages("state=waiting").getFirst().id();
        recorder.hangs = null;
        start();
        pass(Duration.ofSeconds(1));
        assertEquals(List.of(id), recorder.sent.stream().map(sent -> sent.message().id()).toList());
    }

    @EveryDatabase
    void keepsSecretsSealed() throws Exception {
        rule("all", d -> d);
        assertEquals(List.of("password"), targets.get("ops").value().secrets());
        assertFalse(targets.get("ops").toString().contains("the word"));
        String row = catalog.read(handle -> handle.createQuery("select secrets from notify_targets").mapTo(
                String.class).one());
        assertFalse(row.contains("word") || row.isEmpty());
        // an edit without secrets keeps them, an empty one takes them away
        targets.edit("ops", save("ops", "ja", Map.of("place", "there"), Map.of()), 1, "anna");
        fleet.alerts().raise(failed(server("web-1"), "x"));
        pass(Duration.ofSeconds(1));
        assertEquals("the word", recorder.sent.getFirst().password());
        assertEquals("[Holdfast] 重大: ジョブが失敗しました - web-1", recorder.sent.getFirst().message().title());
        assertTrue(recorder.sent.getFirst().message().text().contains("対処: ジョブとエージェントのログを確認してください。"));
        targets.edit("ops", save("ops", "en", Map.of("place", "there"), Map.of("password", "")), 2, "anna");
        assertEquals(List.of(), targets.get("ops").value().secrets());
        // with another key nothing can be read, and nothing breaks
        targets.edit("ops", save("ops", "en", Map.of("place", "there"), Map.of("password", "new word")), 3, "anna");
        java.nio.file.Files.delete(folder.resolve("notify.key"));
        start();
        targets.create(save("two", "en", Map.of("place", "x"), Map.of("password", "x")), "anna");
        assertEquals(List.of(), targets.get("ops").value().secrets());
        fleet.alerts().raise(failed(server("web-2"), "x"));
        recorder.sent.clear();
        pass(Duration.ofSeconds(1));
        assertEquals(List.of(), recorder.take());
        assertTrue(targets.get("ops").value().lastError().contains("cannot be read"));
        targets.edit("ops", save("ops", "en", Map.of("place", "there"), Map.of("password", "new word")), 4, "anna");
        assertEquals(1, after(Duration.ofSeconds(1)).size());
    }

    @EveryDatabase
    void testsATarget() {
        assertTrue(deliveries.test("ops", "anna").delivered());
        assertEquals(List.of("ops: [Holdfast] Test message (0)"), recorder.take());
        recorder.failure = DeliveryException.notNow("It is down.", null);
        assertEquals("It is down.", deliveries.test("ops", "anna").error());
    }

    @EveryDatabase
    void refusesWhatCannotBe() {
        refused("target-exists", () -> target("OPS"));
        refused("invalid-request", () -> target("a b"));
        refused("invalid-request", () -> targets.create(save("x", "en", Map.of("place", "nowhere"), Map.of()), "a"));
        refused("invalid-request", () -> targets.create(save("x", "en", Map.of(), Map.of()), "a"));
        refused("invalid-request", () -> targets.create(save("x", "fr", Map.of("place", "x"), Map.of()), "a"));
        refused("invalid-request",
                () -> targets.create(save("x", "en", Map.of("place", "x", "password", "x"), Map.of()), "a"));
        refused("invalid-request", () -> targets.create(
                new SaveTarget("x", "pigeon", null, "en", "UTC", Map.of("place", "x"), Map.of()), "a"));
        refused("changed-meanwhile",
                () -> targets.edit("ops", save("ops", "en", Map.of("place", "x"), Map.of()), 7, "a"));
        refused("not-found", () -> targets.get("nobody"));
        rule("all", d -> d);
        refused("target-in-use", () -> targets.delete("ops", 1));
        refused("rule-exists", () -> rule("ALL", d -> d));
        refused("invalid-request", () -> rule("none", d -> {
            d.to = List.of();
            return d;
        }));
        refused("invalid-request", () -> rule("strange", d -> {
            d.to = List.of("nobody");
            return d;
        }));
        refused("invalid-request", () -> rule("strange", d -> {
            d.vaults = List.of("nowhere");
            return d;
        }));
        refused("invalid-request", () -> rule("strange", d -> {
            d.repeat = Duration.ofSeconds(1);
            return d;
        }));
        rules.delete("all", 1);
        targets.delete("ops", 1);
        assertEquals(0, targets.list(ListRequest.all()).total());
        assertEquals(0, rules.list(ListRequest.all()).total());
    }

    private static void refused(String code, Runnable work) {
        assertEquals(code, assertThrows(Refusal.class, work::run).code());
    }
}
