package org.holdfast.api.spi.notify;

import java.util.List;

import org.holdfast.api.notify.TargetField;
import org.holdfast.api.policy.FieldProblem;

/**
 * A kind of place that notifications can be sent to; a service. Where exactly is said by a {@link TargetConfiguration}
 * with each call. Implementations are thread-safe and keep nothing of a configuration.
 */
public interface NotificationTarget {
    /** Name of the kind, unique among all: 1 to 40 lower case letters, digits and hyphens. */
    String kind();

    /** What has to be known of a target. */
    List<TargetField> fields();

    /**
     * Looks at values without calling anybody; required fields and unknown names have been looked at before.
     *
     * @return what is wrong, with names of fields; empty when the target can be stored
     */
    List<FieldProblem> check(TargetConfiguration configuration);

    /**
     * Sends a message and returns when the other side has taken it over. Must end within a minute, whatever the other
     * side does. The same message may come again when it is not known whether it has arrived: it has the same id then.
     *
     * @throws DeliveryException when it was not taken over
     * @throws InterruptedException when the vault goes down
     */
    void deliver(TargetConfiguration configuration, Notification notification)
            throws DeliveryException, InterruptedException;
}
