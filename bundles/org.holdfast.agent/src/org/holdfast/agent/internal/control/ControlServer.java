package org.holdfast.agent.internal.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.AgentRuntime;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.agent.internal.home.SystemFacts;
import org.holdfast.agent.internal.jobs.Failures;
import org.holdfast.agent.internal.jobs.JobEntry;
import org.holdfast.agent.internal.jobs.JobRunner;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.Progress;
import org.holdfast.api.fleet.JobProgress;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.policy.Policy;
import org.holdfast.protocol.common.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves commands on this server. The socket lies where only the agent's own user gets. */
public final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int SLICE_MILLIS = 250;
    private static final int JOBS_SHOWN = 20;

    private final AgentHome home;
    private final AgentRuntime agent;
    private final Path socket;
    private final ServerSocketChannel channel;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Opens the socket and serves until closed. */
    public ControlServer(AgentHome home, AgentRuntime agent) throws IOException {
        this.home = home;
        this.agent = agent;
        socket = SocketPlace.make(home);
        channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().name("control").start(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = channel.accept();
                Thread.ofVirtual().name("control-client").start(() -> serve(client));
            }
        } catch (ClosedChannelException e) {
            LOG.debug("no more commands");
        } catch (IOException e) {
            LOG.error("Commands on this server are not served any more: {}", e.getMessage());
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                var in = new BufferedReader(new InputStreamReader(Channels.newInputStream(client),
                        StandardCharsets.UTF_8))) {
            String line = in.readLine();
            if (line == null || line.length() > ControlRequest.MAX_LENGTH) {
                return;
            }
            try {
                answer(Json.read(line, ControlRequest.class), client);
            } catch (HoldfastException e) {
                send(client, new ControlAnswer(null, null, null, Failures.of(e, true)));
            }
        } catch (IOException e) {
            LOG.debug("a command went away", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(SocketChannel client, ControlAnswer answer) throws IOException {
        ByteBuffer line = StandardCharsets.UTF_8.encode(Json.text(answer) + "\n");
        while (line.hasRemaining()) {
            client.write(line);
        }
    }

    private void answer(ControlRequest request, SocketChannel client) throws IOException, InterruptedException {
        JobRunner jobs = agent.jobs();
        String id = request.id() == null ? "" : request.id();
        switch (request.what()) {
            case "status" -> send(client, new ControlAnswer(status(), null, null, null));
            case "submit" -> submit(request, client);
            case "cancel" -> send(client, about(jobs.cancel(id), id));
            case "pause" -> send(client, about(jobs.pause(id), id));
            case "resume" -> send(client, about(jobs.resume(id), id));
            default -> throw new HoldfastException(Problem.INVALID_REQUEST,
                    "The running agent does not know '" + request.what() + "'.", "Restart it after an update.");
        }
    }

    private ControlAnswer about(boolean known, String id) {
        if (!known) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "No job '" + id + "' is at work.",
                    "'status' names those that are.");
        }
        return new ControlAnswer(null, agent.job(id).orElse(null), null, null);
    }

    private void submit(ControlRequest request, SocketChannel client) throws IOException, InterruptedException {
        if (request.job() == null) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "The job is missing.", "");
        }
        String secret = request.passphrase();
        if (!agent.submit(request.job(), secret == null ? null : secret.toCharArray())) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "The agent is stopping, or knows that job already.",
                    "");
        }
        String id = request.job().id();
        JobEntry entry = agent.job(id).orElseThrow();
        while (!entry.state().isFinal() || entry.state() == JobState.INTERRUPTED
                && !successor(id).equals(id)) {
            Progress progress = progress(id);
            send(client, new ControlAnswer(null, entry, progress == null ? null : JobProgress.of(progress), null));
            if (closed.await(SLICE_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            id = successor(id);
            entry = agent.job(id).orElseThrow();
        }
        send(client, new ControlAnswer(null, entry, null, null));
    }

    /** The job in which another one goes on. */
    private String successor(String id) {
        return agent.history().stream().filter(e -> id.equals(e.spec().resumes())).map(JobEntry::id).findFirst()
                .orElse(id);
    }

    private @Nullable Progress progress(String id) {
        return agent.jobs().statuses().stream().filter(s -> s.entry().id().equals(id)).map(JobRunner.Status::progress)
                .filter(Objects::nonNull).findFirst().orElse(null);
    }

    private AgentStatus status() {
        Registration r = agent.registration();
        Policy policy = agent.policy().policy().policy();
        var contact = agent.contact();
        List<JobEntry> jobs = new ArrayList<>(agent.history());
        Collections.reverse(jobs);
        return new AgentStatus(SystemFacts.VERSION, true, true, r.vault(), r.serverId(), r.addresses(), r.keyHolder(),
                contact.connected(), contact.last(), contact.problem(), policy == null ? null : policy.name(),
                policy == null ? 0 : policy.version(), agent.policy().policy().items(), agent.drift(),
                agent.nextBackup(), agent.certificateExpires(), agent.clockSkew().toMillis(),
                jobs.subList(0, Math.min(JOBS_SHOWN, jobs.size())));
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        channel.close();
        SocketPlace.remove(home, socket);
    }
}
