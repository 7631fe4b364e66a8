package org.holdfast.vault.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.Phase;
import org.holdfast.api.fleet.JobProgress;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.policy.Policy;
import org.holdfast.protocol.agent.Command;
import org.holdfast.protocol.agent.CommandKind;
import org.holdfast.protocol.agent.JobEvent;
import org.holdfast.protocol.agent.JobEvents;
import org.holdfast.protocol.agent.JobEventsAnswer;
import org.holdfast.protocol.agent.PollAnswer;
import org.holdfast.protocol.agent.PollRequest;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.PolicyAssignments;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.sql.testkit.PostgresServer;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.events.EventBus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

/** People and scripted agents at two nodes over one catalogue. */
class SeveralNodesTest {
    private static final String MAIN = "/api/v1/vaults/main";

    @TempDir
    private static Path folder;

    private static TwoNodes nodes;
    private static ExecutorService threads;
    private static NodeClient ann;
    private static NodeClient bob;

    private Agent agent;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(PostgresServer.isAvailable());
        threads = Executors.newVirtualThreadPerTaskExecutor();
        nodes = new TwoNodes(folder);
        ann = nodes.ann;
        bob = ann.at(nodes.second);
    }

    @AfterAll
    static void stop() throws Exception {
        if (nodes != null) {
            nodes.close();
            threads.close();
        }
    }

    @BeforeEach
    void register() {
        agent = new Agent();
        agent.poll(nodes.first, 0);
    }

    @Test
    void aCommandReachesAnAgentThatPollsTheOtherNode() throws Exception {
        Future<PollAnswer> waiting = threads.submit(() -> agent.poll(nodes.first, 50));
        String id = UUID.randomUUID().toString();
        long began = System.nanoTime();
        assertEquals(JobState.QUEUED, bob.call("POST", MAIN + "/jobs", StartJob.backup(id, agent.id),
                JobSummary.class).state());
        Command command = waiting.get(20, TimeUnit.SECONDS).commands().getFirst();
        assertTrue(Duration.ofNanos(System.nanoTime() - began).compareTo(Duration.ofSeconds(5)) < 0);
        assertEquals(id, command.job());

        agent.take(nodes.first, command);
        agent.report(nodes.first, id, 1, JobState.RUNNING);
        TwoNodes.await("it runs", () -> read(bob, id).state() == JobState.RUNNING);
        TwoNodes.await("an event at the other node", () -> events(nodes.second).contains("\"running\""));
        var sequence = new AtomicLong(1);
        TwoNodes.await("progress at the other node", () -> {
            agent.progress(nodes.first, id, sequence.incrementAndGet());
            return read(bob, id).progress() != null;
        });
        agent.report(nodes.first, id, sequence.incrementAndGet(), JobState.DONE);
        assertEquals(JobState.DONE, read(bob, id).state());
        TwoNodes.await("the end at the other node", () -> events(nodes.second).contains(id) && events(nodes.second)
                .contains("\"state\":\"done\""));
    }

    @Test
    void anAgentMovesInTheMiddleOfAJob() {
        String id = UUID.randomUUID().toString();
        ann.call("POST", MAIN + "/jobs", StartJob.backup(id, agent.id), JobSummary.class);
        agent.take(nodes.first, agent.poll(nodes.first, 0).commands().getFirst());
        agent.report(nodes.first, id, 1, JobState.RUNNING);
        agent.report(nodes.first, id, 2, null);

        assertEquals(List.of(), agent.poll(nodes.second, 0, List.of(id), List.of()).commands());
        assertEquals(3, agent.report(nodes.second, id, 3, JobState.PAUSED).lastSequence());
        TwoNodes.await("the node before knows", () -> read(ann, id).state() == JobState.PAUSED);
        // what was on its way to the node before comes late and changes nothing
        assertEquals(3, agent.report(nodes.first, id, 2, JobState.RUNNING).lastSequence());
        assertEquals(JobState.PAUSED, read(bob, id).state());
        agent.report(nodes.second, id, 4, JobState.RUNNING);
        agent.report(nodes.second, id, 5, JobState.DONE);
        TwoNodes.await("the end", () -> read(ann, id).state() == JobState.DONE);
        assertEquals(List.of(), agent.poll(nodes.first, 0).commands());
        assertEquals(JobState.DONE, read(bob, id).state());
    }

    @Test
    void reportsMayComeToAnyNode() {
        String id = UUID.randomUUID().toString();
        ann.call("POST", MAIN + "/jobs", StartJob.backup(id, agent.id), JobSummary.class);
        agent.take(nodes.first, agent.poll(nodes.first, 0).commands().getFirst());
        for (int i = 1; i < 10; i++) {
            VaultNode node = i % 2 == 0 ? nodes.first : nodes.second;
            assertEquals(i, agent.report(node, id, i, i == 1 ? JobState.RUNNING : null).lastSequence());
            agent.poll(nodes.first, 0, List.of(id), List.of());
        }
        assertEquals(JobState.DONE, agent.report(nodes.second, id, 10, JobState.DONE).state());
        TwoNodes.await("the node of the server knows", () -> {
            agent.poll(nodes.first, 0);
            return read(ann, id).state() == JobState.DONE;
        });
        assertEquals(JobState.DONE, read(bob, id).state());
    }

    @Test
    void aQueuedJobOfAnAgentElsewhereIsCancelled() {
        String id = UUID.randomUUID().toString();
        ann.call("POST", MAIN + "/jobs", StartJob.backup(id, agent.id), JobSummary.class);
        bob.send("POST", MAIN + "/jobs/" + id + "/cancel", null);
        // it polls, so it is told of both; the order of commands is theirs
        TwoNodes.await("both commands", () -> {
            List<CommandKind> kinds = agent.poll(nodes.first, 0).commands().stream().map(Command::what).toList();
            return kinds.contains(CommandKind.CANCEL) || read(ann, id).state() == JobState.CANCELLED;
        });
        agent.report(nodes.first, id, 1, JobState.CANCELLED);
        assertEquals(JobState.CANCELLED, read(bob, id).state());
    }

    @Test
    void aPolicyMadeElsewhereArrives() throws Exception {
        Future<PollAnswer> waiting = threads.submit(() -> agent.poll(nodes.first, 50));
        Policy policy = Policy.standard("daily").withItems(List.of("/srv"));
        bob.call("POST", MAIN + "/policies", policy, Policy.class);
        bob.call("PUT", MAIN + "/policies/daily/assignments", new PolicyAssignments(List.of(), true),
                PolicyAssignments.class);
        assertEquals(List.of("/srv"), policyOf(waiting.get(20, TimeUnit.SECONDS)));
        String etag = bob.send("GET", MAIN + "/policies/daily", null).headers().firstValue("ETag").orElseThrow();
        Future<PollAnswer> again = threads.submit(() -> agent.poll(nodes.first, 50));
        assertEquals(200, bob.send("PUT", MAIN + "/policies/daily", Json.text(policy.withItems(List.of("/etc"))),
                "If-Match", etag).statusCode());
        assertEquals(List.of("/etc"), policyOf(again.get(20, TimeUnit.SECONDS)));
    }

    private List<String> policyOf(PollAnswer first) {
        PollAnswer answer = first;
        for (int i = 0; answer.policy() == null && i < 20; i++) {
            answer = agent.poll(nodes.first, 2);
        }
        return answer.policy().items();
    }

    @Test
    void sealedQuestionsFindTheirWay() throws Exception {
        byte[] question = { 0, -1, 7 };
        byte[] answer = new byte[1 << 20];
        answer[77] = 5;
        TwoNodes.await("its contact is written", () -> bob.send("GET", MAIN + "/servers/" + agent.id, null).body()
                .contains("\"connected\":true"));
        Future<HttpResponse<byte[]>> asked = threads
                .submit(() -> bob.sendBytes("POST", MAIN + "/servers/" + agent.id + "/ask", question));
        Command command = null;
        for (int i = 0; command == null && i < 20; i++) {
            command = agent.poll(nodes.first, 5).commands().stream().findFirst().orElse(null);
        }
        assertArrayEquals(question, command.ask().sealed());
        assertEquals(204, agent.client.sendBytes("POST", "/agent/v1/answers/" + command.id(), answer).statusCode());
        HttpResponse<byte[]> received = asked.get(20, TimeUnit.SECONDS);
        assertEquals(200, received.statusCode(), () -> new String(received.body(), StandardCharsets.UTF_8));
        assertArrayEquals(answer, received.body());
    }

    @Test
    void watchersOfAnotherNodeAreToldToReadAgain() throws Exception {
        String cursor = nodes.first.get(EventBus.class).run() + "-1";
        assertTrue(bob.firstLines("/api/v1/events", 3, "Last-Event-ID", cursor).contains("event: reset"));
    }

    @Test
    void serversOfANodeThatIsGoneGoToTheOther() {
        String id = UUID.randomUUID().toString();
        VaultNode third = nodes.more("third-" + agent.id);
        agent.poll(third, 0);
        ann.call("POST", MAIN + "/jobs", StartJob.backup(id, agent.id), JobSummary.class);
        TwoNodes.await("the command at its node", () -> {
            PollAnswer told = agent.poll(third, 1);
            told.commands().forEach(command -> agent.take(third, command));
            return !told.commands().isEmpty();
        });
        agent.report(third, id, 1, JobState.RUNNING);
        third.close();
        TwoNodes.await("another node has it", () -> {
            String holder = nodes.first.get(Catalog.class).read(handle -> handle.createQuery(
                    "select cast(n.id as text) from servers s join nodes n on n.id = s.node_id"
                            + " where s.id = :id and n.ended is null")
                    .bind("id", UUID.fromString(agent.id)).mapTo(String.class).findOne().orElse(""));
            return !holder.isEmpty();
        });
        assertEquals(JobState.RUNNING, read(ann, id).state());
        agent.poll(nodes.second, 0, List.of(id), List.of());
        agent.report(nodes.second, id, 2, JobState.DONE);
        assertEquals(JobState.DONE, read(ann, id).state());
    }

    private static JobSummary read(NodeClient who, String id) {
        return who.call("GET", MAIN + "/jobs/" + id, null, JobSummary.class);
    }

    private static String events(VaultNode node) {
        try {
            var text = new StringBuilder();
            long from = Math.max(1, node.get(EventBus.class).newest() - 200);
            node.get(EventBus.class).after(from, 1000, Duration.ZERO).events().stream()
                    .filter(e -> e.type().equals("job"))
                    .forEach(e -> text.append(new String(e.body(), StandardCharsets.UTF_8)).append('\n'));
            return text.toString();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an agent does, step by step, at any node. */
    private static final class Agent {
        private final NodeClient client;
        private final String id;
        private String applied = "";

        Agent() {
            String machine = "machine-" + UUID.randomUUID();
            client = nodes.first.enrol(ann, "main", machine);
            try {
                JsonNode list = Json.mapper().readTree(ann.send("GET", MAIN + "/servers?filter=machineId=" + machine,
                        null).body());
                id = list.get("items").get(0).get("id").textValue();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        PollAnswer poll(VaultNode node, int wait) {
            return poll(node, wait, List.of(), List.of());
        }

        PollAnswer poll(VaultNode node, int wait, List<String> running, List<String> ack) {
            PollAnswer answer = client.at(node).call("POST", "/agent/v1/poll", new PollRequest("0.1.0", "boot", "host",
                    List.of("127.0.0.1"), "Test 1", "UTC", Instant.now(), applied, null, running, ack, wait, null),
                    PollAnswer.class);
            if (answer.policy() != null) {
                applied = answer.policy().version();
            }
            return answer;
        }

        void take(VaultNode node, Command command) {
            poll(node, 0, command.job() == null ? List.of() : List.of(command.job()), List.of(command.id()));
        }

        void progress(VaultNode node, String job, long sequence) {
            var progress = new JobProgress(Phase.TRANSFERRING, sequence, 1000, 1, 2, 3, 4, 5L, 0);
            client.at(node).call("POST", "/agent/v1/jobs/" + job + "/events", new JobEvents("boot", List.of(
                    new JobEvent(sequence, Instant.now(), null, progress, Map.of(), List.of(), null, null))),
                    JobEventsAnswer.class);
        }

        JobEventsAnswer report(VaultNode node, String job, long sequence, @Nullable JobState state) {
            JobResult result = state == JobState.DONE
                    ? new JobResult(null, 7, 70, 7, 0, 0, 0, 70, 50, 0, -1, false)
                    : null;
            return client.at(node).call("POST", "/agent/v1/jobs/" + job + "/events", new JobEvents("boot", List.of(
                    new JobEvent(sequence, Instant.now(), state, null, Map.of(), List.of(), result, null))),
                    JobEventsAnswer.class);
        }
    }
}
