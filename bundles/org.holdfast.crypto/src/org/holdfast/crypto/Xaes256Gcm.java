package org.holdfast.crypto;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Objects;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

import org.holdfast.crypto.internal.CipherWarmup;
import org.holdfast.crypto.internal.RawKey;
import org.holdfast.crypto.internal.XaesSubkeys;

/**
 * XAES-256-GCM (<a href="https://c2sp.org/XAES-256-GCM">C2SP</a>): AES-256-GCM under a key and nonce derived from a
 * 256-bit key and a random 192-bit nonce, so that 2<sup>80</sup> messages may be sealed under one key.
 * <p>
 * A sealed message is {@code nonce (24) || ciphertext || tag (16)}. Instances hold working state: one per thread.
 */
public final class Xaes256Gcm implements AutoCloseable {

    /** Length of a key, in bytes. */
    public static final int KEY_BYTES = 32;
    /** Length of the nonce at the head of a sealed message, in bytes. */
    public static final int NONCE_BYTES = 24;
    /** Length of the tag at the end of a sealed message, in bytes. */
    public static final int TAG_BYTES = 16;
    /** What a sealed message is longer than its plaintext, in bytes. */
    public static final int OVERHEAD = NONCE_BYTES + TAG_BYTES;

    /**
     * Encryption is fed to the JDK in slices: its compiled loop replaces the interpreted one only when the method is
     * entered again, so that one call with a large message runs at a fiftieth of the speed in a young JVM.
     */
    private static final int SLICE = 4096;
    private static final int GCM_NONCE_BYTES = 12;
    private static final byte[] NONE = new byte[0];

    private final XaesSubkeys subkeys;
    private final RawKey messageKey = new RawKey("AES", KEY_BYTES);
    private final Cipher gcm;
    private final SecureRandom random;
    private final byte[] nonce = new byte[NONCE_BYTES];

    /** @param key 32 bytes; copied, so that the caller may close it afterwards */
    public Xaes256Gcm(SecretBytes key) {
        if (key.length() != KEY_BYTES) {
            throw new IllegalArgumentException("an XAES-256-GCM key has 32 bytes, not " + key.length());
        }
        try {
            subkeys = new XaesSubkeys(key.view());
            gcm = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime offers no AES-256", e);
        }
        random = new SecureRandom();
    }

    /**
     * Makes encryption and decryption fast from the first message on, where a fresh JVM would need some hundred
     * megabytes to get there. Costs about 0.15 s of one processor, so run it on a thread to spare while the passphrase
     * is being stretched. Never needed for correctness.
     */
    public static void prewarm() {
        CipherWarmup.run();
    }

    /** Length of the sealed form of a plaintext, in bytes. */
    public static int sealedLength(int plainLength) {
        return Math.addExact(plainLength, OVERHEAD);
    }

    /**
     * Seals a message under a fresh random nonce.
     *
     * @param aad associated data, bound to the message but not stored in it; length 0 for none
     * @param out where nonce, ciphertext and tag go; must have room for {@code length + }{@value #OVERHEAD} bytes and
     *            must not overlap the plaintext
     * @return number of bytes written, {@code length + }{@value #OVERHEAD}
     */
    public int seal(byte[] plain, int offset, int length, byte[] aad, int aadOffset, int aadLength, byte[] out,
            int outOffset) {
        random.nextBytes(nonce);
        return seal(nonce, plain, offset, length, aad, aadOffset, aadLength, out, outOffset);
    }

    /** Seals under a given nonce of 24 bytes. For known answers only: a nonce used twice breaks the cipher. */
    int seal(byte[] fixedNonce, byte[] plain, int offset, int length, byte[] aad, int aadOffset, int aadLength,
            byte[] out, int outOffset) {
        Objects.checkFromIndexSize(offset, length, plain.length);
        Objects.checkFromIndexSize(outOffset, sealedLength(length), out.length);
        System.arraycopy(fixedNonce, 0, out, outOffset, NONCE_BYTES);
        try {
            start(Cipher.ENCRYPT_MODE, fixedNonce, 0, aad, aadOffset, aadLength);
            int from = offset;
            int end = offset + length;
            int to = outOffset + NONCE_BYTES;
            while (end - from > SLICE) {
                to += gcm.update(plain, from, SLICE, out, to);
                from += SLICE;
            }
            gcm.doFinal(plain, from, end - from, out, to);
            return length + OVERHEAD;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encryption failed", e);
        }
    }

    /**
     * Opens a sealed message.
     *
     * @param sealed nonce, ciphertext and tag
     * @param out where the plaintext goes; must have room for {@code length - }{@value #OVERHEAD} bytes and must not
     *            overlap the sealed message. Holds nothing useful when this fails.
     * @return length of the plaintext, {@code length - }{@value #OVERHEAD}
     * @throws AuthenticationFailedException when the message is not exactly what was sealed under this key with this
     *             associated data
     */
    public int open(byte[] sealed, int offset, int length, byte[] aad, int aadOffset, int aadLength, byte[] out,
            int outOffset) {
        Objects.checkFromIndexSize(offset, length, sealed.length);
        if (length < OVERHEAD) {
            throw new AuthenticationFailedException(
                    "sealed message of " + length + " bytes is shorter than nonce and tag");
        }
        int plainLength = length - OVERHEAD;
        Objects.checkFromIndexSize(outOffset, plainLength, out.length);
        try {
            start(Cipher.DECRYPT_MODE, sealed, offset, aad, aadOffset, aadLength);
            // One call: the JDK holds all plaintext back until the tag is checked, slices would only be copied.
            return gcm.doFinal(sealed, offset + NONCE_BYTES, length - NONCE_BYTES, out, outOffset);
        } catch (AEADBadTagException e) {
            throw new AuthenticationFailedException("sealed message of " + length
                    + " bytes does not authenticate: changed, of another key, or of another place", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("decryption failed", e);
        }
    }

    /** As {@link #seal(byte[], int, int, byte[], int, int, byte[], int)}, for small messages. */
    public byte[] seal(byte[] plain, byte[] aad) {
        byte[] out = new byte[sealedLength(plain.length)];
        seal(plain, 0, plain.length, aad, 0, aad.length, out, 0);
        return out;
    }

    /** As {@link #open(byte[], int, int, byte[], int, int, byte[], int)}, for small messages. */
    public byte[] open(byte[] sealed, byte[] aad) {
        byte[] out = sealed.length > OVERHEAD ? new byte[sealed.length - OVERHEAD] : NONE;
        open(sealed, 0, sealed.length, aad, 0, aad.length, out, 0);
        return out;
    }

    private void start(int mode, byte[] nonceSource, int nonceOffset, byte[] aad, int aadOffset, int aadLength)
            throws GeneralSecurityException {
        subkeys.derive(nonceSource, nonceOffset, messageKey.bytes());
        gcm.init(mode, messageKey, new GCMParameterSpec(TAG_BYTES * 8, nonceSource,
                nonceOffset + NONCE_BYTES - GCM_NONCE_BYTES, GCM_NONCE_BYTES));
        if (aadLength > 0) {
            gcm.updateAAD(aad, aadOffset, aadLength);
        }
    }

    /** Forgets the key. */
    @Override
    public void close() {
        try {
            subkeys.close();
            messageKey.destroy();
            gcm.init(Cipher.DECRYPT_MODE, messageKey, new GCMParameterSpec(TAG_BYTES * 8, new byte[GCM_NONCE_BYTES]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "Xaes256Gcm";
    }
}
