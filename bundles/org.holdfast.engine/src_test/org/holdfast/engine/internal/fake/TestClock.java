package org.holdfast.engine.internal.fake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands until it is moved. Thread-safe. */
public final class TestClock extends Clock {
    private volatile Instant now;

    /** @param now what it shows at first */
    public TestClock(Instant now) {
        this.now = now;
    }

    /** Moves it on, or back. */
    public synchronized void move(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
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
