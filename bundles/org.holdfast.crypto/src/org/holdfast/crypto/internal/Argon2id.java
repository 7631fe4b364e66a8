package org.holdfast.crypto.internal;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id version 0x13 (RFC 9106) on Bouncy Castle, which runs the lanes one after the other. */
public final class Argon2id {

    private Argon2id() {
    }

    /** The tag of a password and salt, without secret and associated data. */
    public static byte[] derive(byte[] password, byte[] salt, int memoryKiB, int iterations, int parallelism,
            int tagLength) {
        return derive(password, salt, new byte[0], new byte[0], memoryKiB, iterations, parallelism, tagLength);
    }

    /** The tag with all inputs of the RFC, for its test vector. */
    public static byte[] derive(byte[] password, byte[] salt, byte[] secret, byte[] associated, int memoryKiB,
            int iterations, int parallelism, int tagLength) {
        Argon2Parameters parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13).withMemoryAsKB(memoryKiB).withIterations(iterations)
                .withParallelism(parallelism).withSalt(salt).withSecret(secret).withAdditional(associated).build();
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] tag = new byte[tagLength];
        generator.generateBytes(password, tag);
        return tag;
    }
}
