package org.holdfast.api.spi.store.remote;

import java.io.IOException;
import java.time.Duration;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Implemented by stores whose objects somebody else can be let at, one object and one way at a time, so that bytes need
 * not pass through whoever keeps the store. Thread-safe.
 */
@ConsumerType
public interface DirectAccess {
    /** The way an object may be used. */
    enum Access {
        /** Make it when there is none; it can be neither read, replaced nor deleted with that. */
        CREATE,
        /** Read it, whole or in ranges; nothing else. */
        READ
    }

    /**
     * Makes a permit.
     *
     * @param name of the object, which may not be there yet
     * @param validity how long it counts, from now
     * @throws IOException when the store cannot or may not make one; the way through the store's keeper is left then
     */
    Permit permit(String name, Access access, Duration validity) throws IOException;

    /**
     * Told when somebody says that an object was made with a permit. Does to it what the store does to its own, for
     * example lock it against removal.
     *
     * @return its bytes, or -1 when there is no such object
     */
    long arrived(String name) throws IOException;
}
