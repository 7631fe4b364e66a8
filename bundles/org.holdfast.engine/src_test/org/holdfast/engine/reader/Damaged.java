package org.holdfast.engine.reader;

/** Something in the vault is not as the documents say. */
final class Damaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Damaged(String message) {
        super(message);
    }

    Damaged(String message, Throwable cause) {
        super(message, cause);
    }

    static void unless(boolean good, String message) {
        if (!good) {
            throw new Damaged(message);
        }
    }
}
