package org.holdfast.scheduling.schedule;

import java.time.Instant;

/**
 * What a server is to do next.
 *
 * @param scheduled the moment of the schedule this run is for; remembered as handled when the run begins
 * @param start when to begin, jitter included; not after the present: at once
 * @param caughtUp whether it makes up for a run that was missed
 */
public record NextRun(Instant scheduled, Instant start, boolean caughtUp) {
}
