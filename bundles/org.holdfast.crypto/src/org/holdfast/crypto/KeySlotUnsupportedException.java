package org.holdfast.crypto;

/** An undamaged key slot of a version or type that this program does not know; a newer one may. */
public final class KeySlotUnsupportedException extends CryptoException {

    private static final long serialVersionUID = 1L;

    KeySlotUnsupportedException(String message) {
        super(message);
    }
}
