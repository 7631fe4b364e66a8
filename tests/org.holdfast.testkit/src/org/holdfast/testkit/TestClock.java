package org.holdfast.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * A clock that a test moves. Clocks that were made from one another by {@link #withZone} show the same time, whichever
 * of them is moved. Thread-safe.
 */
public final class TestClock extends Clock {
    private final Clock base;
    private final AtomicReference<Duration> offset;
    private final ZoneId zone;

    private TestClock(Clock base, AtomicReference<Duration> offset, ZoneId zone) {
        this.base = base;
        this.offset = offset;
        this.zone = zone;
    }

    /** A clock that stands until it is moved, in UTC. */
    public static TestClock at(Instant start) {
        return new TestClock(fixed(start, ZoneOffset.UTC), new AtomicReference<>(Duration.ZERO), ZoneOffset.UTC);
    }

    /** A clock that stands at some time, the same in every run, until it is moved. */
    public static TestClock still() {
        return at(Instant.parse("2026-11-23T07:00:00Z"));
    }

    /** A clock that shows the present time and runs; moved, it runs on from there. */
    public static TestClock running() {
        return new TestClock(systemUTC(), new AtomicReference<>(Duration.ZERO), ZoneOffset.UTC);
    }

    /** Moves it on, or back when the duration is negative. */
    public void advance(Duration by) {
        move(now -> now.plus(by));
    }

    /** Lets it show that time. */
    public void set(Instant now) {
        move(ignored -> now);
    }

    private void move(UnaryOperator<Instant> to) {
        offset.updateAndGet(by -> {
            Instant now = base.instant();
            return Duration.between(now, to.apply(now.plus(by)));
        });
    }

    @Override
    public Instant instant() {
        return base.instant().plus(offset.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new TestClock(base, offset, other);
    }
}
