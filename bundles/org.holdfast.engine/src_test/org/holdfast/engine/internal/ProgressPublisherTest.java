package org.holdfast.engine.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.holdfast.api.Phase;
import org.holdfast.api.Progress;
import org.holdfast.api.ProgressSink;
import org.junit.jupiter.api.Test;

class ProgressPublisherTest {
    private final AtomicLong bytes = new AtomicLong();
    private final List<Progress> seen = Collections.synchronizedList(new ArrayList<>());

    @Test
    void publishesAgainAndAgainAndTheLastStateAtTheEnd() throws InterruptedException {
        var three = new CountDownLatch(3);
        ProgressSink sink = p -> {
            seen.add(p);
            three.countDown();
        };
        try (var publisher = new ProgressPublisher(sink, this::parts)) {
            assertTrue(three.await(30, TimeUnit.SECONDS));
            bytes.set(42);
        }
        Progress last = seen.get(seen.size() - 1);
        assertEquals(42, last.bytes());
        assertEquals(100, last.bytesTotal());
        assertEquals(Phase.TRANSFERRING, last.phase());
        assertEquals("x", last.current());
    }

    @Test
    void saysNothingAfterClose() {
        new ProgressPublisher(seen::add, this::parts).close();
        int count = seen.size();
        bytes.set(7);
        assertTrue(count >= 1);
        assertEquals(count, seen.size());
        assertEquals(0, seen.get(count - 1).bytes());
    }

    @Test
    void closingTwiceIsHarmlessAndNobodyListeningCostsNoThread() {
        var publisher = new ProgressPublisher(ProgressSink.NONE, this::parts);
        publisher.close();
        publisher.close();
    }

    private ProgressPublisher.Parts parts() {
        return new ProgressPublisher.Parts(Phase.TRANSFERRING, 1, 2, bytes.get(), 100, 0, 0, "x");
    }
}
