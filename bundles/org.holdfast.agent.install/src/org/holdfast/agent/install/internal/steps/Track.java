package org.holdfast.agent.install.internal.steps;

import org.holdfast.agent.install.Step;

/** What the work on one host tells while it goes on. */
public interface Track {
    /** A step begins. */
    void step(Step step);

    /** How far the step is. */
    void percent(int percent);

    /** A line for the log. */
    void log(String line);

    /** Something to be looked at. */
    void warn(String sentence);

    /** The version of the agent that is there. */
    void version(String version);

    /** It is registered under this id, by this run or an earlier one with the same state. */
    void registered(String serverId);

    /** Whether this run, or an earlier one with the same state, registered it. */
    boolean isOurs(String serverId);
}
