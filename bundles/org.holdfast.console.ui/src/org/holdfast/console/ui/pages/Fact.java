package org.holdfast.console.ui.pages;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.console.ui.Icon;

/**
 * A fact, in words.
 *
 * @param name what it is about
 * @param value what is known
 * @param icon beside the value, or null
 */
public record Fact(String name, String value, @Nullable Icon icon) {
    /** A fact without an icon. */
    public static Fact of(String name, String value) {
        return new Fact(name, value, null);
    }
}
