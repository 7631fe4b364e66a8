package org.holdfast.agent.internal.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.home.AgentHome;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.JobFailure;
import org.holdfast.protocol.common.Json;

/** Asks the running agent of a folder. */
public final class ControlClient {
    private final AgentHome home;

    /** @param home folder of the agent */
    public ControlClient(AgentHome home) {
        this.home = home;
    }

    /**
     * Asks, and hands out every answer but the last.
     *
     * @return the last answer
     * @throws HoldfastException when no agent runs, or with what it says went wrong
     */
    public ControlAnswer ask(ControlRequest request, Consumer<ControlAnswer> each) {
        ControlAnswer last = null;
        try (var channel = connect();
                var in = new BufferedReader(new InputStreamReader(Channels.newInputStream(channel),
                        StandardCharsets.UTF_8))) {
            ByteBuffer line = StandardCharsets.UTF_8.encode(Json.text(request) + "\n");
            while (line.hasRemaining()) {
                channel.write(line);
            }
            String answer = in.readLine();
            while (answer != null) {
                if (last != null) {
                    each.accept(last);
                }
                last = Json.read(answer, ControlAnswer.class);
                answer = in.readLine();
            }
        } catch (IOException e) {
            throw new HoldfastException(Problem.STORE_UNAVAILABLE, "The running agent did not answer to the end.",
                    "See its log.", e);
        }
        return checked(last);
    }

    /** Asks for one answer. */
    public ControlAnswer ask(ControlRequest request) {
        return ask(request, answer -> {});
    }

    private SocketChannel connect() throws IOException {
        var address = SocketPlace.find(home);
        try {
            return SocketChannel.open(address);
        } catch (IOException e) {
            throw new HoldfastException(Problem.STORE_UNAVAILABLE, "No agent runs for '" + home.root() + "'.",
                    "Start it: systemctl start holdfast-agent, or 'holdfast-agent run'.", e);
        }
    }

    private static ControlAnswer checked(@Nullable ControlAnswer last) {
        if (last == null) {
            throw new HoldfastException(Problem.STORE_UNAVAILABLE, "The agent stopped before it answered.", "");
        }
        JobFailure failure = last.failure();
        if (failure != null) {
            throw new HoldfastException(Problem.INVALID_REQUEST, failure.message(), failure.advice());
        }
        return last;
    }
}
