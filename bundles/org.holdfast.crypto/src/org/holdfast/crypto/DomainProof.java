package org.holdfast.crypto;

import java.nio.charset.StandardCharsets;

/**
 * Proofs that somebody holds the passphrase of an encryption domain: Ed25519 signatures by the domain's key over the
 * ASCII text {@code holdfast/v1/proof/}, the context in UTF-8, a zero byte and the message. The text in front keeps
 * them apart from signatures of manifests, so that nobody who may ask for proofs can have a recovery point signed.
 */
public final class DomainProof {
    private static final String PREFIX = "holdfast/v1/proof/";

    private DomainProof() {
    }

    /**
     * Makes a proof.
     *
     * @param seed {@link DomainKeys#signatureSeed()}
     * @param context what the proof is for; without zero characters
     * @param message what it is about
     */
    public static byte[] sign(SecretBytes seed, String context, byte[] message) {
        return Signatures.sign(seed, signed(context, message));
    }

    /** Whether a proof is genuine; {@code false} too when key or proof are malformed. */
    public static boolean verify(byte[] publicKey, String context, byte[] message, byte[] proof) {
        return Signatures.verify(publicKey, signed(context, message), proof);
    }

    private static byte[] signed(String context, byte[] message) {
        if (context.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a context has no zero characters");
        }
        byte[] head = (PREFIX + context + '\0').getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + message.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(message, 0, all, head.length, message.length);
        return all;
    }
}
