package org.holdfast.crypto;

/** A text is no recovery key: wrong length, a character that cannot occur, or a checksum that shows a typing error. */
public final class RecoveryKeyFormatException extends CryptoException {

    private static final long serialVersionUID = 1L;

    RecoveryKeyFormatException(String message) {
        super(message);
    }
}
