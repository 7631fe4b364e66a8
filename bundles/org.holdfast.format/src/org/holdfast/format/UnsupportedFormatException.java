package org.holdfast.format;

/** Bytes that are not damaged but of a version, or with features, that this program does not know. */
public class UnsupportedFormatException extends FormatException {
    private static final long serialVersionUID = 1L;

    /** @param message what is not known, one sentence */
    public UnsupportedFormatException(String message) {
        super(message);
    }
}
