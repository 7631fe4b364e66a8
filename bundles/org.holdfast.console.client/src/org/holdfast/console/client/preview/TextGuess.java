package org.holdfast.console.client.preview;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Whether bytes are text, and in which encoding: a byte order mark, else UTF-8 when they are valid in it, else the
 * encoding of Japan whose characters look most like writing, else Western European.
 *
 * @param charset the encoding
 * @param text the bytes in it, without a mark
 */
public record TextGuess(Charset charset, String text) {
    private static final String WESTERN = "windows-1252";
    private static final List<String> JAPANESE = List.of("EUC-JP", "windows-31j");

    /** A mark and what it says; longer ones first. */
    private record Mark(byte[] bytes, String charset) {
        boolean begins(byte[] head) {
            return head.length >= bytes.length && java.util.Arrays.equals(head, 0, bytes.length, bytes, 0,
                    bytes.length);
        }
    }

    private static final List<Mark> MARKS = List.of(new Mark(new byte[] { -1, -2, 0, 0 }, "UTF-32LE"),
            new Mark(new byte[] { 0, 0, -2, -1 }, "UTF-32BE"),
            new Mark(new byte[] { (byte) 0xef, (byte) 0xbb, (byte) 0xbf }, "UTF-8"),
            new Mark(new byte[] { -1, -2 }, "UTF-16LE"), new Mark(new byte[] { -2, -1 }, "UTF-16BE"));

    /**
     * Guesses.
     *
     * @param head first bytes of a file; a character that is cut at their end does not count
     * @return null when it does not look like text
     */
    public static @Nullable TextGuess of(byte[] head) {
        for (Mark mark : MARKS) {
            if (mark.begins(head) && Charset.isSupported(mark.charset())) {
                return decode(head, mark.bytes().length, Charset.forName(mark.charset()));
            }
        }
        Charset wide = wide(head);
        if (wide != null) {
            return printable(decode(head, 0, wide));
        }
        if (controls(head) > 0) {
            return null;
        }
        TextGuess mail = escaped(head);
        if (mail != null) {
            return mail;
        }
        TextGuess utf8 = decode(head, 0, StandardCharsets.UTF_8);
        return utf8 != null ? utf8 : eightBits(head);
    }

    /** UTF-16 without a mark: text with Latin letters has a zero in every other place, and hardly any elsewhere. */
    private static @Nullable Charset wide(byte[] head) {
        int even = 0;
        int odd = 0;
        for (int i = 0; i < head.length; i++) {
            if (head[i] == 0) {
                if ((i & 1) == 0) {
                    even++;
                } else {
                    odd++;
                }
            }
        }
        int half = head.length / 2;
        if (half < 2 || even == 0 && odd == 0) {
            return null;
        }
        return odd > half * 7 / 10 && even * 20 < half ? StandardCharsets.UTF_16LE
                : even > half * 7 / 10 && odd * 20 < half ? StandardCharsets.UTF_16BE : null;
    }

    private static @Nullable TextGuess printable(@Nullable TextGuess guess) {
        return guess == null || guess.text().chars().anyMatch(TextGuess::isControl) ? null : guess;
    }

    private static int controls(byte[] head) {
        int count = 0;
        for (byte b : head) {
            count += b >= 0 && b != 0x1b && isControl(b) ? 1 : 0;
        }
        return count;
    }

    private static boolean isControl(int c) {
        return c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\b' || c == 0x7f;
    }

    /** ISO-2022-JP has seven bits and switches with escapes. */
    private static @Nullable TextGuess escaped(byte[] head) {
        for (int i = 0; i + 2 < head.length; i++) {
            if (head[i] == 0x1b && head[i + 1] == '$' && (head[i + 2] == 'B' || head[i + 2] == '@')) {
                return Charset.isSupported("ISO-2022-JP") ? decode(head, 0, Charset.forName("ISO-2022-JP")) : null;
            }
        }
        return null;
    }

    private static @Nullable TextGuess eightBits(byte[] head) {
        TextGuess best = null;
        double bestScore = 0.5;
        for (String name : JAPANESE) {
            TextGuess guess = Charset.isSupported(name) ? decode(head, 0, Charset.forName(name)) : null;
            double score = guess == null ? 0 : japanese(guess.text());
            if (guess != null && score > bestScore) {
                best = guess;
                bestScore = score;
            }
        }
        if (best != null) {
            return best;
        }
        int high = 0;
        for (byte b : head) {
            high += b < 0 ? 1 : 0;
        }
        // Text in these languages is mostly plain letters.
        return high * 3 > head.length || !Charset.isSupported(WESTERN) ? null
                : decode(head, 0, Charset.forName(WESTERN));
    }

    /** How much of what is not plain is what Japanese is mostly written with, 1 for all; it never does without kana. */
    private static double japanese(String text) {
        double good = 0;
        int all = 0;
        int kana = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            all++;
            if (c >= 0x3000 && c < 0x3100) {
                kana += c > 0x3040 ? 1 : 0;
                good += 1;
            } else if (c >= 0xff01 && c < 0xff5f) {
                good += 1;
            } else if (c >= 0x4e00 && c < 0xa000) {
                good += 0.7;
            }
        }
        return kana == 0 ? 0 : good / all;
    }

    /** Decodes all but a character cut at the end; null when something else is wrong. */
    private static @Nullable TextGuess decode(byte[] head, int from, Charset charset) {
        CharsetDecoder decoder = charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(head, from, head.length - from);
        CharBuffer out = CharBuffer.allocate((int) (in.remaining() * (double) decoder.maxCharsPerByte()) + 4);
        CoderResult result = decoder.decode(in, out, false);
        boolean cut = in.remaining() < 4 && result.isUnderflow();
        if (result.isError() || !cut) {
            return null;
        }
        return new TextGuess(charset, out.flip().toString());
    }
}
