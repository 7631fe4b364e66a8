package org.holdfast.vault.pki;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

import org.holdfast.crypto.x509.Pem;

/**
 * A certificate that was issued to an agent.
 *
 * @param certificate the agent's own
 * @param authority that of the authority that has signed it
 */
public record AgentCertificate(X509Certificate certificate, X509Certificate authority) {

    /** The serial number in hexadecimal, as the catalogue keeps it. */
    public String serial() {
        return serial(certificate);
    }

    /** The serial number of any certificate, in the same form. */
    public static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }

    /** From when it counts. */
    public Instant notBefore() {
        return certificate.getNotBefore().toInstant();
    }

    /** Until when it counts. */
    public Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    /** Both certificates as PEM, the agent's own first. */
    public String chainPem() {
        return Pem.ofCertificates(List.of(certificate, authority));
    }
}
