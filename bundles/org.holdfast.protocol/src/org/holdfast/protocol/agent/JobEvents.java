package org.holdfast.protocol.agent;

import java.util.List;

/**
 * What happened in a job since the last report ({@code POST /agent/v1/jobs/{id}/events}).
 *
 * @param bootId the agent's start that does the job
 * @param events in the order of their sequence, at most 100
 */
public record JobEvents(String bootId, List<JobEvent> events) {
    /** Most events of a report. */
    public static final int MOST = 100;

    /** Copies; a missing list is empty. */
    public JobEvents {
        events = events == null ? List.of() : List.copyOf(events);
    }
}
