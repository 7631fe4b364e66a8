package org.holdfast.format;

/** Bytes that are not what the format says they must be. The message says which object part and what is wrong. */
public class FormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, one sentence */
    public FormatException(String message) {
        super(message);
    }

    /**
     * @param message what is wrong
     * @param cause why
     */
    public FormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
