package org.holdfast.protocol.people;

import java.time.Instant;

/**
 * A one-time security PIN ({@code POST /api/v1/security/pin}), to be sent in the header {@value #HEADER} of one call
 * that is refused with the code {@code pin-needed} without it.
 *
 * @param pin digits
 * @param expires until when it counts
 */
public record SecurityPin(String pin, Instant expires) {
    /** Name of the header. */
    public static final String HEADER = "Holdfast-Security-Pin";

    /** Without the PIN, so that no log has it. */
    @Override
    public String toString() {
        return "SecurityPin[until " + expires + "]";
    }
}
