package org.holdfast.client;

import java.time.Duration;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;

/** Who follows a stream of events. All methods are called by one thread, in order, and should not wait. */
public interface EventListener {
    /** Something happened. */
    void event(ServerEvent event);

    /** The stream is open: from now on events come as they happen. */
    default void opened() {
    }

    /**
     * The stream broke or came to its end, or could not be opened; it is opened again after a pause, going on behind
     * the last event.
     *
     * @param why what went wrong, null when the vault ended it in order
     * @param pause until the next try
     */
    default void lost(@Nullable HoldfastException why, Duration pause) {
    }

    /** The vault refuses for good; nothing comes after that. */
    default void ended(HoldfastException why) {
    }
}
