package org.holdfast.protocol.agent;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A restore. What and where to is not for the vault to know.
 *
 * @param sourceServer id of the server whose point it is, or null for the agent's own
 * @param point id of the point, 32 hex digits
 * @param sealed a {@link Signed} whose body is a {@link RestoreRequest}, as JSON, sealed for the agent's intake key
 *        (class {@code SealedBox} of the crypto bundle, context {@value #CONTEXT} followed by the job's id)
 */
public record RestoreOrder(@Nullable String sourceServer, String point, byte[] sealed) {
    /** What the sealing is bound to. */
    public static final String CONTEXT = "holdfast restore 1 ";
    /** Longest sealed order in bytes. */
    public static final int MAX_BYTES = 256 * 1024;
}
