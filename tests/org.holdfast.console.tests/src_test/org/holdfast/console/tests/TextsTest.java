package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.holdfast.console.ui.Texts;
import org.junit.jupiter.api.Test;

/** Numbers and the words behind them. */
class TextsTest {
    @Test
    void wordsFitTheirNumbers() {
        String text = "{0|file|files} in {1|folder|folders} of {2}";

        assertEquals("1 file in 2 folders of web", Texts.bind(text, "1", "2", "web"));
        assertEquals("1,001 files in 1 folder of db", Texts.bind(text, "1,001", 1, "db"));
        assertEquals("0 files in 0 folders of $1", Texts.bind(text, 0, 0, "$1"));
    }

    @Test
    void othersAreAsBefore() {
        assertEquals("On web: 3", Texts.bind("On {1}: {0}", 3, "web"));
    }
}
