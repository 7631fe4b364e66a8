package org.holdfast.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

import org.junit.jupiter.api.Test;

/** Normal form and policy of passphrases. */
class PassphraseTest {

    @Test
    void differentlyTypedButEqualCharactersGiveEqualBytes() {
        String composed = "gr\u00fc\u00dfe an \u00c5ngstr\u00f6m";
        String decomposed = "gru\u0308\u00dfe an A\u030angstro\u0308m";
        assertArrayEquals(composed.getBytes(StandardCharsets.UTF_8), utf8(composed));
        assertArrayEquals(utf8(composed), utf8(decomposed));
        assertArrayEquals(utf8("\u00c5"), utf8("\u212b"), "Angstrom sign");
        assertEquals(17, Passphrase.of(decomposed.toCharArray()).characters(), "counted in normal form");
        assertArrayEquals(utf8(composed),
                Passphrase.ofUtf8(decomposed.getBytes(StandardCharsets.UTF_8)).utf8().copy());
    }

    @Test
    void nothingElseIsChanged() {
        for (String text : new String[] { " lead and trail ", "UPPER lower", "tab\tline\n", "\ufb01 ligature",
                "\ud83d\udd11\ud83d\udd11", "\u00bd\u00b2\u00a0", "" }) {
            assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), utf8(text), text);
        }
    }

    /** Below U+0300 normalisation is skipped, which is right only when it would change nothing. */
    @Test
    void shortcutHoldsForEveryPairOfLowCharacters() {
        char[] pair = new char[2];
        for (char a = 0; a < 0x300; a++) {
            for (char b = 0; b < 0x300; b++) {
                pair[0] = a;
                pair[1] = b;
                assertTrue(Normalizer.isNormalized(CharBuffer.wrap(pair), Normalizer.Form.NFC));
            }
        }
    }

    @Test
    void policyCountsCharactersNotUnits() {
        assertEquals(PassphrasePolicy.Verdict.TOO_SHORT, judge("fifteen letters"));
        assertEquals(PassphrasePolicy.Verdict.ACCEPTED, judge("sixteen letters!"));
        assertEquals(PassphrasePolicy.Verdict.TOO_SHORT, judge("\ud83d\udd11".repeat(15)));
        assertEquals(PassphrasePolicy.Verdict.ACCEPTED, judge("\ud83d\udd11".repeat(16)));
        assertEquals(PassphrasePolicy.Verdict.TOO_SHORT, judge("u\u0308".repeat(15)));
        assertEquals(PassphrasePolicy.Verdict.ACCEPTED, judge("x".repeat(1024)));
        assertEquals(PassphrasePolicy.Verdict.TOO_LONG, judge("x".repeat(1025)));
        assertEquals("the passphrase has 15 characters, at least 16 are required",
                PassphrasePolicy.check(Passphrase.of("fifteen letters".toCharArray())).message());
    }

    private static PassphrasePolicy.Verdict judge(String text) {
        return PassphrasePolicy.check(Passphrase.of(text.toCharArray())).verdict();
    }

    @Test
    void brokenTextIsRefused() {
        assertThrows(PassphraseRefusedException.class, () -> Passphrase.of(new char[] { 'a', '\ud83d', 'b' }));
        assertThrows(PassphraseRefusedException.class, () -> Passphrase.ofUtf8(new byte[] { 'a', (byte) 0xff }));
        assertThrows(PassphraseRefusedException.class,
                () -> Passphrase.ofUtf8(new byte[] { (byte) 0xc0, (byte) 0x80 }));
    }

    @Test
    void doesNotPrintItselfAndCanBeWiped() {
        Passphrase passphrase = Passphrase.of("correct horse battery".toCharArray());
        assertFalse(passphrase.toString().contains("horse"));
        passphrase.close();
        assertThrows(IllegalStateException.class, () -> passphrase.utf8().copy());
    }

    private static byte[] utf8(String text) {
        return Passphrase.of(text.toCharArray()).utf8().copy();
    }
}
