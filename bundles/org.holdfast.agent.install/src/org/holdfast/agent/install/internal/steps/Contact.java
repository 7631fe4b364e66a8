package org.holdfast.agent.install.internal.steps;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.Outcome;
import org.holdfast.agent.install.VaultSide;
import org.holdfast.agent.install.internal.StepFailedException;
import org.holdfast.agent.install.internal.ssh.RootShell;
import org.holdfast.agent.install.internal.ssh.SshHost;
import org.holdfast.api.HoldfastException;
import org.holdfast.protocol.common.Json;

import com.fasterxml.jackson.databind.JsonNode;

/** Waits until the vault has heard of an agent; asks the agent itself when nobody is signed in to the vault. */
final class Contact {
    private static final long EVERY_MILLIS = 1000;
    private static final Duration STATUS = Duration.ofMinutes(1);

    private final Shared shared;
    private final Map<String, String> places;
    private final CountDownLatch never = new CountDownLatch(1);

    Contact(Shared shared, Map<String, String> places) {
        this.shared = shared;
        this.places = places;
    }

    void await(RootShell shell, String id) throws StepFailedException {
        var since = shared.clock().instant();
        long until = System.nanoTime() + shared.plan().options().contactWithin().toNanos();
        String problem = null;
        do {
            if (shared.stopped().getAsBoolean()) {
                throw new StepFailedException(Outcome.STOPPED, "stopped before the vault heard of it",
                        "Resume it; it goes on where it was.");
            }
            try {
                VaultSide vault = shared.vault();
                problem = vault == null ? status(shell) : vault.isConnected(id, since) ? "" : null;
            } catch (HoldfastException e) {
                problem = e.getMessage();
            }
            if ("".equals(problem)) {
                return;
            }
            pause();
        } while (System.nanoTime() < until);
        throw new StepFailedException(Outcome.NO_CONTACT, "registered as " + id + ", but the vault has not heard of it"
                + " within " + shared.plan().options().contactWithin().toSeconds() + " seconds"
                + (problem == null ? "" : ": " + problem), "See 'holdfast-agent status' and the agent's log there.");
    }

    /** Empty when it is connected, else what it says, or null. */
    private @Nullable String status(RootShell shell) throws StepFailedException {
        String json = shell.run(Scripts.STATUS, places, SshHost.Feed.NONE, line -> {
        }, STATUS).fact("status");
        if (json == null || json.isEmpty()) {
            return null;
        }
        try {
            JsonNode status = Json.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class);
            return status.path("connected").asBoolean() ? "" : status.path("problem").asText(null);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private void pause() throws StepFailedException {
        try {
            never.await(EVERY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailedException(Outcome.STOPPED, "it was stopped", "", e);
        }
    }
}
