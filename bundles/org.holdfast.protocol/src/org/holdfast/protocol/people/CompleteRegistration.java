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
 * @param intakeProof {@code DomainProof.sign} for the purpose {@value #INTAKE_PURPOSE} over the intake key, so that
 *        people with the passphrase can tell that the key is the agent's and not the vault's; may be null
 */
public record CompleteRegistration(String domainId, byte[] publicKey, byte[] intakeKey, String keyHolder,
        byte @Nullable [] proof, byte @Nullable [] intakeProof) {
    /** What the proof is for. */
    public static final String PROOF_PURPOSE = "registration";
    /** What the proof of the intake key is for. */
    public static final String INTAKE_PURPOSE = "intake";

    /** Without a proof of the intake key. */
    public CompleteRegistration(String domainId, byte[] publicKey, byte[] intakeKey, String keyHolder,
            byte @Nullable [] proof) {
        this(domainId, publicKey, intakeKey, keyHolder, proof, null);
    }
}
