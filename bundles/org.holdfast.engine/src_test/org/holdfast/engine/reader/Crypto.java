package org.holdfast.engine.reader;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** What format-keys.md §2, §3 and §7 say, with the primitives of the JDK. */
final class Crypto {
    private Crypto() {
    }

    static byte[] concat(byte[]... parts) {
        ByteBuffer out = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
        for (byte[] part : parts) {
            out.put(part);
        }
        return out.array();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] u32(long value) {
        return ByteBuffer.allocate(4).putInt((int) value).array();
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(sha256Bytes(bytes));
    }

    static byte[] sha256Bytes(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] hkdf(byte[] secret, byte[] salt, String info) {
        return hmac(hmac(salt, secret), concat(ascii(info), new byte[] { 1 }));
    }

    /** Opens nonce, ciphertext and tag. */
    static byte[] open(byte[] key, byte[] sealed, byte[] aad) {
        Damaged.unless(sealed.length >= 40, "a sealed message is too short");
        try {
            Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            byte[] k1 = aes.doFinal(new byte[16]);
            boolean top = k1[0] < 0;
            for (int i = 0; i < 16; i++) {
                k1[i] = (byte) (k1[i] << 1 | (i < 15 ? (k1[i + 1] & 0xff) >>> 7 : 0));
            }
            k1[15] ^= (byte) (top ? 0x87 : 0);
            var messageKey = new byte[32];
            for (int half = 0; half < 2; half++) {
                byte[] block = concat(new byte[] { 0, (byte) (half + 1), 0x58, 0 }, Arrays.copyOf(sealed, 12));
                for (int i = 0; i < 16; i++) {
                    block[i] ^= k1[i];
                }
                System.arraycopy(aes.doFinal(block), 0, messageKey, 16 * half, 16);
            }
            Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
            gcm.init(Cipher.DECRYPT_MODE, new SecretKeySpec(messageKey, "AES"),
                    new GCMParameterSpec(128, sealed, 12, 12));
            gcm.updateAAD(aad);
            return gcm.doFinal(sealed, 24, sealed.length - 24);
        } catch (GeneralSecurityException e) {
            throw new Damaged("a sealed message does not open", e);
        }
    }

    static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            // RFC 8410: the algorithm's identifier and the 32 bytes of the key.
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(
                    concat(HexFormat.of().parseHex("302a300506032b6570032100"), publicKey))));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether a public key belongs to a seed: what one signs the other verifies. */
    static boolean belongs(byte[] publicKey, byte[] seed) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
            signer.update(publicKey);
            return verify(publicKey, publicKey, signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
