package org.holdfast.crypto;

/**
 * A sealed message did not open: it was changed, truncated, sealed under another key, or bound to other associated
 * data. Authenticated encryption cannot tell these apart, and no plaintext has been released.
 */
public final class AuthenticationFailedException extends CryptoException {

    private static final long serialVersionUID = 1L;

    AuthenticationFailedException(String message) {
        super(message);
    }

    AuthenticationFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
