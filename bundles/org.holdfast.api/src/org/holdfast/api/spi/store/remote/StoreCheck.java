package org.holdfast.api.spi.store.remote;

import java.util.List;

import org.osgi.annotation.versioning.ConsumerType;

/** Looks at a place for objects and explains what it finds. Registered as a service beside its store provider. */
@ConsumerType
public interface StoreCheck {
    /** How good a finding is. */
    enum Level {
        /** As it should be. */
        GOOD,
        /** It works, but somebody should know. */
        WARNING,
        /** It does not work. */
        BAD
    }

    /**
     * One thing that was looked at.
     *
     * @param level how good it is
     * @param what was looked at, one or two words
     * @param text what was found and, unless it is good, what to do
     */
    record Finding(Level level, String what, String text) {
    }

    /** Whether a location is for this one. */
    boolean accepts(String location);

    /** Looks. Leaves nothing behind; failures are findings. */
    List<Finding> check(String location);
}
