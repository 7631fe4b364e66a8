package org.holdfast.store.directory.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @ParameterizedTest
    @CsvSource({ "config, config", "points/a/b, points/a/b", "tmp, tmp+", "tmp/x/y, tmp+/x/y", "tmpx, tmpx",
            "data/ab, data/ab+", "data/ab/x, data/ab+/x", "meta/00/11, meta/00+/11", "data/abc, data/abc",
            "data/xy, data/xy", "other/ab, other/ab", "data, data", "data/tmp, data/tmp" })
    void namesAndFilesMapBothWays(String name, String file) {
        assertEquals(file, Layout.relative(name));
        assertEquals(name, Layout.name(file));
    }

    @Test
    void packsAreSpread() {
        assertEquals("data/01/" + HEX, Layout.relative("data/" + HEX));
        assertEquals("data/" + HEX, Layout.name("data/01/" + HEX));
        assertEquals("meta/01/" + HEX, Layout.relative("meta/" + HEX));
        assertEquals("index/" + HEX, Layout.relative("index/" + HEX));
        assertEquals("data/01+/" + HEX, Layout.relative("data/01/" + HEX));
        assertEquals("data/" + HEX + "/x", Layout.relative("data/" + HEX + "/x"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "Config", ".hidden", "a+", "a+b", "points/a~", "data/ab/x", "data/ab/cd", "data/ab",
            "data/02/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "data/abc+", "tmp+x", "x/tmp+",
            "data/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "lost+found" })
    void filesThatWeDidNotPutThereAreNoObjects(String file) {
        assertNull(Layout.name(file));
    }

    @ParameterizedTest
    @CsvSource({ "data, data/", "data/ab, data/ab", "data/ab+, data/ab/", "points/x, points/x/", "tmp+, tmp/",
            "meta/0, meta/0/" })
    void directoriesSayWhatTheirNamesBeginWith(String directory, String prefix) {
        assertEquals(prefix, Layout.commonPrefix(directory));
    }

    @Test
    void strangeDirectoriesHoldNothing() {
        assertEquals("", Layout.commonPrefix(""));
        for (String strange : new String[] { "lost+found", ".snapshot", "Data", "a/.b", "x".repeat(201) }) {
            assertNull(Layout.commonPrefix(strange), strange);
        }
    }
}
