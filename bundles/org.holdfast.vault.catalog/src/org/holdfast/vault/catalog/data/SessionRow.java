package org.holdfast.vault.catalog.data;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A session of an agent.
 *
 * @param id its id
 * @param server whose
 * @param fence its fencing token; later sessions of a server have larger ones
 * @param bootId the run of the agent that opened it
 * @param job the job it serves, or null
 * @param purpose {@code backup}, {@code restore}, {@code setup} or another word
 * @param opened when
 * @param renewed when the agent was last heard in it
 * @param ended when it ended, or null
 * @param ending {@code closed}, {@code fenced}, {@code expired}, or null
 * @param point name of the recovery point that was committed in it, or null
 */
public record SessionRow(UUID id, UUID server, long fence, String bootId, @Nullable String job, String purpose,
        Instant opened, Instant renewed, @Nullable Instant ended, @Nullable String ending, @Nullable String point) {
}
