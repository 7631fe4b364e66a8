package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;

/** The text of recovery keys: golden value, forgiving reading, and that typing errors are found. */
class RecoveryKeyTest {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final byte[] KEY = Vectors.counting(0, 32);
    private static final String TEXT =
            "HF1-04002-0G30G-2GC1R-81450-P30D1-R7H04-8J2CA-1A5GQ-30CHM-6RW3M-F1Y39-B7CS0";

    @Test
    void goldenText() {
        assertEquals(TEXT, RecoveryKey.of(SecretBytes.copyOf(KEY)).toText());
        assertArrayEquals(KEY, read(TEXT));
    }

    @Test
    void randomKeysComeBack() {
        for (int i = 0; i < 200; i++) {
            RecoveryKey key = RecoveryKey.generate();
            String text = key.toText();
            assertTrue(text.matches("HF1(-[0-9A-HJKMNP-TV-Z]{5}){12}"), text);
            assertArrayEquals(key.bytes().copy(), read(text));
        }
        assertNotEquals(RecoveryKey.generate().toText(), RecoveryKey.generate().toText());
    }

    @Test
    void readingForgivesHowItIsWritten() {
        String bare = TEXT.replace("-", "");
        assertArrayEquals(KEY, read(TEXT.toLowerCase()));
        assertArrayEquals(KEY, read(bare));
        assertArrayEquals(KEY, read(bare.substring(3)), "without HF1");
        assertArrayEquals(KEY, read("  " + TEXT.replace('-', ' ') + "\r\n"));
        assertArrayEquals(KEY, read(TEXT.replace('-', '\u2013')), "en dashes");
        assertArrayEquals(KEY, read(TEXT.replace("-", "\u00a0\u2212")), "no-break blanks and minus signs");
        assertArrayEquals(KEY, read(TEXT.replace('0', 'O').replace('1', 'I')));
        assertArrayEquals(KEY, read(TEXT.replace('0', 'o').replace('1', 'l')));
    }

    /**
     * Every single wrong character and a spread of the pairs. The code is linear: whether an error is found depends on
     * the error alone, so that what holds for one key holds for all.
     */
    @Test
    void wrongCharactersAreFound() {
        StringBuilder bare = new StringBuilder(TEXT.replace("-", "").substring(3));
        for (int i = 0; i < 60; i++) {
            int a = ALPHABET.indexOf(bare.charAt(i));
            for (int x = 1; x < 32; x++) {
                bare.setCharAt(i, ALPHABET.charAt(a ^ x));
                refused(bare);
                for (int j = i + 1; j < 60; j += x == 1 ? 1 : 7) {
                    int b = ALPHABET.indexOf(bare.charAt(j));
                    for (int y = 1; y < 32; y += x == 1 ? 1 : 5) {
                        bare.setCharAt(j, ALPHABET.charAt(b ^ y));
                        refused(bare);
                    }
                    bare.setCharAt(j, ALPHABET.charAt(b));
                }
            }
            bare.setCharAt(i, ALPHABET.charAt(a));
        }
        assertArrayEquals(KEY, read(bare.toString()), "restored");
    }

    @Test
    void everySwapOfTwoCharactersIsFound() {
        String bare = TEXT.replace("-", "").substring(3);
        int swaps = 0;
        for (int i = 0; i < 60; i++) {
            for (int j = i + 1; j < 60; j++) {
                if (bare.charAt(i) != bare.charAt(j)) {
                    StringBuilder swapped = new StringBuilder(bare);
                    swapped.setCharAt(i, bare.charAt(j));
                    swapped.setCharAt(j, bare.charAt(i));
                    refused(swapped);
                    swaps++;
                }
            }
        }
        assertTrue(swaps > 1000, "swaps: " + swaps);
    }

    private static void refused(CharSequence text) {
        RecoveryKeyFormatException e = assertThrows(RecoveryKeyFormatException.class, () -> RecoveryKey.parse(text));
        assertEquals("the recovery key contains a typing error: its checksum is wrong", e.getMessage());
    }

    @Test
    void messagesSayWhatIsWrong() {
        assertEquals("character 7 of the recovery key is none that occurs in recovery keys",
                message("HF1-00U00" + TEXT.substring(9)));
        assertTrue(message(TEXT.substring(0, 40)).contains("too short"));
        assertTrue(message("").contains("too short"));
        assertTrue(message(TEXT + "0").contains("too long"));
        assertEquals("a recovery key starts with HF1", message("HF2" + TEXT.substring(3)));
    }

    private static String message(String text) {
        return assertThrows(RecoveryKeyFormatException.class, () -> RecoveryKey.parse(text)).getMessage();
    }

    @Test
    void anyTextIsReadOrRefused() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(TEXT);
            for (int edit = random.nextInt(6); edit >= 0; edit--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(0x10000));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.insert(at, (char) random.nextInt(128));
                }
            }
            try {
                RecoveryKey.parse(text).close();
            } catch (RecoveryKeyFormatException e) {
                assertFalse(e.getMessage().isEmpty());
            }
        }
    }

    @Test
    void doesNotPrintItself() {
        assertEquals("RecoveryKey[hidden]", RecoveryKey.parse(TEXT).toString());
    }

    private static byte[] read(String text) {
        try (RecoveryKey key = RecoveryKey.parse(text)) {
            return key.bytes().copy();
        }
    }
}
