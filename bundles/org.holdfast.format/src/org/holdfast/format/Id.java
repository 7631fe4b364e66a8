package org.holdfast.format;

import java.util.Arrays;
import java.util.HexFormat;

/** A 32-byte content id, pack name or the like, for use as a key. Hot paths use bare bytes instead. */
public record Id(byte[] bytes) implements Comparable<Id> {
    /** Length in bytes. */
    public static final int SIZE = 32;

    /** Checks the length; the array is not copied. */
    public Id {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("An id has 32 bytes, not " + bytes.length);
        }
    }

    /** Copies an id out of a larger array. */
    public static Id at(byte[] source, int offset) {
        return new Id(Arrays.copyOfRange(source, offset, offset + SIZE));
    }

    /** Parses 64 hex digits. */
    public static Id of(String hex) {
        return new Id(HexFormat.of().parseHex(hex));
    }

    /** Parses 64 lower-case hex digits; null when it is anything else. */
    public static Id parse(String text) {
        if (text.length() != 2 * SIZE) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return null;
            }
        }
        return of(text);
    }

    /** 64 lower-case hex digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Id other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return (int) Bytes.INT.get(bytes, 0);
    }

    @Override
    public int compareTo(Id other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public String toString() {
        return hex().substring(0, 12);
    }
}
