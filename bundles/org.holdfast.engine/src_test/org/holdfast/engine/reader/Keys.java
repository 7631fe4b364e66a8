package org.holdfast.engine.reader;

/**
 * Keys of a domain.
 *
 * @param root the root key
 * @param domain the domain id
 */
record Keys(byte[] root, byte[] domain) {
    byte[] of(String purpose) {
        return Crypto.hkdf(root, domain, "holdfast/v1/" + purpose);
    }

    byte[] keeper() {
        return of("keeper");
    }

    byte[] contentId(int type, byte[] content) {
        return Crypto.hmac(of("content-id"), Crypto.concat(new byte[] { (byte) type }, content));
    }

    /** The header of format.md §3. */
    byte[] header(String magic, int number) {
        return Crypto.concat(Crypto.ascii(magic), new byte[] { 1, (byte) number, 0, 0 }, domain);
    }
}
