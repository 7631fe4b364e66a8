package org.holdfast.console.vaults.internal.editor;

import java.security.SecureRandom;

/** Makes passwords that hold until the first sign-in: 20 characters that cannot be mistaken for others, 98 bits. */
final class OneTimeSecret {
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 5;
    private static final int GROUP = 4;

    private OneTimeSecret() {
    }

    static String create() {
        var random = new SecureRandom();
        var text = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            text.append(i > 0 && i % GROUP == 0 ? "-" : "").append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
