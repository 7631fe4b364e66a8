package org.holdfast.agent.internal.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.EnumSet;

import org.holdfast.api.policy.Bandwidth;
import org.holdfast.api.policy.Policy;
import org.holdfast.upload.Throttle;
import org.junit.jupiter.api.Test;

class RatesTest {
    private static Policy policy(Bandwidth bandwidth) {
        Policy p = Policy.standard("x");
        return new Policy(p.name(), 1, "", p.items(), p.exclusions(), null, p.retention(), bandwidth, null, null, 0,
                p.changeDetection(), false, 0, null);
    }

    private static Bandwidth office(boolean restores) {
        return new Bandwidth(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), LocalTime.of(9, 0), LocalTime.of(18, 0),
                512_000, 8_000_000, restores);
    }

    private static Rates at(String time, Policy policy) {
        return new Rates(() -> policy, Clock.fixed(Instant.parse(time), ZoneOffset.UTC), ZoneOffset.UTC);
    }

    @Test
    void theCalendarOfThePolicyHolds() {
        assertEquals(512_000, at("2027-03-01T10:00:00Z", policy(office(false))).bitsPerSecond());
        assertEquals(8_000_000, at("2027-03-01T20:00:00Z", policy(office(false))).bitsPerSecond());
        assertEquals(8_000_000, at("2027-03-06T10:00:00Z", policy(office(false))).bitsPerSecond());
        assertEquals(0, at("2027-03-01T10:00:00Z", policy(Bandwidth.NONE)).bitsPerSecond());
        assertEquals(0, at("2027-03-01T10:00:00Z", null).bitsPerSecond());
    }

    @Test
    void restoresAreFreeUnlessSomebodySaysOtherwise() {
        var free = at("2027-03-01T10:00:00Z", policy(office(false)));
        assertSame(Throttle.NONE, free.restoring(false));
        assertSame(free.sending(), free.restoring(true));
        var bound = at("2027-03-01T10:00:00Z", policy(office(true)));
        assertSame(bound.sending(), bound.restoring(false));
    }
}
