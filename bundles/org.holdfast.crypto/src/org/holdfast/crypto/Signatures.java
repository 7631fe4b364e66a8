package org.holdfast.crypto;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Ed25519 signatures (RFC 8032, the pure variant without context or pre-hash). The private key is the 32-byte seed
 * {@link DomainKeys#signatureSeed()}; messages must begin with something that says what they are, since one key signs
 * several kinds of them.
 */
public final class Signatures {

    /** Length of a public key, in bytes. */
    public static final int PUBLIC_KEY_BYTES = 32;
    /** Length of a signature, in bytes. */
    public static final int SIGNATURE_BYTES = 64;

    private Signatures() {
    }

    /** The public key that belongs to a seed of 32 bytes. */
    public static byte[] publicKey(SecretBytes seed) {
        return key(seed).generatePublicKey().getEncoded();
    }

    /** Signs a message; the same message always gets the same signature. */
    public static byte[] sign(SecretBytes seed, byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key(seed));
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    /** Whether a signature is genuine; {@code false} too for keys or signatures that are malformed. */
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != PUBLIC_KEY_BYTES || signature.length != SIGNATURE_BYTES) {
            return false;
        }
        Ed25519PublicKeyParameters key;
        try {
            key = new Ed25519PublicKeyParameters(publicKey);
        } catch (IllegalArgumentException e) {
            return false;
        }
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, key);
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }

    private static Ed25519PrivateKeyParameters key(SecretBytes seed) {
        if (seed.length() != DomainKeys.KEY_BYTES) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length());
        }
        return new Ed25519PrivateKeyParameters(seed.view());
    }
}
