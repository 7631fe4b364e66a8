package org.holdfast.agent.install;

import java.time.Instant;

/** Told what happens while it happens, by the threads of the hosts, several at once. Must return soon. */
public interface InstallListener {
    /** Nobody listens. */
    InstallListener NONE = new InstallListener() {
    };

    /** Something about a host has changed. */
    default void changed(HostProgress progress) {
        // Nobody wants to know.
    }

    /** A line of a host's log. */
    default void logged(HostEntry host, Instant time, String line) {
        // Nobody wants to know.
    }
}
