package org.holdfast.console.client.preview;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** What first bytes are taken for. */
class PreviewGuessTest {
    private static final String JAPANESE = "バックアップは毎日22時に実行されます。\n復旧ポイントを確認してください。\n";

    private static void guessed(String charset, String text, byte[] bytes) {
        TextGuess guess = TextGuess.of(bytes);
        assertNotNull(guess, charset);
        assertEquals(Charset.forName(charset) + ": " + text, guess.charset() + ": " + guess.text());
    }

    private static byte[] with(String mark, byte[] bytes) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex(mark));
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    @Test
    void textOfEveryEncoding() {
        guessed("UTF-8", "plain\n", "plain\n".getBytes(StandardCharsets.US_ASCII));
        for (String charset : List.of("UTF-8", "EUC-JP", "windows-31j", "ISO-2022-JP")) {
            guessed(charset, JAPANESE, JAPANESE.getBytes(Charset.forName(charset)));
        }
        guessed("windows-1252", "Müller wäscht täglich Wäsche für 5 €, très âgé\n",
                "Müller wäscht täglich Wäsche für 5 €, très âgé\n".getBytes(Charset.forName("windows-1252")));
        guessed("UTF-8", JAPANESE, with("efbbbf", JAPANESE.getBytes(StandardCharsets.UTF_8)));
        guessed("UTF-16LE", JAPANESE, with("fffe", JAPANESE.getBytes(StandardCharsets.UTF_16LE)));
        guessed("UTF-16BE", JAPANESE, with("feff", JAPANESE.getBytes(StandardCharsets.UTF_16BE)));
        guessed("UTF-32LE", JAPANESE, with("fffe0000", JAPANESE.getBytes(Charset.forName("UTF-32LE"))));
        guessed("UTF-16LE", "no mark at all\r\n", "no mark at all\r\n".getBytes(StandardCharsets.UTF_16LE));
        guessed("UTF-16BE", "no mark at all\r\n", "no mark at all\r\n".getBytes(StandardCharsets.UTF_16BE));
    }

    @Test
    void aCharacterCutAtTheEndIsLeftOut() {
        byte[] all = "ああ\ud83d\ude00".getBytes(StandardCharsets.UTF_8);
        for (int cut = 7; cut < all.length; cut++) {
            guessed("UTF-8", "ああ", Arrays.copyOf(all, cut));
        }
        byte[] euc = JAPANESE.getBytes(Charset.forName("EUC-JP"));
        assertEquals("EUC-JP", assertGuess(Arrays.copyOf(euc, 31)).charset().name());
    }

    private static TextGuess assertGuess(byte[] bytes) {
        TextGuess guess = TextGuess.of(bytes);
        assertNotNull(guess);
        return guess;
    }

    @Test
    void bytesAreNoText() {
        assertNull(TextGuess.of(new byte[] { 0, 1, 2, 3 }));
        var random = new Random(5);
        for (int i = 0; i < 50; i++) {
            byte[] noise = new byte[400 + i];
            random.nextBytes(noise);
            assertNull(TextGuess.of(noise), "noise " + i);
        }
        assertNull(TextGuess.of("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR".getBytes(StandardCharsets.ISO_8859_1)));
        byte[] high = new byte[300];
        Arrays.fill(high, (byte) 0xfe);
        assertNull(TextGuess.of(high));
    }

    @Test
    void imagesTellTheirSizeBeforeTheyAreDecoded() {
        var png = with("89504e470d0a1a0a0000000d49484452", HexFormat.of().parseHex("00007530000075300806000000"));
        assertEquals(new ImageSize("PNG", 30_000, 30_000), ImageSize.of(png));
        assertEquals(new ImageSize("GIF", 3, 258), ImageSize.of(with("47494638396103000201", new byte[9])));
        assertEquals(new ImageSize("BMP", 5, 7), ImageSize.of(with(
                "424d00000000000000000000000028000000" + "05000000" + "f9ffffff", new byte[20])));
        assertEquals(new ImageSize("JPEG", 640, 480), ImageSize.of(with(
                "ffd8" + "ffe00004aaaa" + "ffc4000400ff" + "ffc0001108" + "01e0" + "0280", new byte[20])));
        assertNull(ImageSize.of(with("ffd8ffe0ffff", new byte[20])));
        assertNull(ImageSize.of(with("89504e470d0a1a0a", new byte[4])));
        assertNull(ImageSize.of(with("89504e470d0a1a0a0000000d49484452", new byte[20])), "nothing to see");
        var random = new Random(6);
        for (int i = 0; i < 2000; i++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            byte[] head = with(List.of("ffd8ff", "424d", "474946383961", "89504e470d0a1a0a").get(i % 4), noise);
            ImageSize.of(head);
        }
    }

    @Test
    void bytesAreShownInRows() {
        byte[] bytes = "Holdfast\0 in hex \u00ff".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("""
                00000000  48 6f 6c 64 66 61 73 74  00 20 69 6e 20 68 65 78  Holdfast. in hex
                00000010  20 ff                                              .
                """, HexLines.of(bytes, 100));
        assertEquals("00000000  48 6f                                             Ho\n", HexLines.of(bytes, 2));
    }
}
