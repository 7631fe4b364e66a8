package org.holdfast.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;

/**
 * Messages that only the holder of one key can read, whoever carries them: HPKE (RFC 9180) in base mode with
 * DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM, as Bouncy Castle implements it. A vault relays such messages
 * between people and agents without seeing a file name or a passphrase.
 *
 * <p>A sealed message is one byte with the version 1, the encapsulated key of 32 bytes, the ciphertext and its tag of
 * 16 bytes. The context is part of the key schedule (info is the text {@code holdfast/v1/box/} followed by it, in
 * UTF-8), so a message sealed for one purpose or request never opens as another. Base mode does not say who sealed:
 * what has to be genuine needs a proof of its own, see {@link DomainProof}.
 */
public final class SealedBox {
    /** Length of a public key in bytes. */
    public static final int PUBLIC_KEY_BYTES = 32;
    /** Length of a private key in bytes. */
    public static final int PRIVATE_KEY_BYTES = 32;
    /** By how many bytes a sealed message is longer than the message. */
    public static final int OVERHEAD_BYTES = 1 + PUBLIC_KEY_BYTES + 16;

    private static final byte VERSION = 1;
    private static final String INFO_PREFIX = "holdfast/v1/box/";
    private static final byte[] NOTHING = new byte[0];

    private SealedBox() {
    }

    /**
     * A key pair; closing it wipes the private key.
     *
     * @param publicKey 32 bytes, for everybody
     * @param privateKey 32 bytes
     */
    public record Keys(byte[] publicKey, SecretBytes privateKey) implements AutoCloseable {
        @Override
        public void close() {
            privateKey.close();
        }

        @Override
        public String toString() {
            return "SealedBox.Keys[hidden]";
        }
    }

    /** A new random key pair. */
    public static Keys newKeys() {
        HPKE hpke = suite();
        AsymmetricCipherKeyPair pair = hpke.generatePrivateKey();
        return new Keys(hpke.serializePublicKey(pair.getPublic()),
                SecretBytes.adopt(hpke.serializePrivateKey(pair.getPrivate())));
    }

    /**
     * Seals a message to the holder of a key.
     *
     * @param recipient public key, 32 bytes
     * @param context what the message is for and belongs to, for example the kind and the id of a request; the reader
     *         has to know it
     * @throws IllegalArgumentException when the key is none
     */
    public static byte[] seal(byte[] recipient, String context, byte[] message) {
        if (recipient.length != PUBLIC_KEY_BYTES) {
            throw new IllegalArgumentException("a public key has 32 bytes, not " + recipient.length);
        }
        HPKE hpke = suite();
        byte[][] sealed;
        try {
            sealed = hpke.seal(hpke.deserializePublicKey(recipient), info(context), NOTHING, message, null, null, null);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("sealing failed", e);
        } catch (IllegalStateException e) {
            // An all-zero shared secret: the "key" is a point of small order.
            throw new IllegalArgumentException("not the public key of anybody", e);
        }
        byte[] out = new byte[1 + sealed[1].length + sealed[0].length];
        out[0] = VERSION;
        System.arraycopy(sealed[1], 0, out, 1, sealed[1].length);
        System.arraycopy(sealed[0], 0, out, 1 + sealed[1].length, sealed[0].length);
        return out;
    }

    /**
     * Opens a message.
     *
     * @throws AuthenticationFailedException when it was sealed to another key, for another context, or was changed
     */
    public static byte[] open(Keys keys, String context, byte[] sealed) {
        if (sealed.length < OVERHEAD_BYTES || sealed[0] != VERSION) {
            throw new AuthenticationFailedException("this is no sealed message of a version known here");
        }
        byte[] encapsulated = Arrays.copyOfRange(sealed, 1, 1 + PUBLIC_KEY_BYTES);
        byte[] ciphertext = Arrays.copyOfRange(sealed, 1 + PUBLIC_KEY_BYTES, sealed.length);
        byte[] secret = keys.privateKey().copy();
        try {
            HPKE hpke = suite();
            AsymmetricCipherKeyPair pair = hpke.deserializePrivateKey(secret, keys.publicKey());
            return hpke.open(encapsulated, pair, info(context), NOTHING, ciphertext, null, null, null);
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
            throw new AuthenticationFailedException("the sealed message is not for this key and context, or changed");
        } finally {
            SecretBytes.wipe(secret);
        }
    }

    private static HPKE suite() {
        return new HPKE(HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }

    private static byte[] info(String context) {
        return (INFO_PREFIX + context).getBytes(StandardCharsets.UTF_8);
    }
}
