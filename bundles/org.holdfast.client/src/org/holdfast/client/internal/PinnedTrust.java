package org.holdfast.client.internal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Believes who shows the certificate with a fingerprint, or a chain that ends in it. Names are not compared: whoever
 * has the key of exactly this certificate is who was meant.
 */
final class PinnedTrust extends ServerTrust {
    private final byte[] pin;

    /** @param fingerprint SHA-256, 64 hex digits, with or without colons */
    PinnedTrust(String fingerprint) {
        String hex = fingerprint.replace(":", "").replace(" ", "").toLowerCase(Locale.ROOT);
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("Not a SHA-256 fingerprint: " + fingerprint);
        }
        pin = HexFormat.of().parseHex(hex);
    }

    @Override
    protected void check(X509Certificate[] chain, String type, Connection connection) throws CertificateException {
        for (int i = 0; i < chain.length; i++) {
            if (MessageDigest.isEqual(pin, sha256(chain[i]))) {
                if (i > 0) {
                    verify(List.of(Arrays.copyOf(chain, i)), chain[i]);
                }
                chain[0].checkValidity();
                return;
            }
        }
        throw new CertificateException("The vault shows the certificate " + HexFormat.ofDelimiter(":")
                .formatHex(sha256(chain[0])) + ", not the expected one.");
    }

    private static void verify(List<X509Certificate> path, X509Certificate anchor) throws CertificateException {
        try {
            var parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        } catch (GeneralSecurityException e) {
            throw new CertificateException("The vault's certificate was not issued by the expected authority.", e);
        }
    }

    private static byte[] sha256(X509Certificate certificate) throws CertificateException {
        try {
            return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new CertificateException("unreadable certificate", e);
        }
    }
}
