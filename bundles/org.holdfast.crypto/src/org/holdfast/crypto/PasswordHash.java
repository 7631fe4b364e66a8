package org.holdfast.crypto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.holdfast.crypto.internal.Argon2id;

/**
 * Passwords of people, kept so that nobody can read them: Argon2id (RFC 9106) with a random salt, as text in the usual
 * form {@code $argon2id$v=19$m=...,t=...,p=...$salt$hash}. The cost is in the text, so that it can grow without making
 * earlier ones useless.
 *
 * @param memoryKiB memory in KiB, 8 per lane to 1 048 576
 * @param passes over the memory, 1 to 16
 * @param lanes 1 to 16
 */
public record PasswordHash(int memoryKiB, int passes, int lanes) {

    /** What new hashes use: 64 MiB, 3 passes, 4 lanes, the second recommended option of RFC 9106. */
    public static final PasswordHash DEFAULT = new PasswordHash(65_536, 3, 4);

    private static final int MAX_MEMORY = 1_048_576;
    private static final int MAX_PASSES = 16;
    private static final int MAX_LANES = 16;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Pattern FORM = Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})"
            + "\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");

    /** @throws IllegalArgumentException when a value is out of bounds */
    public PasswordHash {
        if (lanes < 1 || lanes > MAX_LANES || passes < 1 || passes > MAX_PASSES || memoryKiB < 8 * lanes
                || memoryKiB > MAX_MEMORY) {
            throw new IllegalArgumentException("Argon2id with " + memoryKiB + " KiB, " + passes + " passes, " + lanes
                    + " lanes");
        }
    }

    /**
     * Hashes a password; every time to another text.
     *
     * @param password not kept and not wiped
     */
    public String hash(char[] password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memoryKiB + ",t=" + passes + ",p=" + lanes + "$" + base64.encodeToString(salt)
                + "$"
                + base64.encodeToString(derive(password, salt));
    }

    /**
     * Whether a hash was made of that password; {@code false} too when one of them is malformed. Takes as long as
     * making the hash did.
     *
     * @param password not kept and not wiped
     */
    public static boolean verify(char[] password, String hash) {
        Matcher matcher = FORM.matcher(hash);
        if (!matcher.matches()) {
            return false;
        }
        try {
            PasswordHash cost = new PasswordHash(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)));
            byte[] salt = Base64.getDecoder().decode(matcher.group(4));
            return MessageDigest.isEqual(cost.derive(password, salt), Base64.getDecoder().decode(matcher.group(5)));
        } catch (IllegalArgumentException | PassphraseRefusedException e) {
            return false;
        }
    }

    /** Whether a hash was made with another cost than this, so that it should be made again when there is a chance. */
    public boolean isOutdated(String hash) {
        return !hash.startsWith("$argon2id$v=19$m=" + memoryKiB + ",t=" + passes + ",p=" + lanes + "$");
    }

    private byte[] derive(char[] password, byte[] salt) {
        try (Passphrase normal = Passphrase.of(password)) {
            byte[] utf8 = normal.utf8().copy();
            try {
                return Argon2id.derive(utf8, salt, memoryKiB, passes, lanes, HASH_BYTES);
            } finally {
                SecretBytes.wipe(utf8);
            }
        }
    }
}
