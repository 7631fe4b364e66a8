package org.holdfast.client;

/** Which vault to believe. */
public sealed interface Trust {
    /**
     * A vault whose certificate was issued by this authority for the name or address that is called.
     *
     * @param pem certificates of the authority, PEM
     */
    record Authority(String pem) implements Trust {
    }

    /**
     * A vault that shows a certificate with this fingerprint, or one issued by a certificate with it; the name does not
     * matter then.
     *
     * @param sha256 of the certificate, 64 hex digits, with or without colons
     */
    record Pinned(String sha256) implements Trust {
    }

    /** A vault whose certificate the machine trusts, as browsers do. */
    record Machine() implements Trust {
    }
}
