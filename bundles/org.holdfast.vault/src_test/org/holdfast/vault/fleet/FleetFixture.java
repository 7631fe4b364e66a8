package org.holdfast.vault.fleet;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.JobFailure;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.protocol.agent.JobEvent;
import org.holdfast.protocol.agent.JobEvents;
import org.holdfast.protocol.agent.JobEventsAnswer;
import org.holdfast.protocol.agent.PollAnswer;
import org.holdfast.protocol.agent.PollRequest;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.sql.testkit.TestDatabase;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.TestCatalogs;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.CatalogSettings;
import org.holdfast.vault.events.EventBus;
import org.holdfast.vault.events.Signals;
import org.holdfast.vault.events.VaultEvent;

/** A fleet on a real database with a clock of its own, and what an agent would say to it. */
final class FleetFixture {
    static final String BOOT = "boot-1";
    private static final byte[] KEY = new byte[32];

    final TestClock clock = TestClock.at(Instant.parse("2026-05-04T10:00:00Z"));
    final Catalog catalog;
    final AtomicReference<Expiries.@Nullable Room> room = new AtomicReference<>(new Expiries.Room(50, 100));
    Instant certificateEnd = Instant.parse("2036-01-01T00:00:00Z");
    EventBus bus = new EventBus();
    Signals signals = new Signals();
    FleetParts fleet;
    final UUID vault;

    /** On a database of the test, which closes it. */
    FleetFixture(TestDatabase database) {
        this(TestCatalogs.open(database));
    }

    /** On a database in memory, to be closed by the test. */
    FleetFixture() {
        this(new Catalog(CatalogSettings.inMemory("fleet" + UUID.randomUUID())));
    }

    private FleetFixture(Catalog catalog) {
        this.catalog = catalog;
        fleet = parts();
        fleet.vaults().create(CreateVault.of("main"));
        vault = fleet.vaults().id("main");
    }

    private FleetParts parts() {
        return new FleetParts("1.2.0", catalog, clock, signals, bus, room::get, () -> certificateEnd);
    }

    /** The node is killed and comes back: nothing that was only in its memory is left. */
    void kill() {
        bus = new EventBus();
        signals = new Signals();
        fleet = parts();
    }

    /** The node stops in an orderly way and comes back. */
    void restart() {
        fleet.close();
        kill();
    }

    UUID server(String name, String... tags) {
        return server(vault, name, tags);
    }

    UUID server(UUID in, String name, String... tags) {
        UUID id = fleet.registry().add(in, "machine-" + name, name, "Debian 12", "1.2.0", List.of(tags), null);
        fleet.registry().complete(id, "00".repeat(16), KEY, KEY, null, "file");
        fleet.registry().announce(id);
        return id;
    }

    void pass(Duration time) {
        clock.advance(time);
        fleet.engine().tick();
    }

    /** Time passes and the agent calls all the while. */
    void passCalling(UUID server, Duration time, String... running) {
        Instant end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            Duration left = Duration.between(clock.instant(), end);
            clock.advance(left.compareTo(Duration.ofSeconds(50)) < 0 ? left : Duration.ofSeconds(50));
            poll(server, BOOT, List.of(running), List.of());
            fleet.engine().tick();
        }
    }

    PollRequest says(String boot, String applied, List<String> running, List<String> ack) {
        return new PollRequest("1.2.0", boot, "host", List.of("192.0.2.1"), "Debian 12", "UTC", clock.instant(),
                applied,
                null, running, ack, 30, null);
    }

    /** What a poll answers at once; the policy version is taken over. */
    PollAnswer poll(UUID server, String boot, List<String> running, List<String> ack) {
        return poll(server, says(boot, applied.getOrDefault(server, ""), running, ack));
    }

    PollAnswer poll(UUID server, PollRequest said) {
        Polls.Poll poll = fleet.polls().begin(server, said);
        PollAnswer answer = poll.answerOrNull();
        answer = answer == null ? poll.nothing() : answer;
        if (answer.policy() != null) {
            applied.put(server, answer.policy().version());
        }
        return answer;
    }

    PollAnswer poll(UUID server) {
        return poll(server, BOOT, List.of(), List.of());
    }

    private final Map<UUID, String> applied = new HashMap<>();

    JobEventsAnswer report(UUID server, String job, JobEvent... events) {
        return fleet.reports().report(server, UUID.fromString(job), new JobEvents(BOOT, List.of(events)));
    }

    JobEvent state(long sequence, JobState state) {
        return new JobEvent(sequence, clock.instant(), state, null, Map.of(), List.of(),
                state == JobState.DONE ? result(100, 0, 100, 0) : null,
                state == JobState.FAILED ? new JobFailure("store-full", "No room.", "Add some.") : null);
    }

    static JobResult result(long files, long changed, long unchanged, long removed) {
        return new JobResult("ab".repeat(16), files, files * 10, 0, changed, unchanged, removed, changed * 10, 5, 0, -1,
                false);
    }

    ServerSummary summary(UUID server) {
        return fleet.servers().get(vault, server.toString()).value();
    }

    /** Types and bodies of all events since the node began. */
    List<VaultEvent> events(String type) {
        try {
            var all = new ArrayList<VaultEvent>();
            for (long cursor = 0;;) {
                var batch = bus.after(cursor, 1000, Duration.ZERO);
                if (batch.events().isEmpty()) {
                    return all.stream().filter(e -> e.type().equals(type)).toList();
                }
                all.addAll(batch.events());
                cursor = batch.cursor();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static <T> T body(VaultEvent event, Class<T> type) {
        try {
            return Json.read(event.body(), type);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
