package org.holdfast.protocol.people;

/**
 * Asks for the next certificate ({@code POST /agent/v1/certificate}); the present one counts until it expires.
 *
 * @param csr certificate request as PEM (PKCS#10), with the same key or a new one
 */
public record RenewCertificate(String csr) {
}
