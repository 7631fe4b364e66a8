package org.holdfast.cli.internal.output;

import org.holdfast.api.ProgressSink;

/** What a job tells while it runs, in the form the person or program asked for. */
public interface Reporter extends ProgressSink {
    /** The job has ended: whatever was drawn only for the moment goes. */
    void end();

    /** Warnings taken so far. */
    long warnings();
}
