package org.holdfast.protocol.people;

import java.time.Instant;

/**
 * The next certificate.
 *
 * @param certificates the agent's certificate and that of the authority, PEM
 * @param expires until when it counts
 */
public record RenewedCertificate(String certificates, Instant expires) {
}
