package org.holdfast.crypto;

/** The text is no valid Unicode, or the {@link PassphrasePolicy} forbids it as a new passphrase. */
public final class PassphraseRefusedException extends CryptoException {

    private static final long serialVersionUID = 1L;

    PassphraseRefusedException(String message) {
        super(message);
    }
}
