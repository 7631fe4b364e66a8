package org.holdfast.engine.internal.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.holdfast.format.Id;
import org.junit.jupiter.api.Test;

class IdTableTest {
    /** Bytes that an id takes at most, in a table that is not tiny. */
    private static final double PER_ID = 21;
    private static final double PER_NUMBER = 5.5;

    private static byte[] id(long high, long low) {
        return ByteBuffer.allocate(Id.SIZE).putLong(high).putLong(low).putLong(1).putLong(2).array();
    }

    private static byte[] random(SplittableRandom random) {
        return id(random.nextLong(), random.nextLong());
    }

    @Test
    void everyIdKeepsItsNumber() {
        var random = new SplittableRandom(1);
        IdTable table = IdTable.ofNumbers();
        var ids = new ArrayList<byte[]>();
        for (int i = 0; i < 200_000; i++) {
            byte[] id = random(random);
            assertEquals(-1, table.get(id, 0));
            assertEquals(-1, table.putIfAbsent(id, 0, i));
            ids.add(id);
        }
        assertEquals(ids.size(), table.size());
        for (int i = 0; i < ids.size(); i++) {
            assertEquals(i, table.get(ids.get(i), 0));
            assertEquals(i, table.putIfAbsent(ids.get(i), 0, 7));
        }
        assertEquals(-1, table.get(random(random), 0));
        assertEquals(ids.size(), table.size());
    }

    @Test
    void idsAloneAreEitherThereOrNot() {
        var random = new SplittableRandom(2);
        IdTable table = IdTable.ofIds();
        byte[] one = random(random);
        byte[] other = random(random);
        assertEquals(-1, table.putIfAbsent(one, 0, 0));
        assertEquals(0, table.putIfAbsent(one, 0, 0));
        assertEquals(0, table.get(one, 0));
        assertEquals(-1, table.get(other, 0));
    }

    @Test
    void onlyTheFirstSixteenBytesCount() {
        IdTable table = IdTable.ofNumbers();
        byte[] bytes = ByteBuffer.allocate(3 + Id.SIZE).putLong(3, 5).putLong(11, 6).array();
        table.putIfAbsent(bytes, 3, 9);
        assertEquals(9, table.get(id(5, 6), 0));
        assertEquals(-1, table.get(id(5, 7), 0));
        assertEquals(-1, table.get(id(6, 6), 0));
    }

    /** Nobody without the key can make such ids, but a table must not fail over anything that a vault may hold. */
    @Test
    void idsThatAllWantTheSamePlaceAreKept() {
        for (long high : new long[] { 0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x03ffffffffffffffL }) {
            IdTable table = IdTable.ofNumbers();
            Map<Long, Integer> numbers = new HashMap<>();
            var random = new SplittableRandom(high);
            for (int i = 0; i < 5000; i++) {
                long low = i % 2 == 0 ? i : random.nextLong() | 1;
                assertEquals(numbers.getOrDefault(low, -1), table.putIfAbsent(id(high, low), 0, i));
                numbers.putIfAbsent(low, i);
            }
            numbers.forEach((low, number) -> assertEquals(number, table.get(id(high, low), 0)));
            assertEquals(numbers.size(), table.size());
        }
    }

    @Test
    void memoryFollowsTheNumberOfIds() {
        var random = new SplittableRandom(3);
        IdTable ids = IdTable.ofIds();
        IdTable numbers = IdTable.ofNumbers();
        double most = 0;
        for (int n = 1; n <= 1_000_000; n++) {
            byte[] id = random(random);
            ids.putIfAbsent(id, 0, 0);
            if (n <= 600_000) {
                numbers.putIfAbsent(id, 0, n);
            }
            if (n >= 600_000 && n % 1000 == 0) {
                most = Math.max(most, (double) ids.heldBytes() / n);
            }
        }
        assertTrue(most <= PER_ID, "an id took " + most + " bytes");
        double withNumber = (double) numbers.heldBytes() / 600_000;
        assertTrue(withNumber <= PER_ID + PER_NUMBER, "an id with its number took " + withNumber + " bytes");
    }

    @Test
    void aSmallTableTakesLittle() {
        IdTable table = IdTable.ofIds();
        assertEquals(0, table.heldBytes());
        var random = new SplittableRandom(4);
        for (int i = 0; i < 10_000; i++) {
            table.putIfAbsent(random(random), 0, 0);
        }
        assertTrue(table.heldBytes() <= 1 << 20, table.heldBytes() + " bytes");
    }

    @Test
    void ofThreadsThatClaimTheSameIdOneWins() throws InterruptedException, ExecutionException {
        int threads = 4;
        int count = 50_000;
        IdTable table = IdTable.ofNumbers();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Integer>> won = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int number = t;
                won.add(pool.submit(() -> {
                    var random = new SplittableRandom(5);
                    int n = 0;
                    for (int i = 0; i < count; i++) {
                        n += table.putIfAbsent(random(random), 0, number) < 0 ? 1 : 0;
                    }
                    return n;
                }));
            }
            int sum = 0;
            for (Future<Integer> future : won) {
                sum += future.get();
            }
            assertEquals(count, sum);
            assertEquals(count, table.size());
        }
    }
}
