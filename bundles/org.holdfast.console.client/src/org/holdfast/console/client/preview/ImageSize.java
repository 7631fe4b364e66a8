package org.holdfast.console.client.preview;

import java.nio.charset.StandardCharsets;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What the first bytes of an image say of it, before anything is decoded: a small file may be a picture that would fill
 * all memory. PNG, GIF, BMP and JPEG.
 *
 * @param format as people call it
 * @param width in pixels
 * @param height in pixels
 */
public record ImageSize(String format, int width, int height) {
    /** Of the file, or null when it is no image that can be shown. */
    public static @Nullable ImageSize of(byte[] head) {
        ImageSize found = null;
        if (starts(head, "\u0089PNG\r\n\u001a\n") && head.length >= 24) {
            found = new ImageSize("PNG", big(head, 16, 4), big(head, 20, 4));
        } else if ((starts(head, "GIF87a") || starts(head, "GIF89a")) && head.length >= 10) {
            found = new ImageSize("GIF", little(head, 6, 2), little(head, 8, 2));
        } else if (starts(head, "BM") && head.length >= 26 && little(head, 14, 4) >= 40) {
            found = new ImageSize("BMP", little(head, 18, 4), Math.abs(little(head, 22, 4)));
        } else if (starts(head, "\u00ff\u00d8\u00ff")) {
            found = jpeg(head);
        }
        return found == null || found.width <= 0 || found.height <= 0 ? null : found;
    }

    /** Pixels. */
    public long pixels() {
        return (long) width * height;
    }

    /** Goes from segment to segment up to the one that begins a frame. */
    private static @Nullable ImageSize jpeg(byte[] head) {
        int at = 2;
        while (at + 9 < head.length && (head[at] & 0xff) == 0xff) {
            int marker = head[at + 1] & 0xff;
            if (marker == 0xff) {
                at++;
                continue;
            }
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame) {
                return new ImageSize("JPEG", big(head, at + 7, 2), big(head, at + 5, 2));
            }
            boolean alone = marker == 0x01 || marker >= 0xd0 && marker <= 0xd8;
            at += alone ? 2 : 2 + Math.max(2, big(head, at + 2, 2));
        }
        return null;
    }

    private static boolean starts(byte[] head, String magic) {
        byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
        return head.length >= bytes.length
                && java.util.Arrays.equals(head, 0, bytes.length, bytes, 0, bytes.length);
    }

    private static int big(byte[] bytes, int at, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        return value;
    }

    private static int little(byte[] bytes, int at, int count) {
        int value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        return value;
    }
}
