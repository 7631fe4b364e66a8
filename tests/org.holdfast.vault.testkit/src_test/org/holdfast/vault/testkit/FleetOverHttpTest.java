package org.holdfast.vault.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.policy.Policy;
import org.holdfast.protocol.agent.Command;
import org.holdfast.protocol.agent.JobEvent;
import org.holdfast.protocol.agent.JobEvents;
import org.holdfast.protocol.agent.JobEventsAnswer;
import org.holdfast.protocol.agent.PollAnswer;
import org.holdfast.protocol.agent.PollRequest;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.common.ProblemBody;
import org.holdfast.protocol.fleet.PolicyAssignments;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.protocol.people.ChangePassword;
import org.holdfast.protocol.people.CreateUser;
import org.holdfast.protocol.people.UserView;
import org.holdfast.vault.events.EventBus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

/** People and scripted agents at a whole node over TLS. */
class FleetOverHttpTest {
    private static final String MAIN = "/api/v1/vaults/main";

    @TempDir
    private static Path folder;

    private static ExecutorService threads;
    private static VaultNode node;
    private static NodeClient ann;
    private static int machines;

    private Agent agent;

    @BeforeAll
    static void start() {
        threads = Executors.newVirtualThreadPerTaskExecutor();
        node = VaultNode.start(folder);
        ann = node.signIn();
        ann.send("POST", "/api/v1/vaults", "{\"name\":\"main\"}");
        ann.send("POST", "/api/v1/vaults", "{\"name\":\"other\"}");
    }

    @AfterAll
    static void stop() {
        node.close();
        threads.close();
    }

    @BeforeEach
    void register() {
        agent = new Agent("main");
        agent.poll(0);
    }

    @Test
    void startsABackupWithinTwoSeconds() throws Exception {
        Future<PollAnswer> waiting = threads.submit(() -> agent.poll(30));
        String server = agent.id();
        String id = UUID.randomUUID().toString();
        long began = System.nanoTime();
        JobSummary job = ann.call("POST", MAIN + "/jobs", StartJob.backup(id, server), JobSummary.class);
        PollAnswer told = waiting.get(20, TimeUnit.SECONDS);
        assertTrue(Duration.ofNanos(System.nanoTime() - began).compareTo(Duration.ofSeconds(2)) < 0);
        assertEquals(id, told.commands().getFirst().job());
        assertEquals("admin", job.requestedBy());

        agent.take(told.commands().getFirst());
        assertEquals(JobState.RUNNING, agent.report(id, 1, JobState.RUNNING).state());
        assertTrue(read(id).state() == JobState.RUNNING);
        assertTrue(agent.report(id, 2, null).watched());
        assertEquals(JobState.DONE, agent.report(id, 3, JobState.DONE).state());
        assertEquals(7, read(id).result().files());
        JsonNode jobs = json(
                ann.send("GET", MAIN + "/jobs?filter=state=done&filter=serverId=" + server + "&sort=-ended", null));
        assertEquals(1, jobs.get("total").intValue());
        assertTrue(events("job").contains("\"state\":\"done\""));
    }

    @Test
    void bringsAPolicyToTheAgentAtOnce() throws Exception {
        Future<PollAnswer> waiting = threads.submit(() -> agent.poll(30));
        Policy policy = Policy.standard("daily").withItems(List.of("/srv"));
        ann.call("POST", MAIN + "/policies", policy, Policy.class);
        ann.call("PUT", MAIN + "/policies/daily/assignments", new PolicyAssignments(List.of(), true),
                PolicyAssignments.class);
        PollAnswer told = waiting.get(10, TimeUnit.SECONDS);
        assertEquals(List.of("/srv"), told.policy().items());

        HttpResponse<String> read = ann.send("GET", MAIN + "/policies/daily", null);
        String etag = read.headers().firstValue("ETag").orElseThrow();
        Future<PollAnswer> again = threads.submit(() -> agent.poll(30));
        String edited = Json.text(policy.withItems(List.of("/etc")));
        assertEquals("etag-required", code(ann.send("PUT", MAIN + "/policies/daily", edited)));
        assertEquals(200, ann.send("PUT", MAIN + "/policies/daily", edited, "If-Match", etag).statusCode());
        assertEquals("changed-meanwhile", code(ann.send("PUT", MAIN + "/policies/daily", edited, "If-Match", etag)));
        assertEquals(List.of("/etc"), again.get(10, TimeUnit.SECONDS).policy().items());
        ProblemBody refused = problem(ann.send("POST", MAIN + "/policies",
                "{\"name\":\"x\",\"bandwidth\":{\"workRate\":1}}"));
        assertEquals("bandwidth.workRate", refused.field());
    }

    @Test
    void relaysSealedBytesBothWays() throws Exception {
        byte[] question = { 0, -1, 7 };
        byte[] answer = new byte[1 << 20];
        answer[77] = 5;
        String ask = MAIN + "/servers/" + agent.id() + "/ask";
        Future<HttpResponse<byte[]>> asked = threads.submit(() -> ann.sendBytes("POST", ask, question));
        Command command = agent.poll(30).commands().getFirst();
        assertArrayEquals(question, command.ask().sealed());
        assertEquals(204, agent.client.sendBytes("POST", "/agent/v1/answers/" + command.id(), answer).statusCode());
        HttpResponse<byte[]> received = asked.get(20, TimeUnit.SECONDS);
        assertEquals(200, received.statusCode(), () -> new String(received.body(), StandardCharsets.UTF_8));
        assertArrayEquals(answer, received.body());
        assertEquals(410, agent.client.sendBytes("POST", "/agent/v1/answers/" + command.id(), answer).statusCode());
    }

    @Test
    void goesOnAfterARestartOfTheNode() {
        String id = UUID.randomUUID().toString();
        String body = Json.text(StartJob.backup(id, agent.id()));
        HttpResponse<String> first = ann.send("POST", MAIN + "/jobs", body, "Idempotency-Key", id);
        assertEquals(201, first.statusCode());
        assertEquals(first.body(), ann.send("POST", MAIN + "/jobs", body, "Idempotency-Key", id).body());
        restart();
        PollAnswer told = agent.poll(0);
        assertEquals(1, told.commands().size());
        agent.take(told.commands().getFirst());
        agent.report(id, 1, JobState.RUNNING);
        restart();
        assertEquals(List.of(), agent.poll(0, List.of(id), List.of()).commands());
        assertEquals(JobState.RUNNING, read(id).state());
        agent.report(id, 2, JobState.DONE);
        restart();
        assertEquals(JobState.DONE, read(id).state());
        assertEquals(1,
                json(ann.send("GET", MAIN + "/jobs?filter=serverId=" + agent.id(), null)).get("total").intValue());
    }

    @Test
    void aRestoreFromAnotherServerTakesTheRightToGrant() throws Exception {
        Agent source = new Agent("main");
        ann.call("POST", "/api/v1/users", new CreateUser("otto", null, List.of("operator"), "first password 1"),
                UserView.class);
        NodeClient before = ann.as(null).login("otto", "first password 1");
        before.send("POST", "/api/v1/users/otto/password", Json.text(new ChangePassword("first password 1",
                VaultNode.PASSWORD)));
        NodeClient otto = ann.as(null).login("otto", VaultNode.PASSWORD);
        String restore = Json.text(new StartJob(null, agent.id(), JobKind.RESTORE, List.of(), null, source.id(),
                "ab".repeat(16), new byte[16]));

        HttpResponse<String> refused = otto.send("POST", MAIN + "/jobs", restore);
        assertEquals(403, refused.statusCode());
        assertEquals("grant-needed", code(refused));
        assertEquals(404, agent.client.send("GET", "/agent/v1/objects?server=" + source.id(), null).statusCode());
        assertEquals(201, ann.send("POST", MAIN + "/jobs", restore).statusCode());
        assertEquals(200, agent.client.send("GET", "/agent/v1/objects?server=" + source.id(), null).statusCode());
        assertEquals(1, json(otto.send("GET", MAIN + "/grants", null)).get("total").asInt());
        assertEquals(201, otto.send("POST", MAIN + "/jobs", restore).statusCode());
    }

    @Test
    void keepsStrangersOut() {
        String id = UUID.randomUUID().toString();
        ann.call("POST", MAIN + "/jobs", StartJob.backup(id, agent.id()), JobSummary.class);
        Agent stranger = new Agent("other");
        stranger.poll(0);

        JobEvents done = new JobEvents("b", List.of(new JobEvent(1, Instant.now(), JobState.DONE, null, Map.of(),
                List.of(), null, null)));
        assertEquals(404, stranger.client.send("POST", "/agent/v1/jobs/" + id + "/events", Json.text(done))
                .statusCode());
        for (String path : List.of("/jobs/" + id, "/servers/" + agent.id(), "/servers/" + agent.id() + "/items",
                "/servers/" + agent.id() + "/points", "/jobs/..", "/servers/x", "/policies/none")) {
            int status = ann.send("GET", "/api/v1/vaults/other" + path, null).statusCode();
            assertTrue(status == 404 || status == 400, path + " gives " + status);
        }
        assertEquals(404, ann.send("POST", "/api/v1/vaults/other/jobs/" + id + "/cancel", null).statusCode());
        assertEquals(404, ann.send("POST", "/api/v1/vaults/other/jobs",
                Json.text(StartJob.backup(null, agent.id()))).statusCode());
        assertEquals(401, ann.as(null).send("GET", MAIN + "/jobs", null).statusCode());
        assertEquals(401, agent.client.send("GET", MAIN + "/jobs", null).statusCode());
        assertEquals(401, ann.send("POST", "/agent/v1/poll", Json.text(agent.says(0, List.of(), List.of())))
                .statusCode());
        assertEquals(JobState.QUEUED, read(id).state());
    }

    @Test
    void servesManyAgentsAtOnce() throws Exception {
        var agents = new ArrayList<Agent>(List.of(agent));
        for (int i = 1; i < 6; i++) {
            agents.add(new Agent("main"));
        }
        var work = new ArrayList<Callable<JobState>>();
        for (Agent each : agents) {
            work.add(() -> {
                each.poll(0);
                String id = UUID.randomUUID().toString();
                Future<PollAnswer> waiting = threads.submit(() -> each.poll(30));
                ann.call("POST", MAIN + "/jobs", StartJob.backup(id, each.id()), JobSummary.class);
                each.take(waiting.get(30, TimeUnit.SECONDS).commands().getFirst());
                for (int event = 1; event <= 20; event++) {
                    each.report(id, event, event == 1 ? JobState.RUNNING : event == 20 ? JobState.DONE : null);
                }
                return read(id).state();
            });
        }
        for (Future<JobState> each : threads.invokeAll(work)) {
            assertEquals(JobState.DONE, each.get());
        }
        for (Agent each : agents) {
            assertEquals(1, json(ann.send("GET", MAIN + "/jobs?filter=state=done&filter=serverId=" + each.id(), null))
                    .get("total").intValue());
        }
    }

    private void restart() {
        node.close();
        node = VaultNode.in(folder).port(node.settings().port()).start();
    }

    private JobSummary read(String id) {
        return ann.call("GET", MAIN + "/jobs/" + id, null, JobSummary.class);
    }

    private String events(String type) throws InterruptedException {
        var text = new StringBuilder();
        node.get(EventBus.class).after(0, 1000, Duration.ZERO).events().stream().filter(e -> e.type().equals(type))
                .forEach(e -> text.append(new String(e.body(), StandardCharsets.UTF_8)).append('\n'));
        return text.toString();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return Json.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private static ProblemBody problem(HttpResponse<String> answer) throws IOException {
        return Json.read(answer.body(), ProblemBody.class);
    }

    private static String code(HttpResponse<String> answer) throws IOException {
        return problem(answer).code();
    }

    /** What an agent does, step by step. */
    private final class Agent {
        private final NodeClient client;
        private final String id;
        private String applied = "";

        Agent(String vault) {
            String machine = "machine-" + UUID.randomUUID() + "-" + machines++;
            client = node.enrol(ann, vault, machine);
            id = json(ann.send("GET", "/api/v1/vaults/" + vault + "/servers?filter=machineId=" + machine, null))
                    .get("items").get(0).get("id").textValue();
        }

        String id() {
            return id;
        }

        PollRequest says(int wait, List<String> running, List<String> ack) {
            return new PollRequest("0.1.0", "boot", "host", List.of("127.0.0.1"), "Test 1", "UTC", Instant.now(),
                    applied,
                    null, running, ack, wait, null);
        }

        PollAnswer poll(int wait) {
            return poll(wait, List.of(), List.of());
        }

        PollAnswer poll(int wait, List<String> running, List<String> ack) {
            PollAnswer answer = client.call("POST", "/agent/v1/poll", says(wait, running, ack), PollAnswer.class);
            if (answer.policy() != null) {
                applied = answer.policy().version();
            }
            return answer;
        }

        void take(Command command) {
            assertNotNull(command.job());
            poll(0, List.of(command.job()), List.of(command.id()));
        }

        JobEventsAnswer report(String job, long sequence, JobState state) {
            JobResult result = state == JobState.DONE
                    ? new JobResult(null, 7, 70, 7, 0, 0, 0, 70, 50, 0, -1, false)
                    : null;
            return client.call("POST", "/agent/v1/jobs/" + job + "/events", new JobEvents("boot", List.of(
                    new JobEvent(sequence, Instant.now(), state, null, Map.of(), List.of(), result, null))),
                    JobEventsAnswer.class);
        }
    }
}
