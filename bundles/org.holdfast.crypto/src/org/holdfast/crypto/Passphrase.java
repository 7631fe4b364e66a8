package org.holdfast.crypto;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;

/**
 * A passphrase in the form that is stretched into a key: Unicode normalisation form C, encoded as UTF-8, so that the
 * same characters give the same key whatever keyboard or system typed them. Nothing else is changed: case, blanks and
 * line ends count.
 * <p>
 * Characters below U+0300 are their own normal form and never pass through a {@code String}; other passphrases do,
 * since the JDK offers no other way, and leave a copy to the garbage collector.
 */
public final class Passphrase implements AutoCloseable {

    /** First character that normalisation may change or join with the one before it. */
    private static final char FIRST_UNSTABLE = '\u0300';

    private final SecretBytes utf8;
    private final int characters;

    private Passphrase(SecretBytes utf8, int characters) {
        this.utf8 = utf8;
        this.characters = characters;
    }

    /**
     * A passphrase from characters; the array is neither kept nor wiped.
     *
     * @throws PassphraseRefusedException when a surrogate stands alone
     */
    public static Passphrase of(char[] characters) {
        return encode(CharBuffer.wrap(characters));
    }

    /**
     * A passphrase from UTF-8 bytes, for instance the content of a file without its line end; the array is neither
     * kept nor wiped.
     *
     * @throws PassphraseRefusedException when the bytes are no valid UTF-8
     */
    public static Passphrase ofUtf8(byte[] bytes) {
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(bytes));
            try {
                return encode(decoded);
            } finally {
                SecretBytes.wipe(decoded.array());
            }
        } catch (CharacterCodingException e) {
            throw new PassphraseRefusedException("the passphrase is not valid UTF-8 text");
        }
    }

    private static Passphrase encode(CharBuffer characters) {
        CharSequence normal = isStable(characters) ? characters
                : Normalizer.normalize(characters, Normalizer.Form.NFC);
        int count = Character.codePointCount(normal, 0, normal.length());
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(normal));
            byte[] utf8 = Arrays.copyOf(encoded.array(), encoded.limit());
            SecretBytes.wipe(encoded.array());
            return new Passphrase(SecretBytes.adopt(utf8), count);
        } catch (CharacterCodingException e) {
            throw new PassphraseRefusedException("the passphrase is not valid Unicode text");
        }
    }

    private static boolean isStable(CharBuffer characters) {
        for (int i = 0; i < characters.length(); i++) {
            if (characters.charAt(i) >= FIRST_UNSTABLE) {
                return false;
            }
        }
        return true;
    }

    /** Number of characters (code points) in normal form. */
    public int characters() {
        return characters;
    }

    /** The bytes to be stretched. */
    SecretBytes utf8() {
        return utf8;
    }

    /** Wipes the passphrase. */
    @Override
    public void close() {
        utf8.close();
    }

    @Override
    public String toString() {
        return "Passphrase[hidden]";
    }
}
