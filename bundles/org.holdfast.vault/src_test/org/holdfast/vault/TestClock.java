package org.holdfast.vault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. */
public final class TestClock extends Clock {

    private final AtomicReference<Instant> now;

    /** A clock that shows that time. */
    public TestClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    /** A clock that shows some time. */
    public TestClock() {
        this(Instant.parse("2026-11-23T07:00:00Z"));
    }

    /** Moves it, forwards or back. */
    public void advance(Duration by) {
        now.updateAndGet(time -> time.plus(by));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
