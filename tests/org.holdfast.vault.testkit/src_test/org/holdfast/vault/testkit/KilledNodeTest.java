package org.holdfast.vault.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.protocol.agent.Command;
import org.holdfast.protocol.agent.JobEvent;
import org.holdfast.protocol.agent.JobEvents;
import org.holdfast.protocol.agent.JobEventsAnswer;
import org.holdfast.protocol.agent.PollAnswer;
import org.holdfast.protocol.agent.PollRequest;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.StartJob;
import org.holdfast.sql.testkit.PostgresServer;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.nodes.Turns;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node is killed while an agent that polls it is at work; the other one goes on with all of it. */
class KilledNodeTest {
    private static final String MAIN = "/api/v1/vaults/main";

    @Test
    void theOtherNodeGoesOn(@TempDir Path folder) throws Exception {
        Assumptions.assumeTrue(PostgresServer.isAvailable());
        try (var nodes = new TwoNodes(folder)) {
            Path third = nodes.prepare("third");
            Process process = NodeMain.start(third, nodes.settings(), folder.resolve("store"));
            try {
                TwoNodes.await("its port", () -> Files.exists(third.resolve("port")) || !process.isAlive());
                String url = "https://127.0.0.1:" + Files.readString(third.resolve("port"));
                dies(nodes, url, process);
            } finally {
                NodeMain.kill(process);
            }
        }
    }

    private static void dies(TwoNodes nodes, String url, Process process) throws IOException, InterruptedException {
        NodeClient agent = nodes.first.enrol(nodes.ann, "main", "machine-0123456789");
        String server = Json.mapper().readTree(nodes.ann.send("GET", MAIN + "/servers", null).body()).get("items")
                .get(0).get("id").textValue();
        NodeClient there = agent.at(url);
        poll(there, List.of(), List.of());
        String id = UUID.randomUUID().toString();
        String queued = UUID.randomUUID().toString();
        // asked for at a node that lives, for an agent that polls the one that dies
        nodes.ann.call("POST", MAIN + "/jobs", StartJob.backup(id, server), JobSummary.class);
        Command[] command = new Command[1];
        TwoNodes.await("the command", () -> {
            poll(there, List.of(), List.of()).commands().forEach(each -> command[0] = each);
            return command[0] != null;
        });
        poll(there, List.of(id), List.of(command[0].id()));
        report(there, id, 1, JobState.RUNNING);
        report(there, id, 2, null);
        nodes.ann.call("POST", MAIN + "/jobs", StartJob.backup(queued, server), JobSummary.class);
        NodeMain.kill(process);

        // Its servers go to another node, although their agents have not called again.
        TwoNodes.await("another node has the server", () -> "1".equals(nodes.first.get(Catalog.class).read(
                handle -> handle.createQuery("select cast(count(*) as text) from servers s join nodes n"
                        + " on n.id = s.node_id where n.name not like '%:' || :port and s.id = :id")
                        .bind("port", url.substring(url.lastIndexOf(':') + 1)).bind("id", UUID.fromString(server))
                        .mapTo(String.class).one())));
        assertEquals(JobState.RUNNING, state(nodes, id));
        PollAnswer told = poll(agent.at(nodes.second), List.of(id), List.of());
        assertEquals(List.of(queued), told.commands().stream().map(Command::job).toList());
        report(agent.at(nodes.second), id, 3, JobState.DONE);
        TwoNodes.await("the end", () -> state(nodes, id) == JobState.DONE);
        TwoNodes.await("an alert", () -> nodes.ann
                .send("GET", "/api/v1/alerts?filter=state=open&filter=kind=node-lost", null).body()
                .contains("\"node-lost\""));
        assertTrue(nodes.first.get(Turns.class).held().contains("fleet")
                || nodes.second.get(Turns.class).held().contains("fleet"));
    }

    private static JobState state(TwoNodes nodes, String job) {
        return nodes.ann.call("GET", MAIN + "/jobs/" + job, null, JobSummary.class).state();
    }

    private static PollAnswer poll(NodeClient agent, List<String> running, List<String> taken) {
        return agent.call("POST", "/agent/v1/poll", new PollRequest("0.1.0", "boot", "host", List.of("127.0.0.1"),
                "Test 1", "UTC", Instant.now(), "", null, running, taken, 1, null), PollAnswer.class);
    }

    private static void report(NodeClient agent, String job, long sequence, @Nullable JobState state) {
        agent.call("POST", "/agent/v1/jobs/" + job + "/events", new JobEvents("boot", List.of(new JobEvent(sequence,
                Instant.now(), state, null, Map.of(), List.of(), null, null))), JobEventsAnswer.class);
    }
}
