package org.holdfast.crypto.internal;

import java.security.GeneralSecurityException;

import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** HKDF-SHA-256 (RFC 5869) on the JDK's implementation. */
public final class Hkdf {

    private Hkdf() {
    }

    /** HKDF-Extract: the 32-byte pseudo-random key of a secret and a salt (empty salt: 32 zeros, as in the RFC). */
    public static byte[] extract(byte[] secret, byte[] salt) {
        return run(HKDFParameterSpec.ofExtract().addIKM(secret).addSalt(salt).extractOnly());
    }

    /** HKDF-Expand: 1 to 8160 bytes of output bound to {@code info}. */
    public static byte[] expand(byte[] prk, byte[] info, int length) {
        RawKey key = new RawKey("HKDF-PRK", prk);
        try {
            return run(HKDFParameterSpec.expandOnly(key, info, length));
        } finally {
            key.destroy();
        }
    }

    /** Extract and expand in one. */
    public static byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
        return run(HKDFParameterSpec.ofExtract().addIKM(secret).addSalt(salt).thenExpand(info, length));
    }

    private static byte[] run(HKDFParameterSpec spec) {
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(spec);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime offers no HKDF-SHA256", e);
        }
    }
}
