package org.holdfast.agent.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.holdfast.agent.internal.jobs.JobEntry;
import org.holdfast.agent.internal.jobs.JobSpec;
import org.holdfast.agent.internal.link.HttpConnector;
import org.holdfast.api.fleet.DrillResult;
import org.holdfast.api.fleet.DrillState;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.spi.store.ForwardingStore;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.fleet.PolicyAssignments;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.testkit.TempTree;
import org.holdfast.testkit.TestClock;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.enrol.Credentials;
import org.holdfast.vault.fleet.Alerts;
import org.holdfast.vault.fleet.Jobs;
import org.holdfast.vault.fleet.Policies;
import org.holdfast.vault.fleet.Servers;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.testkit.VaultNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Restore drills over TLS, against a vault node in this process. */
class DrillOverVaultTest {
    private final TempTree tree = new TempTree();
    private final TestClock clock = TestClock.running();
    private VaultNode node;
    private UUID vault;
    private Machine machine;
    private String id;

    @BeforeEach
    void begin() throws IOException {
        node = VaultNode.in(tree.resolve("vault")).clock(clock).start();
        node.get(Vaults.class).create(CreateVault.of("main"));
        vault = node.get(Vaults.class).id("main");
        machine = new Machine(tree.resolve("alpha"), new HttpConnector(null, tree.resolve("alpha-cache")), clock);
        byte[] credentials = node.get(Credentials.class).create("main", new CreateCredentials(null, List.of(), 1, 5),
                "admin").bytes();
        id = machine.register(machine.request(credentials, Machine.PASSPHRASE));
        Files.writeString(machine.data().resolve("letter.txt"), "Dear Anna");
        Files.createSymbolicLink(machine.data().resolve("link"), Path.of("letter.txt"));
        var noise = new byte[3 << 20];
        new Random(7).nextBytes(noise);
        Files.write(Files.createDirectories(machine.data().resolve("below")).resolve("noise.bin"), noise);
        Policy policy = Policy.standard("daily").withPlan(null).withItems(List.of(machine.data().toString()));
        node.get(Policies.class).create(vault, policy, "admin");
        node.get(Policies.class).assign(vault, "daily", new PolicyAssignments(List.of(), true));
        machine.start();
        Await.until("the policy holds", () -> machine.agent.policy().policy().policy() != null);
    }

    @AfterEach
    void end() {
        machine.close();
        node.close();
        tree.close();
    }

    private JobSummary run(StartJob wanted) {
        String job = node.get(Jobs.class).start(vault, wanted, "admin").id();
        return ended(job);
    }

    private JobSummary ended(String job) {
        Await.until("job ends", () -> node.get(Jobs.class).get(vault, job).state().isFinal());
        return node.get(Jobs.class).get(vault, job);
    }

    private JobSummary backUp() {
        // What is as old as the point is not known to be older, and is not compared with the source.
        clock.advance(Duration.ofMinutes(1));
        JobSummary done = run(StartJob.backup(null, id));
        assertEquals(JobState.DONE, done.state(), String.valueOf(done.failure()));
        return done;
    }

    private ServerSummary server() {
        return node.get(Servers.class).get(vault, id).value();
    }

    /** Waits for what the vault works out once a second. */
    private ServerSummary server(DrillState drill, ServerState state) {
        Await.until("the server's drills are " + drill + " and it is " + state,
                () -> server().drillState() == drill && server().state() == state);
        return server();
    }

    private List<String> alerts() {
        return node.get(Alerts.class).list(vault, ListRequest.where("state=open")).items().stream()
                .map(a -> a.kind().name()).sorted().toList();
    }

    private Path pack() throws IOException {
        try (var files = Files.walk(tree.resolve("vault"))) {
            return files.filter(f -> f.toString().contains("/data/")).filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(f -> f.toFile().length())).orElseThrow();
        }
    }

    @Test
    void aGoodDrillIsProof() throws IOException {
        JobSummary backup = backUp();
        server(DrillState.WAITING, ServerState.PROTECTED);
        JobSummary done = run(StartJob.drill(null, id, null, 42L));
        assertEquals(JobState.DONE, done.state(), String.valueOf(done.failure()) + done.warnings());
        assertEquals(backup.result().point(), done.result().point());
        DrillResult found = done.result().drill();
        assertEquals(new DrillResult(42, 3, found.againstSource(), 0, Map.of(), 3, found.coveredBytes(), 3,
                found.pointBytes()), found);
        assertTrue(found.pointBytes() >= (3 << 20) + 9);
        assertEquals(found.pointBytes(), found.coveredBytes());
        assertEquals(2, found.againstSource());

        ServerSummary server = server(DrillState.GOOD, ServerState.PROTECTED);
        assertEquals(done.id(), server.lastDrill().job());
        assertEquals(1.0, server.lastDrill().result().coverage());
        assertEquals(server.lastDrill().at(), server.lastDrill().lastGood());
        try (var left = Files.list(machine.home.resolve("drill"))) {
            assertEquals(List.of(), left.toList());
        }
        assertEquals(1, node.get(Servers.class).list(vault, ListRequest.where("drillState=good")).items().size());
    }

    @Test
    void aDamagedPackFailsTheDrillAndTheServerIsAtRisk() throws IOException {
        backUp();
        server(DrillState.WAITING, ServerState.PROTECTED);
        Path pack = pack();
        byte[] good = Files.readAllBytes(pack);
        byte[] bad = good.clone();
        for (int i = good.length / 2; i < good.length / 2 + 4096; i++) {
            bad[i] ^= 1;
        }
        pack.toFile().setWritable(true);
        Files.write(pack, bad);
        JobSummary failed = run(StartJob.drill(null, id, null, null));
        assertEquals(JobState.FAILED, failed.state());
        assertEquals("drill-failed", failed.failure().code());
        assertFalse(failed.failure().message().contains("noise"), failed.failure().message());
        DrillResult found = failed.result().drill();
        assertEquals(Map.of("not-restored", 1L), found.reasons());
        assertEquals(2, found.coveredFiles());
        assertEquals(3, found.pointFiles());

        ServerSummary server = server(DrillState.FAILED, ServerState.AT_RISK);
        assertTrue(server.reason().contains("restore drill"), server.reason());
        assertEquals(List.of("DRILL_FAILED"), alerts());
        var backup = backUp();
        Await.until("the backup counts", () -> server().lastBackup().equals(backup.started())
                && server().state() == ServerState.AT_RISK && server().running() == 0);
        assertEquals(List.of("DRILL_FAILED"), alerts(), "a green backup does not outrank it");

        Files.write(pack, good);
        JobSummary again = run(StartJob.drill(null, id, null, null));
        assertEquals(JobState.DONE, again.state(), String.valueOf(again.failure()));
        assertEquals(3, again.result().drill().coveredFiles());
        server(DrillState.GOOD, ServerState.PROTECTED);
        assertEquals(List.of(), alerts());
    }

    @Test
    void aSourceThatChangedBehindTheBackIsFound() throws IOException {
        backUp();
        // As from a failing disk: other bytes, but by all its times nobody touched it since before the backup.
        Path file = machine.data().resolve("letter.txt");
        var time = Files.getLastModifiedTime(file);
        Files.writeString(file, "Dear Otto");
        Files.setLastModifiedTime(file, time);
        JobSummary done = run(StartJob.drill(null, id, null, null));
        assertEquals(JobState.FAILED, done.state());
        assertEquals(Map.of("source-differs", 1L), done.result().drill().reasons());

        Files.setLastModifiedTime(file, FileTime.from(time.toInstant().plusSeconds(5)));
        assertEquals(JobState.DONE, run(StartJob.drill(null, id, null, null)).state(), "now it has changed");
    }

    @Test
    void itRunsOnSchedule() {
        backUp();
        server(DrillState.WAITING, ServerState.PROTECTED);
        clock.advance(Duration.ofDays(31));
        machine.agent.wake();
        Await.until("a drill begins by itself and is told", () -> machine.agent.history().stream()
                .anyMatch(e -> e.spec().drill() != null && e.settled()));
        JobEntry entry = machine.agent.history().stream().filter(e -> e.spec().drill() != null).findFirst()
                .orElseThrow();
        JobSummary job = node.get(Jobs.class).get(vault, entry.id());
        assertEquals(JobTrigger.SCHEDULE, job.trigger());
        assertEquals(JobState.DONE, job.state(), String.valueOf(job.failure()));
        server(DrillState.GOOD, ServerState.PROTECTED);
    }

    @Test
    void aKilledDrillLeavesNothingAndIsMadeAgain() throws IOException {
        backUp();
        String job = UUID.randomUUID().toString();
        machine.agent.submit(JobSpec.drill(job, JobTrigger.LOCAL, new JobSpec.Drill(null, 99)), null);
        assertEquals(JobState.DONE, awaitTold(job));
        // As after a kill: the journal has it at work, and the folder is full.
        machine.close();
        Path left = Files.createDirectories(machine.home.resolve("drill/" + job + "/data"));
        Files.writeString(left.resolve("letter.txt"), "Dear");
        left.toFile().setWritable(false);
        var spec = JobSpec.drill(UUID.randomUUID().toString(), JobTrigger.LOCAL, new JobSpec.Drill(null, 77));
        JobEntry entry = JobEntry.of(spec, clock.instant(), false).running(Instant.now(clock));
        Files.write(machine.home.resolve("jobs/" + spec.id() + ".json"), Json.bytes(entry));

        machine.start();
        assertFalse(Files.exists(left));
        Await.until("it is made again", () -> machine.agent.history().stream()
                .anyMatch(e -> spec.id().equals(e.spec().resumes()) && e.settled()));
        JobEntry next = machine.agent.history().stream().filter(e -> spec.id().equals(e.spec().resumes())).findFirst()
                .orElseThrow();
        assertEquals(JobState.DONE, next.state());
        assertNotNull(next.result());
        assertEquals(77, next.result().drill().seed());
    }

    @Test
    void aDrillCanBeCancelled() throws Exception {
        backUp();
        var reached = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        machine.wrapStores(store -> new ForwardingStore(store) {
            @Override
            public int read(String name, long position, byte[] into, int offset, int length) throws IOException {
                if (name.startsWith("data/")) {
                    reached.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
                return super.read(name, position, into, offset, length);
            }
        });
        String job = UUID.randomUUID().toString();
        machine.agent.submit(JobSpec.drill(job, JobTrigger.LOCAL, new JobSpec.Drill(null, 1)), null);
        assertTrue(reached.await(20, TimeUnit.SECONDS));
        assertTrue(machine.agent.jobs().cancel(job));
        goOn.countDown();
        assertEquals(JobState.CANCELLED, awaitTold(job));
        server(DrillState.WAITING, ServerState.PROTECTED);
        assertNull(server().lastDrill(), "a drill that was not made proves nothing");
        assertEquals(List.of(), alerts());
        assertFalse(Files.exists(machine.home.resolve("drill/" + job)));
    }

    private JobState awaitTold(String job) {
        Await.until("ended and told", () -> machine.agent.job(job).orElseThrow().settled());
        return node.get(Jobs.class).get(vault, job).state();
    }
}
