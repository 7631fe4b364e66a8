package org.holdfast.cli.internal.input;

/** Asks a person for something secret. */
public interface Prompt {
    /** There is nobody to ask. */
    Prompt NOBODY = text -> null;

    /**
     * Shows a text and reads a line without echo.
     *
     * @return what was typed, to be wiped by the caller; null when there is no terminal or the input ended
     */
    char[] ask(String text);
}
