package org.holdfast.vault.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random secrets that the vault hands out, and the hash it keeps of them. */
public final class Secrets {

    private static final int BYTES = 32;
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 5;
    private static final int GROUP = 5;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {
    }

    /** 256 random bits, base64url. */
    public static String token() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    /** 32 random bytes. */
    public static byte[] bytes() {
        byte[] fresh = new byte[BYTES];
        RANDOM.nextBytes(fresh);
        return fresh;
    }

    /** A password for people to type once: 25 letters and digits in groups, 123 bits. */
    public static String password() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            text.append(i > 0 && i % GROUP == 0 ? "-" : "").append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /** SHA-256 of a secret, hexadecimal: enough for one that is random and long. */
    public static String hash(String secret) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime offers no SHA-256", e);
        }
    }
}
