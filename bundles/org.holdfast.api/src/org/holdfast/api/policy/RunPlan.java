package org.holdfast.api.policy;

import java.time.Duration;

/**
 * A schedule with everything that decides the moment a backup starts.
 *
 * @param schedule the local times
 * @param zone IANA name of the time zone, or empty for the protected server's own
 * @param jitter each server starts at a fixed offset of its own in [0, jitter) after the time, so that a fleet does
 *        not start at once; 0 to 12 hours
 * @param catchUp whether a run that was missed (server off, agent stopped) is made up for once, as soon as possible
 */
public record RunPlan(Schedule schedule, String zone, Duration jitter, boolean catchUp) {
    /** A missing zone is empty, a missing jitter zero. */
    public RunPlan {
        zone = zone == null ? "" : zone;
        jitter = jitter == null ? Duration.ZERO : jitter;
    }
}
