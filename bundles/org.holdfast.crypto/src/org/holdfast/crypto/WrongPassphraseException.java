package org.holdfast.crypto;

/** The passphrase or recovery key is not the one of this slot; the slot itself is undamaged. */
public final class WrongPassphraseException extends CryptoException {

    private static final long serialVersionUID = 1L;

    WrongPassphraseException(String message) {
        super(message);
    }
}
