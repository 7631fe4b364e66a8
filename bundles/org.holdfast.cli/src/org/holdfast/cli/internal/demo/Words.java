package org.holdfast.cli.internal.demo;

import java.security.SecureRandom;

/** Random secrets that can be typed. */
final class Words {
    /** Letters and digits that are not mistaken for one another. */
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUP = 5;

    private Words() {
    }

    /** Letters in groups of five; five bits of randomness each. */
    static String random(int letters) {
        var random = new SecureRandom();
        var result = new StringBuilder();
        for (int i = 0; i < letters; i++) {
            if (i > 0 && i % GROUP == 0) {
                result.append('-');
            }
            result.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return result.toString();
    }
}
