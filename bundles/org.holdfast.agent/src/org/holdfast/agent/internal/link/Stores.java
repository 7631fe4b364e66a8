package org.holdfast.agent.internal.link;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.store.BlobStore;
import org.holdfast.upload.Throttle;

/** The objects of servers, as the vault lets this agent see them. */
public interface Stores {
    /**
     * Opens the objects of a server.
     *
     * @throws IOException when the vault cannot be reached or refuses
     */
    BlobStore open(Use use) throws IOException;

    /**
     * Who wants what.
     *
     * @param server id of another server whose objects are to be read, or null for this one's own
     * @param purpose for the vault's log: {@code backup}, {@code restore}, {@code ask}, {@code register}
     * @param job the job it is for, or null
     * @param throttle keeps sending to a rate
     * @param receiving keeps receiving to a rate
     */
    record Use(@Nullable String server, String purpose, @Nullable String job, Throttle throttle, Throttle receiving) {
        /** This server's own objects, at any speed. */
        public static Use own(String purpose, @Nullable String job) {
            return new Use(null, purpose, job, Throttle.NONE, Throttle.NONE);
        }
    }
}
