package org.holdfast.agent.internal.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.holdfast.crypto.Passphrase;
import org.holdfast.crypto.PassphrasePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrengthTest {
    @ParameterizedTest
    @CsvSource({ "aaaaaaaaaaaaaaaaaaaa,WEAK", "abcdefghijklmnopqrst,WEAK", "passpasspasspasspass,WEAK",
            "qwertyuiopasdfghjkl1,WEAK", "12345678901234567890,WEAK", "the quick brown fox jumps,EXCELLENT",
            "hammer boat sky,FAIR", "kjw8 29ax pq0v e7tm 3rzc 6bny 4gfd,EXCELLENT" })
    void tellsWhatIsEasyToGuess(String passphrase, Strength.Level level) {
        assertEquals(level, Strength.of(passphrase.toCharArray()).level(),
                passphrase + " " + Strength.of(passphrase.toCharArray()).bits());
    }

    @Test
    void whatIsGeneratedIsGoodAndNeverTheSame() {
        String one = new String(Generated.passphrase());
        String two = new String(Generated.passphrase());

        assertNotEquals(one, two);
        assertTrue(one.matches("([0-9a-hjkmnp-tv-z]{4}-){6}[0-9a-hjkmnp-tv-z]{4}"), one);
        assertEquals(Strength.Level.EXCELLENT, Strength.of(one.toCharArray()).level());
        try (var passphrase = Passphrase.of(one.toCharArray())) {
            assertTrue(PassphrasePolicy.check(passphrase).accepted());
        }
    }
}
