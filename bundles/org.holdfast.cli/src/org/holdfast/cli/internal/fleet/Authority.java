package org.holdfast.cli.internal.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Locale;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.client.ServerCertificate;

/** Fingerprints of the authority by which a vault server is known. */
final class Authority {
    private Authority() {
    }

    /** The fingerprint of a certificate in a PEM file. */
    static String ofFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return ServerCertificate
                    .fingerprint((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in));
        } catch (IOException | GeneralSecurityException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "There is no certificate in '" + file + "'.",
                    "Give the certificate of the vault's authority, ca.pem in its data folder.", e);
        }
    }

    /** A fingerprint as typed, without colons and in lower case. */
    static String typed(String text) {
        String hex = text.replace(":", "").replace(" ", "").toLowerCase(Locale.ROOT);
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "'" + text + "' is no SHA-256 fingerprint.",
                    "It has 64 hexadecimal digits; the vault server shows it when it starts.");
        }
        return hex;
    }

    /** A fingerprint in pairs, as people compare them. */
    static String inPairs(String hex) {
        return hex.toUpperCase(Locale.ROOT).replaceAll("..(?!$)", "$0:");
    }
}
