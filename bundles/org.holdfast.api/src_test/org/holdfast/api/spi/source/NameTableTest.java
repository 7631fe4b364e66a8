package org.holdfast.api.spi.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class NameTableTest {
    private final NameTable table = new NameTable();

    @Test
    void sortsAsUnsignedBytes() {
        check(List.of(bytes("b"), new byte[] { (byte) 0xff }, bytes("a"), bytes("é"), bytes("B"), bytes("")));
    }

    @Test
    void sortsRandomNamesOfAllLengths() {
        var random = new Random(1);
        for (int count : new int[] { 0, 1, 2, 15, 16, 17, 100, 5000 }) {
            for (int alphabet : new int[] { 1, 2, 255 }) {
                check(IntStream.range(0, count).mapToObj(i -> {
                    var name = new byte[1 + random.nextInt(count % 3 == 0 ? 40 : 10)];
                    for (int b = 0; b < name.length; b++) {
                        name[b] = (byte) (random.nextInt(alphabet) + 1);
                    }
                    return name;
                }).toList());
            }
        }
    }

    @Test
    void sortsNamesWithLongCommonBeginnings() {
        String common = "a-file-name-that-goes-on-and-on-".repeat(7);
        check(IntStream.range(0, 3000).mapToObj(i -> bytes(common + Integer.toHexString(i * 7919 % 3000))).toList());
    }

    @Test
    void sortsNamesThatEndInZeroBytes() {
        check(List.of(bytes("a\0\0"), bytes("a"), bytes("a\0"), bytes("abcdefgh\0"), bytes("abcdefgh"),
                bytes("abcdefgh\0\0\0\0\0\0\0\0\0"), bytes("")));
    }

    @Test
    void sortsWhatDefeatsTheMedianOfThree() {
        int n = 1 << 14;
        var order = new int[n];
        for (int i = 0; i < n / 2; i++) { // "median of three killer", Musser 1997
            order[i] = i % 2 == 0 ? i + 1 : n / 2 + i + (i + 1) % 2;
            order[n / 2 + i] = 2 * (i + 1);
        }
        check(Arrays.stream(order).mapToObj(i -> bytes(String.format("%08d", i))).toList());
    }

    @Test
    void isUsedAgainAfterClear() {
        check(List.of(bytes("x"), bytes("a-long-name")));
        check(List.of(bytes("z"), bytes("y")));
    }

    @Test
    void refusesNamesThatAreTooLong() {
        assertThrows(IllegalArgumentException.class, () -> table.add(new byte[70_000], 0, 70_000));
    }

    private void check(List<byte[]> names) {
        table.clear();
        for (byte[] name : names) {
            table.add(name, 0, name.length);
        }
        table.sort();
        var expected = new ArrayList<>(names);
        expected.sort(Arrays::compareUnsigned);
        assertEquals(expected.size(), table.count());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), table.name(i), "name " + i);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
