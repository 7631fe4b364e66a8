package org.holdfast.engine.internal.restore;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

import org.holdfast.format.ByteWriter;
import org.holdfast.format.Manifest;

/** Names for what cannot have its own name, as bytes. */
final class Names {
    private static final int MAX_NAME = 255;
    private static final int MAX_EXTENSION = 16;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH.mm.ss", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final String time;
    private final byte[] pointId;

    /** @param time when the recovery point was made */
    Names(String pointId, Instant time) {
        this.pointId = pointId.getBytes(StandardCharsets.US_ASCII);
        this.time = TIME.format(time);
    }

    /**
     * The name under which something is restored beside what has its name: {@code a (restored 2026-11-23
     * 04.10.05).txt}, in UTC. A long name is shortened so that this fits.
     *
     * @param directory a directory has no extension
     * @param number 1 for the first attempt; others are added to the name
     */
    byte[] beside(byte[] name, boolean directory, int number) {
        int dot = directory ? name.length : extension(name);
        byte[] mark = (" (restored " + time + (number > 1 ? ", " + number : "") + ")")
                .getBytes(StandardCharsets.US_ASCII);
        int end = Math.min(dot, Math.max(1, MAX_NAME - mark.length - (name.length - dot)));
        while (end > 1 && end < dot && (name[end] & 0xc0) == 0x80) {
            end--; // not in the middle of a character
        }
        return new ByteWriter(MAX_NAME).raw(name, 0, end).raw(mark).raw(name, dot, name.length - dot).toByteArray();
    }

    private static int extension(byte[] name) {
        for (int i = name.length - 1; i > 0 && name.length - i <= MAX_EXTENSION; i--) {
            if (name[i] == '.') {
                return i == name.length - 1 || allDots(name, i) ? name.length : i;
            }
        }
        return name.length;
    }

    private static boolean allDots(byte[] name, int end) {
        for (int i = 0; i < end; i++) {
            if (name[i] != '.') {
                return false;
            }
        }
        return true;
    }

    /**
     * The name under which an entry is made before it takes the place of an existing one. The same in every run, so
     * that what a killed one left is found.
     */
    byte[] temporary(byte[] name) {
        byte[] seed = Arrays.copyOf(pointId, pointId.length + name.length);
        System.arraycopy(name, 0, seed, pointId.length, name.length);
        byte[] hash = Manifest.sha256(seed, 0, seed.length);
        return (".holdfast-" + HexFormat.of().formatHex(hash, 0, 12)).getBytes(StandardCharsets.US_ASCII);
    }
}
