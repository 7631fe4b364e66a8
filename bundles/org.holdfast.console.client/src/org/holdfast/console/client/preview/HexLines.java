package org.holdfast.console.client.preview;

/** Bytes as people who look for something in them read them: offset, sixteen bytes, and what of it is plain text. */
public final class HexLines {
    private static final int ROW = 16;
    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private HexLines() {
    }

    /** Lines of some bytes. */
    public static String of(byte[] bytes, int most) {
        int length = Math.min(bytes.length, most);
        var text = new StringBuilder((length / ROW + 1) * 78);
        for (int row = 0; row < length; row += ROW) {
            for (int shift = 28; shift >= 0; shift -= 4) {
                text.append(DIGITS[row >>> shift & 15]);
            }
            text.append(' ');
            for (int i = row; i < row + ROW; i++) {
                text.append(i == row + ROW / 2 ? "  " : " ");
                if (i < length) {
                    text.append(DIGITS[bytes[i] >>> 4 & 15]).append(DIGITS[bytes[i] & 15]);
                } else {
                    text.append("  ");
                }
            }
            text.append("  ");
            for (int i = row; i < Math.min(row + ROW, length); i++) {
                text.append(bytes[i] >= ' ' && bytes[i] < 0x7f ? (char) bytes[i] : '.');
            }
            text.append('\n');
        }
        return text.toString();
    }
}
