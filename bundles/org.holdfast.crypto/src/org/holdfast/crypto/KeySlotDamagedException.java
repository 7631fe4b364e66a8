package org.holdfast.crypto;

/** The bytes are no key slot or no longer what was written. The message names the field or check that failed. */
public final class KeySlotDamagedException extends CryptoException {

    private static final long serialVersionUID = 1L;

    KeySlotDamagedException(String message) {
        super(message);
    }
}
