package org.holdfast.protocol.people;

import org.eclipse.jdt.annotation.Nullable;

/**
 * The agent has stored its passphrase and read it back ({@code POST /agent/v1/registration/complete}).
 *
 * @param domainId id of the encryption domain, 32 hex digits
 * @param publicKey Ed25519 key by which the domain signs, 32 bytes
 * @param intakeKey X25519 key by which requests to the agent are sealed, 32 bytes
 * @param keyHolder where the passphrase is kept, for people
 * @param proof of an existing server: {@code DomainProof.sign} for the purpose {@value #PROOF_PURPOSE} over the
 *        challenge; null for a new one
 */
public record CompleteRegistration(String domainId, byte[] publicKey, byte[] intakeKey, String keyHolder,
        byte @Nullable [] proof) {
    /** What the proof is for. */
    public static final String PROOF_PURPOSE = "registration";
}
