package org.holdfast.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;

/**
 * Ed25519 signatures (RFC 8032, the pure variant without context or pre-hash). The private key is the 32-byte seed
 * {@link DomainKeys#signatureSeed()}; messages must begin with something that says what they are, since one key signs
 * several kinds of them.
 */
public final class Signatures {

    /** Length of a public key, in bytes. */
    public static final int PUBLIC_KEY_BYTES = 32;
    /** Length of a signature, in bytes. */
    public static final int SIGNATURE_BYTES = 64;

    private static final String ALGORITHM = "Ed25519";

    private Signatures() {
    }

    /** The public key that belongs to a seed of 32 bytes. */
    public static byte[] publicKey(SecretBytes seed) {
        byte[] private32 = checked(seed);
        try {
            // The JDK derives public keys only while generating pairs; the pair of RFC 8032 is the one of these bytes.
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, new FixedBytes(private32));
            EdECPoint point = ((EdECPublicKey) generator.generateKeyPair().getPublic()).getPoint();
            return encode(point);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime offers no Ed25519", e);
        }
    }

    /** Signs a message; the same message always gets the same signature. */
    public static byte[] sign(SecretBytes seed, byte[] message) {
        try {
            Signature signer = Signature.getInstance(ALGORITHM);
            signer.initSign(KeyFactory.getInstance(ALGORITHM)
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, checked(seed))));
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime offers no Ed25519", e);
        }
    }

    /** Whether a signature is genuine; {@code false} too for keys or signatures that are malformed. */
    public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != PUBLIC_KEY_BYTES || signature.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(KeyFactory.getInstance(ALGORITHM)
                    .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, decode(publicKey))));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (InvalidKeySpecException | InvalidKeyException | SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime offers no Ed25519", e);
        }
    }

    /** Little-endian y, the parity of x in the highest bit. */
    private static byte[] encode(EdECPoint point) {
        byte[] bigEndian = point.getY().toByteArray();
        byte[] encoded = new byte[PUBLIC_KEY_BYTES];
        for (int i = 0; i < bigEndian.length && i < encoded.length; i++) {
            encoded[i] = bigEndian[bigEndian.length - 1 - i];
        }
        if (point.isXOdd()) {
            encoded[PUBLIC_KEY_BYTES - 1] |= (byte) 0x80;
        }
        return encoded;
    }

    private static EdECPoint decode(byte[] encoded) {
        byte[] bigEndian = new byte[PUBLIC_KEY_BYTES];
        for (int i = 0; i < PUBLIC_KEY_BYTES; i++) {
            bigEndian[i] = encoded[PUBLIC_KEY_BYTES - 1 - i];
        }
        boolean odd = bigEndian[0] < 0;
        bigEndian[0] &= 0x7f;
        return new EdECPoint(odd, new BigInteger(1, bigEndian));
    }

    private static byte[] checked(SecretBytes seed) {
        if (seed.length() != DomainKeys.KEY_BYTES) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length());
        }
        return seed.view();
    }

    /** A "random" source that gives the seed of a key pair. */
    private static final class FixedBytes extends SecureRandom {

        private static final long serialVersionUID = 1L;

        FixedBytes(byte[] bytes) {
            super(new Spi(bytes), null);
        }

        private static final class Spi extends SecureRandomSpi {

            private static final long serialVersionUID = 1L;

            private final transient byte[] bytes;

            Spi(byte[] bytes) {
                this.bytes = bytes;
            }

            @Override
            protected void engineSetSeed(byte[] seed) {
                throw new UnsupportedOperationException();
            }

            @Override
            protected void engineNextBytes(byte[] out) {
                if (out.length != bytes.length) {
                    throw new IllegalStateException("the JDK draws " + out.length + " bytes for an Ed25519 key");
                }
                System.arraycopy(bytes, 0, out, 0, out.length);
            }

            @Override
            protected byte[] engineGenerateSeed(int length) {
                throw new UnsupportedOperationException();
            }
        }
    }
}
