package org.holdfast.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

/** The numbers of the format, written and read. */
class PrimitivesTest {
    private static ByteReader reader(String hex) {
        return new ByteReader("The thing", TestData.unhex(hex));
    }

    @Test
    void varints() {
        String[][] pairs = { { "0", "00" }, { "1", "01" }, { "127", "7f" }, { "128", "8001" }, { "300", "ac02" },
                { "16383", "ff7f" }, { "16384", "808001" }, { "9223372036854775807", "ffffffffffffffff7f" },
                { "18446744073709551615", "ffffffffffffffffff01" } };
        for (String[] pair : pairs) {
            long value = Long.parseUnsignedLong(pair[0]);
            assertEquals(pair[1], TestData.hex(new ByteWriter(1).varint(value).toByteArray()));
            assertEquals(value, reader(pair[1]).varint());
        }
        for (String bad : new String[] { "", "80", "ffffffffffffffffff", "ffffffffffffffffff02",
                "ffffffffffffffffff7f", "80808080808080808080", "8080808080808080808000" }) {
            assertThrows(FormatException.class, () -> reader(bad).varint(), bad);
        }
    }

    @Test
    void zigzag() {
        long[] values = { 0, -1, 1, -2, 2, Long.MAX_VALUE, Long.MIN_VALUE };
        String[] encoded = { "00", "01", "02", "03", "04", "feffffffffffffffff01", "ffffffffffffffffff01" };
        for (int i = 0; i < values.length; i++) {
            assertEquals(encoded[i], TestData.hex(new ByteWriter(1).zigzag(values[i]).toByteArray()));
            assertEquals(values[i], reader(encoded[i]).zigzag());
        }
        var random = new SplittableRandom(5);
        for (int i = 0; i < 1000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            assertEquals(value, new ByteReader("x", new ByteWriter(1).zigzag(value).toByteArray()).zigzag());
        }
    }

    @Test
    void fixedNumbersAreBigEndian() {
        byte[] bytes = new ByteWriter(0).u8(0x1ff).u16(0x0203).u32(0x04050607).u64(0x08090a0b0c0d0e0fL).toByteArray();
        assertEquals("ff02030405060708090a0b0c0d0e0f", TestData.hex(bytes));
        var in = new ByteReader("x", bytes);
        assertEquals(0xff, in.u8());
        assertEquals(0x0203, in.u16());
        assertEquals(0x04050607, in.u32());
        assertEquals(0x08090a0b0c0d0e0fL, in.u64());
        in.end();
        assertThrows(FormatException.class, in::u8);
        assertThrows(FormatException.class, () -> reader("01").u16());
        assertThrows(FormatException.class, () -> reader("010203").u32());
        assertThrows(FormatException.class, () -> reader("01020304050607").u64());
    }

    @Test
    void countsAndLengthsAreCheckedBeforeAnythingElse() {
        assertEquals(3, reader("03010203").count(1, "things"));
        assertThrows(FormatException.class, () -> reader("040102").count(1, "things"));
        assertThrows(FormatException.class, () -> reader("02010203").count(2, "things"));
        assertThrows(FormatException.class, () -> reader("ffffffffffffffffff01").count(1, "things"));
        assertArrayEquals(new byte[] { 1, 2 }, reader("020102").string(2, "it"));
        FormatException e = assertThrows(FormatException.class, () -> reader("03010203").string(2, "its name"));
        assertEquals("The thing is damaged: the length of its name is 3, more than 2 (at byte 1).", e.getMessage());
        assertThrows(FormatException.class, () -> reader("0301").string(5, "it"));
        assertThrows(FormatException.class, () -> reader("01").raw(-1));
        assertEquals(5, reader("05").varint(5, 6, "n"));
        assertThrows(FormatException.class, () -> reader("07").varint(5, 6, "n"));
        assertThrows(FormatException.class, () -> reader("04").varint(5, 6, "n"));
        assertThrows(FormatException.class, () -> reader("00").end());
        assertEquals("a\ufffd", reader("0261ff").text(9, "it"), "text that is not UTF-8 is shown, not refused");
    }

    @Test
    void readersStayInTheirPart() {
        var in = new ByteReader("x", new byte[] { 1, 2, 3, 4 }, 1, 2);
        assertEquals(2, in.remaining());
        assertEquals(2, in.u8());
        assertEquals(3, in.u8());
        assertThrows(FormatException.class, in::u8);
        assertEquals(3, in.position());
    }

    @Test
    void writersGrowAndAreUsedAgain() {
        var out = new ByteWriter(1);
        for (int i = 0; i < 1000; i++) {
            out.varint(i);
        }
        assertEquals(128 + 872 * 2, out.length());
        out.clear();
        assertEquals("0141", TestData.hex(out.text("A").toByteArray()));
        assertTrue(out.array().length >= 1000);
    }
}
