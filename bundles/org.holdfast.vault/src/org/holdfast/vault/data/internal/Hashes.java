package org.holdfast.vault.data.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.Refusal;

/** Hashes of objects against their names. */
public final class Hashes {
    private Hashes() {
    }

    /** @throws Refusal when the bytes are not those the name says; nothing is said without a digest */
    public static void check(String name, @Nullable MessageDigest digest) {
        if (digest != null && !HexFormat.of().formatHex(digest.digest()).equals(ObjectKind.hash(name))) {
            throw new Refusal(Refusal.Kind.UNACCEPTABLE, "hash-mismatch",
                    "The bytes that arrived are not those the name says.", "Send them again.");
        }
    }

    /** An empty digest. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
