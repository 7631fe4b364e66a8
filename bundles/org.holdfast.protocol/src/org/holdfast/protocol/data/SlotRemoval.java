package org.holdfast.protocol.data;

/**
 * A key slot of a server is to go, because its passphrase was changed or its recovery key is not wanted any more
 * ({@code POST /agent/v1/slots/{id}/removal}).
 *
 * @param proof {@code DomainProof.sign} of the crypto bundle for the purpose {@value #PURPOSE} over the name of the
 *         slot's object in ASCII: a certificate alone, which may be stolen, takes nobody's key away
 */
public record SlotRemoval(byte[] proof) {
    /** What the proof is for. */
    public static final String PURPOSE = "remove-slot";

    /** A missing proof is empty. */
    public SlotRemoval {
        proof = proof == null ? new byte[0] : proof;
    }
}
