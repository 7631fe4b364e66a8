package org.holdfast.console.ui;

import java.util.function.Function;

import org.eclipse.swt.SWT;

/**
 * A column of a {@link DataTable}.
 *
 * @param id names it
 * @param title of its header
 * @param chars width in average characters
 * @param style {@link SWT#LEFT} or {@link SWT#RIGHT}
 * @param text what a row shows in it
 * @param icon icon a row shows in it, may give null
 * @param grows whether it takes the width that is left; one column of a table may
 * @param <T> what a row shows
 */
public record Column<T>(String id, String title, int chars, int style, Function<T, String> text,
        Function<T, Icon> icon, boolean grows) {
    /** A column of text. */
    public static <T> Column<T> text(String id, String title, int chars, Function<T, String> text) {
        return new Column<>(id, title, chars, SWT.LEFT, text, row -> null, false);
    }

    /** A column of numbers. */
    public static <T> Column<T> number(String id, String title, int chars, Function<T, String> text) {
        return new Column<>(id, title, chars, SWT.RIGHT, text, row -> null, false);
    }

    /** The same with an icon. */
    public Column<T> with(Function<T, Icon> function) {
        return new Column<>(id, title, chars, style, text, function, grows);
    }

    /** The same, taking the width that is left. */
    public Column<T> growing() {
        return new Column<>(id, title, chars, style, text, icon, true);
    }
}
