package org.holdfast.protocol.agent;

/**
 * A request with the proof that whoever made it holds the passphrase of the agent it is for: without it a vault that
 * somebody took over could read and write files on every server.
 *
 * @param body the request as JSON
 * @param signature {@code DomainProof.sign} of the crypto bundle over the body, by the signing key of the agent's own
 *        encryption domain and with the context that the request is sealed with; empty when the asker does not hold it,
 *        which an agent accepts only if its administrator said so
 */
public record Signed(byte[] body, byte[] signature) {
    /** A missing signature is empty. */
    public Signed {
        signature = signature == null ? new byte[0] : signature;
    }
}
