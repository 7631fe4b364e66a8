package org.holdfast.vault.http;

import java.security.cert.X509Certificate;

/** Tells which server a client certificate belongs to. */
public interface CertificateAuthenticator {
    /**
     * The server behind a certificate. The TLS layer has proven that the caller holds its key and that the vault's
     * authority has issued it; whether it is valid now, not revoked, and of a server that is still there is asked here,
     * at each call.
     *
     * @param certificate the caller's own certificate
     * @throws org.holdfast.vault.Refusal of kind UNAUTHENTICATED when it does not count
     */
    Caller.Agent authenticate(X509Certificate certificate);
}
