package org.holdfast.console.ui.advice;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What helps with an alert.
 *
 * @param text in the language of the console, a sentence or two
 * @param label of a button that does it or goes there, with a mnemonic; empty for none
 * @param action what the button does, on the user interface thread; null for none
 */
public record Advice(String text, String label, @Nullable Runnable action) {
    /** Advice without a button. */
    public static Advice of(String text) {
        return new Advice(text, "", null);
    }
}
