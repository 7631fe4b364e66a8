package org.holdfast.engine.internal.restore;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

import org.holdfast.api.RawPath;
import org.junit.jupiter.api.Test;

class NamesTest {
    private static final String MARK = " (restored 2026-11-23 04.10.05)";
    private final Names names = new Names("0123", Instant.parse("2026-11-23T04:10:05.999Z"));

    private String beside(String name, boolean directory, int number) {
        return new String(names.beside(name.getBytes(StandardCharsets.UTF_8), directory, number),
                StandardCharsets.UTF_8);
    }

    @Test
    void theTimeStandsBeforeTheExtension() {
        assertEquals("a" + MARK + ".txt", beside("a.txt", false, 1));
        assertEquals("a.tar" + MARK + ".gz", beside("a.tar.gz", false, 1));
        assertEquals("a (restored 2026-11-23 04.10.05, 7).txt", beside("a.txt", false, 7));
    }

    @Test
    void whatIsNoExtensionIsNotTakenForOne() {
        assertEquals(".profile" + MARK, beside(".profile", false, 1));
        assertEquals("Makefile" + MARK, beside("Makefile", false, 1));
        assertEquals("end." + MARK, beside("end.", false, 1));
        assertEquals("...x" + MARK, beside("...x", false, 1));
        assertEquals("v1.2 and a long rest" + MARK, beside("v1.2 and a long rest", false, 1));
        assertEquals("dir.d" + MARK, beside("dir.d", true, 1));
    }

    @Test
    void longNamesAreShortenedBetweenCharacters() {
        String result = beside("é".repeat(120) + "xxxxx.txt", false, 1);
        assertTrue(result.getBytes(StandardCharsets.UTF_8).length <= 255);
        assertTrue(result.endsWith(MARK + ".txt"));
        assertFalse(result.contains("\ufffd"));
        assertEquals(255, beside("x".repeat(255), false, 1).length());
    }

    @Test
    void temporaryNamesAreTheSameInEveryRunAndDifferForEveryName() {
        byte[] a = names.temporary(new byte[] { 'a' });
        assertArrayEquals(a, names.temporary(new byte[] { 'a' }));
        assertFalse(Arrays.equals(a, names.temporary(new byte[] { 'b' })));
        assertFalse(Arrays.equals(a, new Names("0124", Instant.EPOCH).temporary(new byte[] { 'a' })));
        assertTrue(RawPath.isSegment(a));
    }
}
