package org.holdfast.vault.http.internal.agent;

import java.util.List;
import java.util.UUID;

import org.holdfast.protocol.agent.AskOrder;
import org.holdfast.protocol.agent.JobEvents;
import org.holdfast.protocol.agent.JobEventsAnswer;
import org.holdfast.protocol.agent.JobStart;
import org.holdfast.protocol.agent.PollAnswer;
import org.holdfast.protocol.agent.PollRequest;
import org.holdfast.protocol.agent.Retirement;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.fleet.Asks;
import org.holdfast.vault.fleet.JobReports;
import org.holdfast.vault.fleet.Polls;
import org.holdfast.vault.fleet.Servers;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Route;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The conversation with agents: polls, jobs, answers. */
@Component(service = Endpoints.class)
public final class AgentFleetEndpoints implements Endpoints {
    private final Polls polls;
    private final JobReports jobs;
    private final Asks asks;
    private final Servers servers;

    /** Takes what it works with. */
    @Activate
    public AgentFleetEndpoints(@Reference Polls polls, @Reference JobReports jobs, @Reference Asks asks,
            @Reference Servers servers) {
        this.polls = polls;
        this.jobs = jobs;
        this.asks = asks;
        this.servers = servers;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("poll", "/agent/v1/poll").agent()
                        .summary("Tells how the server is and waits for what it is to do.").takes(PollRequest.class)
                        .gives(PollAnswer.class).handle(this::poll),
                Route.post("begin-job", "/agent/v1/jobs").agent()
                        .summary("Tells of a job that the agent has begun by itself.").takes(JobStart.class)
                        .gives(JobEventsAnswer.class)
                        .handle(call -> jobs.begun(server(call), call.body(JobStart.class))),
                Route.post("report-job", "/agent/v1/jobs/{job}/events").agent()
                        .summary("Tells what happened in a job.").takes(JobEvents.class)
                        .gives(JobEventsAnswer.class)
                        .handle(call -> jobs.report(server(call), id(call.path("job"), "job"),
                                call.body(JobEvents.class))),
                Route.post("answer", "/agent/v1/answers/{command}").agent()
                        .summary("Answers a sealed question.").takesBytes(AskOrder.MAX_ANSWER_BYTES).handle(call -> {
                            asks.answer(server(call), call.path("command"), call.stream().readAllBytes());
                            return null;
                        }),
                Route.post("retire-itself", "/agent/v1/retirement").agent()
                        .summary("Gives the server up: it keeps its points and may not connect any more.")
                        .takes(Retirement.class).handle(call -> {
                            servers.retire(UUID.fromString(call.agent().vaultId()), server(call),
                                    call.body(Retirement.class));
                            return null;
                        }));
    }

    private PollAnswer poll(Call call) {
        var poll = polls.begin(server(call), call.body(PollRequest.class));
        PollAnswer answer = call.await(poll.signal(), poll.patience(), poll::answerOrNull);
        return answer == null ? poll.nothing() : answer;
    }

    private static UUID server(Call call) {
        return id(call.agent().server(), "server");
    }

    private static UUID id(String text, String what) {
        if (text.length() != 36) {
            throw Refusal.notFound(what);
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.notFound(what);
        }
    }
}
