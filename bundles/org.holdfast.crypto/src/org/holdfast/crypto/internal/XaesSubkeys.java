package org.holdfast.crypto.internal;

import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Cipher;

/**
 * Key derivation of XAES-256-GCM (c2sp.org/XAES-256-GCM): two blocks of the NIST SP 800-108r1 counter KDF with CMAC,
 * which for inputs of one block is one AES call each on the input XORed with the CMAC subkey K1.
 */
public final class XaesSubkeys {

    private static final int BLOCK = 16;
    private static final int KEY = 32;
    private static final int NONCE_PREFIX = 12;

    private final Cipher aes;
    private final byte[] k1 = new byte[BLOCK];
    private final byte[] input = new byte[KEY];
    private boolean closed;

    /** @param key 32 bytes; copied */
    public XaesSubkeys(byte[] key) throws GeneralSecurityException {
        aes = Cipher.getInstance("AES/ECB/NoPadding");
        RawKey raw = new RawKey("AES", key);
        try {
            aes.init(Cipher.ENCRYPT_MODE, raw);
        } finally {
            raw.destroy();
        }
        byte[] l = aes.doFinal(new byte[BLOCK]);
        int carry = 0;
        for (int i = BLOCK - 1; i >= 0; i--) {
            int value = l[i] & 0xff;
            k1[i] = (byte) (value << 1 | carry);
            carry = value >>> 7;
        }
        // Without a branch: 0x87 when the top bit of L was set, else 0.
        k1[BLOCK - 1] ^= (byte) (0x87 & -carry);
        Arrays.fill(l, (byte) 0);
    }

    /** Writes the 32-byte message key that belongs to the first 12 bytes of a nonce. */
    public void derive(byte[] nonce, int nonceOffset, byte[] out) throws GeneralSecurityException {
        if (closed) {
            throw new IllegalStateException("this cipher has been closed");
        }
        fill(0, 1, nonce, nonceOffset);
        fill(BLOCK, 2, nonce, nonceOffset);
        aes.doFinal(input, 0, KEY, out, 0);
    }

    private void fill(int at, int counter, byte[] nonce, int nonceOffset) {
        input[at] = k1[0];
        input[at + 1] = (byte) (counter ^ k1[1]);
        input[at + 2] = (byte) ('X' ^ k1[2]);
        input[at + 3] = k1[3];
        for (int i = 0; i < NONCE_PREFIX; i++) {
            input[at + 4 + i] = (byte) (nonce[nonceOffset + i] ^ k1[4 + i]);
        }
    }

    /** Forgets the key; deriving fails from then on. */
    public void close() throws GeneralSecurityException {
        closed = true;
        aes.init(Cipher.ENCRYPT_MODE, new RawKey("AES", KEY));
        Arrays.fill(k1, (byte) 0);
        Arrays.fill(input, (byte) 0);
    }
}
