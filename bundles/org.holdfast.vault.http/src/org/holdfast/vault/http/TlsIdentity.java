package org.holdfast.vault.http;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * With what the node shows who it is, and whom it believes. Asked again at each handshake, so that a renewed
 * certificate is used without a restart; implementations keep it in memory.
 */
public interface TlsIdentity {
    /** Key and certificates of now. */
    Current current();

    /**
     * Key and certificates of the node.
     *
     * @param key the private key
     * @param chain the node's certificate first, then those above it
     * @param authority the certificate that all client certificates must be issued by
     */
    record Current(PrivateKey key, List<X509Certificate> chain, X509Certificate authority) {
        /** Copies the chain. */
        public Current {
            chain = List.copyOf(chain);
        }
    }
}
