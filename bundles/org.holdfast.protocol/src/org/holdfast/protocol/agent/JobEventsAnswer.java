package org.holdfast.protocol.agent;

import org.holdfast.api.fleet.JobState;

/**
 * What the vault makes of a report.
 *
 * @param lastSequence everything up to here has been seen
 * @param state the job's state as the vault has it; final although the agent is at work: the agent ends the job
 * @param watched whether somebody looks at it
 */
public record JobEventsAnswer(long lastSequence, JobState state, boolean watched) {
}
