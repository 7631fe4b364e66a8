package org.holdfast.client.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

/** Certificates and keys in PEM form, RFC 7468. */
final class Pem {
    private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String KEY_END = "-----END PRIVATE KEY-----";
    private static final long MAX_FILE = 1 << 20;
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private Pem() {
    }

    /** All certificates of a text, in order; at least one. */
    static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
        List<X509Certificate> found = new ArrayList<>();
        int from = Math.max(0, pem.indexOf("-----BEGIN CERTIFICATE-----"));
        var in = new ByteArrayInputStream(pem.substring(from).getBytes(StandardCharsets.US_ASCII));
        CertificateFactory.getInstance("X.509").generateCertificates(in)
                .forEach(c -> found.add((X509Certificate) c));
        if (found.isEmpty()) {
            throw new GeneralSecurityException("no certificate in it");
        }
        return found;
    }

    /** The private key of a file that only its owner may use. */
    static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")
                && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
            throw new HoldfastException(Problem.ACCESS_DENIED,
                    "Other users may read or change the private key '" + file + "'.",
                    "Take the rights away (chmod 600) and, if somebody may have read it, renew the certificate.");
        }
        String pem = text(file);
        int begin = pem.indexOf(KEY_BEGIN);
        int end = pem.indexOf(KEY_END);
        if (begin < 0 || end < begin) {
            throw new GeneralSecurityException("no PKCS #8 private key in it");
        }
        byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + KEY_BEGIN.length(), end));
        for (String algorithm : List.of("EC", "EdDSA", "RSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                continue;
            }
        }
        throw new GeneralSecurityException("a private key of a kind that is not known");
    }

    static String text(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE) {
            throw new IOException("'" + file + "' is too large for certificates or a key.");
        }
        return Files.readString(file, StandardCharsets.US_ASCII);
    }
}
