package org.holdfast.format;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.holdfast.crypto.DomainKeys;
import org.holdfast.crypto.SecretBytes;

/** Keys, corpora and pinned bytes that the tests of the format share. Everything here is fixed for ever. */
final class TestData {
    /** Root key of the golden domain. */
    static final byte[] ROOT = counting(0, 32);
    /** Id of the golden domain. */
    static final byte[] DOMAIN = counting(0xa0, 16);

    private static final Map<String, byte[]> GOLDEN = read();

    private TestData() {
    }

    /** Keys of the golden domain. */
    static DomainKeys keys() {
        return keys(DOMAIN);
    }

    static DomainKeys keys(byte[] domain) {
        return DomainKeys.derive(SecretBytes.copyOf(ROOT), domain);
    }

    static byte[] counting(int first, int count) {
        var bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    /** An id that is easy to recognise. */
    static byte[] id(int value) {
        var bytes = new byte[Id.SIZE];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** Pseudo-random bytes: SHA-256 of the seed and a 64-bit counter, block after block. */
    static byte[] stream(String seed, int length) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            var out = new byte[(length + 31) / 32 * 32];
            for (int i = 0; i < out.length; i += 32) {
                sha.update(seed.getBytes(StandardCharsets.US_ASCII));
                sha.update(new ByteWriter(8).u64(i / 32).toByteArray());
                System.arraycopy(sha.digest(), 0, out, i, 32);
            }
            return Arrays.copyOf(out, length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Something like text: short words in lines, repetitive. */
    static byte[] text(String seed, int length) {
        var out = new byte[length + 16];
        int n = 0;
        int column = 0;
        for (byte b : stream(seed, length / 2)) {
            int first = b >> 6 & 3;
            for (int i = 0; i <= first; i++) {
                out[n++] = (byte) ('a' + (b & 15));
            }
            int second = b >> 4 & 3;
            for (int i = 0; i <= second; i++) {
                out[n++] = (byte) ('a' + (b >> 2 & 15));
            }
            column++;
            out[n++] = (byte) (column % 11 == 0 ? '\n' : ' ');
            if (n >= length) {
                return Arrays.copyOf(out, length);
            }
        }
        throw new IllegalStateException("the stream is too short");
    }

    static byte[] concat(byte[]... parts) {
        var out = new ByteWriter(1024);
        for (byte[] part : parts) {
            out.raw(part);
        }
        return out.toByteArray();
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static byte[] unhex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static Map<String, byte[]> read() {
        var all = new LinkedHashMap<String, byte[]>();
        try (InputStream in = TestData.class.getResourceAsStream("golden/v1.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            lines.lines().filter(line -> !line.isEmpty() && !line.startsWith("#")).forEach(line -> {
                int space = line.indexOf(' ');
                all.put(line.substring(0, space), unhex(line.substring(space + 1)));
            });
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes pinned in {@code golden/v1.txt}. */
    static byte[] golden(String name) {
        return Objects.requireNonNull(GOLDEN.get(name), name).clone();
    }

    /** An Ed25519 signature made by the JDK. */
    static byte[] sign(SecretBytes seed, byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed.copy())));
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the last 64 bytes sign what is before them, as the JDK sees it. */
    static boolean signed(byte[] publicKey, byte[] stored) {
        int body = stored.length - Manifest.SIGNATURE_BYTES;
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(concat(unhex("302a300506032b6570032100"), publicKey)));
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(stored, 0, body);
            return verifier.verify(stored, body, Manifest.SIGNATURE_BYTES);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
