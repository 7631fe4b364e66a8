package org.holdfast.simulation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.security.SignatureSpi;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What makes the code under test the same in every run: "secure" random numbers come from the seed of the run, so that
 * nonces, and with them names of packs, are the same again. Signatures take nearly a millisecond, half of what a run
 * takes otherwise, and are not what is looked at here; so they are hashes. Both by a provider of the Java platform, so
 * that no code under test knows of it.
 */
final class Randomness extends Provider {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "holdfast-simulation";
    private static final ScopedValue<SplittableRandom> SOURCE = ScopedValue.newInstance();

    private Randomness() {
        super(NAME, "1", "for simulations only");
        put("SecureRandom.SIMULATED", Seeded.class.getName());
        put("Signature.Ed25519", Hashed.class.getName());
    }

    /** Puts itself in the place of the platform's; to be called before anything random is made. */
    static synchronized void install() {
        if (Security.getProvider(NAME) == null) {
            Security.insertProviderAt(new Randomness(), 1);
        }
    }

    /** Runs something with the random numbers of a seed. */
    static void in(SplittableRandom source, Runnable work) {
        ScopedValue.where(SOURCE, source).run(work);
    }

    /** Random numbers of the run, or of nowhere when there is none. */
    public static final class Seeded extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;
        private static final SplittableRandom ELSEWHERE = new SplittableRandom(System.nanoTime());

        /** For the platform. */
        public Seeded() {
            super();
        }

        @Override
        protected void engineSetSeed(byte[] seed) {
            // The seed of the run is all there is.
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            if (SOURCE.isBound()) {
                SOURCE.get().nextBytes(bytes);
            } else {
                synchronized (ELSEWHERE) {
                    ELSEWHERE.nextBytes(bytes);
                }
            }
        }

        @Override
        protected byte[] engineGenerateSeed(int count) {
            byte[] bytes = new byte[count];
            engineNextBytes(bytes);
            return bytes;
        }
    }

    /** A hash twice, in the place of a signature. */
    public static final class Hashed extends SignatureSpi {
        private final MessageDigest digest;

        /** For the platform. */
        public Hashed() throws NoSuchAlgorithmException {
            digest = MessageDigest.getInstance("SHA-256");
        }

        @Override
        protected void engineInitVerify(PublicKey key) {
            digest.reset();
        }

        @Override
        protected void engineInitSign(PrivateKey key) {
            digest.reset();
        }

        @Override
        protected void engineUpdate(byte b) {
            digest.update(b);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) {
            digest.update(bytes, offset, length);
        }

        @Override
        protected byte[] engineSign() {
            byte[] hash = digest.digest();
            byte[] twice = Arrays.copyOf(hash, 2 * hash.length);
            System.arraycopy(hash, 0, twice, hash.length, hash.length);
            return twice;
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            return Arrays.equals(engineSign(), signature);
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
