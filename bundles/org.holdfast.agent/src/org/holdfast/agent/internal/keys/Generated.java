package org.holdfast.agent.internal.keys;

import java.security.SecureRandom;

/**
 * Passphrases nobody has to think up: 28 characters in groups of four, from an alphabet of 32 without letters that are
 * taken for digits (Crockford's base 32, https://www.crockford.com/base32.html), 140 bits.
 */
public final class Generated {
    /** Random characters in a generated passphrase, without the hyphens. */
    public static final int CHARACTERS = 28;
    private static final int GROUP = 4;
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Generated() {
    }

    /** A new passphrase; the caller's to wipe. */
    public static char[] passphrase() {
        var out = new char[CHARACTERS + CHARACTERS / GROUP - 1];
        for (int i = 0; i < out.length; i++) {
            out[i] = i % (GROUP + 1) == GROUP ? '-' : ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length()));
        }
        return out;
    }
}
