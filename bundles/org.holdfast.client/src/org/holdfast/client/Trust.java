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
     * The same for programs on servers whose clocks may be wrong: a certificate is also believed when its time is over
     * or has not come by this server's clock. They learn the right time from the vault, and tell it how wrong they are.
     *
     * @param pem certificates of the authority, PEM
     */
    record AuthorityAtAnyTime(String pem) implements Trust {
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
