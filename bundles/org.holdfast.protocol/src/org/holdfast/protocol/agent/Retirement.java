package org.holdfast.protocol.agent;

/**
 * A server gives itself up ({@code POST /agent/v1/retirement}): it keeps its points and may not connect any more.
 *
 * @param requestDeletion whether the administrators are asked to delete its points; nothing is deleted by this call
 * @param proof {@code DomainProof.sign} of the crypto bundle for the purpose {@value #PURPOSE} over the id of the
 *         server in ASCII: a certificate alone, which may be stolen, does not end the protection of a server
 */
public record Retirement(boolean requestDeletion, byte[] proof) {
    /** What the proof is for. */
    public static final String PURPOSE = "retirement";
    /** Name of the label by which a request for deletion is shown; its value is the time. */
    public static final String DELETION_LABEL = "deletion-requested";

    /** A missing proof is empty. */
    public Retirement {
        proof = proof == null ? new byte[0] : proof;
    }
}
