package org.holdfast.crypto.x509;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates, requests and keys as text (RFC 7468). */
public final class Pem {

    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String REQUEST = "CERTIFICATE REQUEST";
    private static final String PRIVATE_KEY = "PRIVATE KEY";

    private Pem() {
    }

    /** Certificates one after the other. */
    public static String ofCertificates(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                text.append(encode(CERTIFICATE, certificate.getEncoded()));
            } catch (CertificateException e) {
                throw new IllegalArgumentException("a certificate that cannot be encoded", e);
            }
        }
        return text.toString();
    }

    /** A private key, PKCS#8 and not encrypted. */
    public static String ofPrivateKey(PrivateKey key) {
        return encode(PRIVATE_KEY, key.getEncoded());
    }

    /** A certificate request. */
    public static String ofRequest(byte[] der) {
        return encode(REQUEST, der);
    }

    /**
     * All certificates of a text, in order; anything else in it is skipped.
     *
     * @throws CertificateException when one is malformed, or there is none
     */
    public static List<X509Certificate> certificates(String text) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> found = new ArrayList<>();
        for (byte[] der : blocks(text, CERTIFICATE)) {
            found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
        }
        if (found.isEmpty()) {
            throw new CertificateException("there is no certificate in this text");
        }
        return found;
    }

    /**
     * The private key of a text, PKCS#8 and not encrypted, of an elliptic curve.
     *
     * @throws GeneralSecurityException when it is malformed, or there is none
     */
    public static PrivateKey privateKey(String text) throws GeneralSecurityException {
        List<byte[]> keys = blocks(text, PRIVATE_KEY);
        if (keys.isEmpty()) {
            throw new GeneralSecurityException("there is no private key in this text");
        }
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(keys.getFirst()));
    }

    /**
     * The certificate request of a text, DER.
     *
     * @throws GeneralSecurityException when there is none
     */
    public static byte[] request(String text) throws GeneralSecurityException {
        List<byte[]> requests = blocks(text, REQUEST);
        if (requests.isEmpty()) {
            throw new GeneralSecurityException("there is no certificate request in this text");
        }
        return requests.getFirst();
    }

    private static String encode(String label, byte[] der) {
        Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + label + "-----\n" + lines.encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    private static List<byte[]> blocks(String text, String label) {
        List<byte[]> found = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(label)) {
                try {
                    found.add(Base64.getMimeDecoder().decode(matcher.group(2)));
                } catch (IllegalArgumentException e) {
                    return List.of();
                }
            }
        }
        return found;
    }
}
