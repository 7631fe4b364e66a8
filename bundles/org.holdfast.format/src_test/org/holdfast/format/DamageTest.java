package org.holdfast.format;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

/** One changed, missing or additional byte anywhere in a stored object is noticed, and said in a sentence. */
class DamageTest {
    /** The bytes of a pack's checksum serve tools without any key; readers with a key rely on the tags. */
    private static boolean checksum(Parsers.Parser parser, int at) {
        int end = parser.good().length;
        return parser.name().endsWith(" pack") && at >= end - 8 && at < end - 4;
    }

    private static void refused(Parsers.Parser parser, byte[] bad, String how) {
        try {
            parser.parse().accept(bad);
        } catch (FormatException e) {
            assertTrue(e.getMessage().endsWith(".") && e.getMessage().length() > 20, e.getMessage());
            return;
        } catch (RuntimeException e) {
            throw new AssertionError(parser + " " + how, e);
        }
        fail(parser + " was accepted " + how);
    }

    @Test
    void goodObjectsAreAccepted() {
        try (var parsers = new Parsers()) {
            parsers.stored().forEach(parser -> assertDoesNotThrow(() -> parser.parse().accept(parser.good())));
            parsers.plain().forEach(parser -> assertDoesNotThrow(() -> parser.parse().accept(parser.good())));
        }
    }

    @Test
    void everyChangedByteIsNoticed() {
        try (var parsers = new Parsers()) {
            for (Parsers.Parser parser : parsers.stored()) {
                for (int i = 0; i < parser.good().length; i++) {
                    for (int mask : new int[] { 0x01, 0x80, 0xff }) {
                        byte[] bad = parser.good().clone();
                        bad[i] ^= (byte) mask;
                        if (!checksum(parser, i)) {
                            refused(parser, bad, "with byte " + i + " changed");
                        }
                    }
                }
            }
        }
    }

    @Test
    void everyTruncationIsNoticed() {
        try (var parsers = new Parsers()) {
            for (Parsers.Parser parser : parsers.stored()) {
                for (int n = 0; n < parser.good().length; n++) {
                    refused(parser, Arrays.copyOf(parser.good(), n), "with " + n + " bytes");
                    refused(parser, Arrays.copyOfRange(parser.good(), parser.good().length - n, parser.good().length),
                            "with the last " + n + " bytes only");
                }
                refused(parser, TestData.concat(parser.good(), new byte[1]), "with one byte more");
            }
        }
    }

    /** Without tags around them the parsers can accept other values, but they fail in one way only. */
    @Test
    void plainPartsNeverFailInAnotherWay() {
        try (var parsers = new Parsers()) {
            for (Parsers.Parser parser : parsers.plain()) {
                for (int i = 0; i < parser.good().length; i++) {
                    for (int mask : new int[] { 0x01, 0x40, 0x80, 0xff }) {
                        byte[] bad = parser.good().clone();
                        bad[i] ^= (byte) mask;
                        FuzzTest.feed(parser, bad);
                    }
                    boolean accepted = FuzzTest.feed(parser, Arrays.copyOf(parser.good(), i));
                    assertTrue(!accepted || parser.name().equals("attributes"),
                            parser + " was accepted with " + i + " bytes");
                }
                boolean longer = FuzzTest.feed(parser, TestData.concat(parser.good(), new byte[1]));
                assertTrue(!longer, parser + " was accepted with one byte more");
            }
        }
    }

    @Test
    void objectsOfAnotherDomainAreRefusedByName() {
        byte[] other = TestData.counting(0xb0, 16);
        for (String object : new String[] { "keeper", "data-pack" }) {
            FormatException e = assertThrows(FormatException.class, () -> {
                if (object.equals("keeper")) {
                    KeeperKey.parse(TestData.golden(object), other);
                } else {
                    PackFormat.parseHeader(Arrays.copyOf(TestData.golden(object), 24), other);
                }
            });
            assertTrue(e.getMessage().contains("another encryption domain"), e.getMessage());
        }
    }

    @Test
    void laterVersionsAreRefusedByNumber() {
        try (var parsers = new Parsers()) {
            for (Parsers.Parser parser : parsers.stored()) {
                byte[] later = parser.good().clone();
                later[4] = 2;
                FormatException e = assertThrows(FormatException.class, () -> parser.parse().accept(later));
                assertTrue(e.getMessage().contains("has format version 2; this program reads version 1"),
                        e.getMessage());
            }
        }
    }
}
