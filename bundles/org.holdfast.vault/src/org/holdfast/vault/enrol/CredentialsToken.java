package org.holdfast.vault.enrol;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

import org.holdfast.vault.people.Secrets;

/**
 * The secret of a vault credentials file: which file it is, and 256 random bits of which the vault keeps a hash.
 *
 * @param id of the file
 * @param secret the random part
 */
record CredentialsToken(UUID id, byte[] secret) {

    private static final String PREFIX = "hfc_";
    private static final int ID_BYTES = 16;
    private static final int BYTES = 48;
    private static final int LENGTH = PREFIX.length() + BYTES / 3 * 4;

    static CredentialsToken create() {
        return new CredentialsToken(UUID.randomUUID(), Secrets.bytes());
    }

    static Optional<CredentialsToken> parse(String text) {
        if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text.substring(PREFIX.length())));
            byte[] secret = new byte[BYTES - ID_BYTES];
            UUID id = new UUID(bytes.getLong(), bytes.getLong());
            bytes.get(secret);
            return Optional.of(new CredentialsToken(id, secret));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String text() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits()).put(secret);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    String hash() {
        return Secrets.hash(text());
    }

    @Override
    public String toString() {
        return "CredentialsToken[" + id + "]";
    }
}
