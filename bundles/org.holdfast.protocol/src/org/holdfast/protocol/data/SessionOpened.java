package org.holdfast.protocol.data;

import java.time.Instant;

/**
 * A session.
 *
 * @param session its id
 * @param fence its fencing token; {@code Holdfast-Session: <session>:<fence>} goes with every write
 * @param leaseSeconds it lasts so long from the last call in it
 * @param serverTime the vault's clock
 */
public record SessionOpened(String session, long fence, long leaseSeconds, Instant serverTime) {
    /** The header that goes with every write. */
    public static final String HEADER = "Holdfast-Session";

    /** The value of that header. */
    public String header() {
        return session + ":" + fence;
    }
}
