package org.holdfast.crypto;

/**
 * The passphrase or recovery key is right, but the slot does not wrap a root key of the domain that was asked for: it
 * was copied from another domain, or the wrapped key was replaced on purpose.
 */
public final class WrongDomainException extends CryptoException {

    private static final long serialVersionUID = 1L;

    WrongDomainException(String message, Throwable cause) {
        super(message, cause);
    }
}
