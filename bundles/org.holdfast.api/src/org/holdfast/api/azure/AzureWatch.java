package org.holdfast.api.azure;

import java.time.Duration;

import org.holdfast.api.CancelToken;
import org.osgi.annotation.versioning.ConsumerType;

/** Whoever waits for something in Azure. Called on the thread that works. */
@ConsumerType
public interface AzureWatch {
    /** Asks the work to stop; what Azure has begun by then goes on there. */
    CancelToken cancel();

    /**
     * A step is begun.
     *
     * @param step what it is about
     * @param number from 1
     * @param total how many there are
     */
    default void begins(PlanStep step, int number, int total) {
    }

    /**
     * Azure wants to be asked again later.
     *
     * @param reason what for, in a few words
     * @param time how long
     */
    default void waits(String reason, Duration time) {
    }

    /** Nobody in particular. */
    static AzureWatch none() {
        var cancel = new CancelToken();
        return () -> cancel;
    }
}
