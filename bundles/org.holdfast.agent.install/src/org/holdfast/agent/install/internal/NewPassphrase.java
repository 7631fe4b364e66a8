package org.holdfast.agent.install.internal;

import java.security.SecureRandom;

/** Passphrases nobody has to think up, of the form that agents make themselves: 28 characters, 140 bits. */
public final class NewPassphrase {
    private static final int LENGTH = 34;
    private static final int GROUP = 4;
    /** Without letters that are taken for digits (https://www.crockford.com/base32.html). */
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private NewPassphrase() {
    }

    /** A new one; the caller's to wipe. */
    public static char[] generate() {
        var random = new SecureRandom();
        var out = new char[LENGTH];
        for (int i = 0; i < out.length; i++) {
            out[i] = i % (GROUP + 1) == GROUP ? '-' : ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        return out;
    }
}
