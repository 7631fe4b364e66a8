package org.holdfast.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A random 256-bit key on paper that opens a domain when the passphrase is lost. As text it is {@code HF1} and twelve
 * groups of five characters of Crockford's base 32 (<a href="https://www.crockford.com/base32.html">alphabet</a>
 * without I, L, O and U), which stand for one version byte, the key and a CRC-32C. The checksum finds every wrong
 * character, every two wrong characters and so every swap of two, wherever they are.
 */
public final class RecoveryKey implements AutoCloseable {

    /** Length of the key, in bytes. */
    public static final int BYTES = 32;

    private static final String PREFIX = "HF1";
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final byte VERSION = 1;
    private static final int CRC_BYTES = 4;
    private static final int PAYLOAD = 1 + BYTES + CRC_BYTES;
    private static final int GROUP = 5;
    private static final int SYMBOLS = 60;
    private static final int BITS = 5;

    private final SecretBytes bytes;

    private RecoveryKey(SecretBytes bytes) {
        this.bytes = bytes;
    }

    /** A new key from the system's generator. */
    public static RecoveryKey generate() {
        return new RecoveryKey(SecretBytes.random(BYTES));
    }

    /** A key of given bytes; taken over. */
    static RecoveryKey of(SecretBytes bytes) {
        if (bytes.length() != BYTES) {
            throw new IllegalArgumentException("a recovery key has 32 bytes, not " + bytes.length());
        }
        return new RecoveryKey(bytes);
    }

    /**
     * Reads a key as people type it: case does not matter, blanks and dashes of all kinds may stand anywhere or be
     * missing, O is read as 0, I and L as 1, and {@code HF1} may be left out.
     *
     * @throws RecoveryKeyFormatException when it is no recovery key or contains a typing error
     */
    public static RecoveryKey parse(CharSequence text) {
        byte[] symbols = new byte[PREFIX.length() + SYMBOLS];
        byte[] payload = new byte[PAYLOAD];
        try {
            int count = readSymbols(text, symbols);
            int skip = skipPrefix(symbols, count);
            int rest = decode(symbols, skip, payload);
            ByteBuffer fields = ByteBuffer.wrap(payload);
            if (rest != 0 || crc(payload) != fields.getInt(1 + BYTES)) {
                throw new RecoveryKeyFormatException("the recovery key contains a typing error: its checksum is wrong");
            }
            if (payload[0] != VERSION) {
                throw new RecoveryKeyFormatException("the recovery key is of version " + (payload[0] & 0xff)
                        + ", this program knows version " + VERSION);
            }
            return new RecoveryKey(SecretBytes.adopt(Arrays.copyOfRange(payload, 1, 1 + BYTES)));
        } finally {
            SecretBytes.wipe(symbols);
            SecretBytes.wipe(payload);
        }
    }

    private static int readSymbols(CharSequence text, byte[] symbols) {
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSeparator(c)) {
                continue;
            }
            int value = symbol(c);
            if (value < 0) {
                throw new RecoveryKeyFormatException("character " + (i + 1)
                        + " of the recovery key is none that occurs in recovery keys");
            }
            if (count == symbols.length) {
                throw new RecoveryKeyFormatException("the recovery key is too long: it has " + SYMBOLS
                        + " characters after " + PREFIX);
            }
            symbols[count++] = (byte) value;
        }
        return count;
    }

    private static boolean isSeparator(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c)
                || Character.getType(c) == Character.DASH_PUNCTUATION || c == '\u2212';
    }

    private static int symbol(char c) {
        char upper = c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
        return switch (upper) {
            case 'O' -> 0;
            case 'I', 'L' -> 1;
            default -> ALPHABET.indexOf(upper);
        };
    }

    private static int skipPrefix(byte[] symbols, int count) {
        if (count == SYMBOLS) {
            return 0;
        }
        if (count < symbols.length) {
            throw new RecoveryKeyFormatException("the recovery key is too short or too long: it has " + SYMBOLS
                    + " characters after " + PREFIX + ", this text has " + count + " in all");
        }
        for (int i = 0; i < PREFIX.length(); i++) {
            if (symbols[i] != symbol(PREFIX.charAt(i))) {
                throw new RecoveryKeyFormatException("a recovery key starts with " + PREFIX);
            }
        }
        return PREFIX.length();
    }

    /** Decodes into the payload and returns the bits left over at the end, which must be zero. */
    private static int decode(byte[] symbols, int from, byte[] payload) {
        int bits = 0;
        int pending = 0;
        int at = 0;
        for (int i = 0; i < SYMBOLS; i++) {
            pending = pending << BITS | symbols[from + i];
            bits += BITS;
            if (bits >= 8) {
                bits -= 8;
                payload[at++] = (byte) (pending >> bits);
                pending &= (1 << bits) - 1;
            }
        }
        return pending;
    }

    private static int crc(byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(payload, 0, 1 + BYTES);
        return (int) crc.getValue();
    }

    /** The key as text, {@code HF1-XXXXX-...} with twelve groups: for paper, not for logs. */
    public String toText() {
        byte[] payload = new byte[PAYLOAD];
        payload[0] = VERSION;
        System.arraycopy(bytes.view(), 0, payload, 1, BYTES);
        ByteBuffer.wrap(payload).putInt(1 + BYTES, crc(payload));
        StringBuilder text = new StringBuilder(PREFIX);
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            if (symbol % GROUP == 0) {
                text.append('-');
            }
            int bit = symbol * BITS;
            int high = payload[bit / 8] & 0xff;
            int low = bit / 8 + 1 < PAYLOAD ? payload[bit / 8 + 1] & 0xff : 0;
            text.append(ALPHABET.charAt((high << 8 | low) >> 16 - BITS - bit % 8 & 31));
        }
        SecretBytes.wipe(payload);
        return text.toString();
    }

    /** The key itself. */
    SecretBytes bytes() {
        return bytes;
    }

    /** Wipes the key. */
    @Override
    public void close() {
        bytes.close();
    }

    @Override
    public String toString() {
        return "RecoveryKey[hidden]";
    }
}
