package org.holdfast.scheduling.schedule;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.CRC32C;

/**
 * Spreads the runs of a fleet. The offset is a function of the server alone, so that a server's backups stay as far
 * apart as the schedule says.
 */
public final class Jitter {
    private static final double RANGE = 1L << 32;

    private Jitter() {
    }

    /**
     * A server's offset.
     *
     * @param key id of the server
     * @param limit longest offset, not reached
     * @return from zero, in whole seconds
     */
    public static Duration of(String key, Duration limit) {
        var sum = new CRC32C();
        sum.update(key.getBytes(StandardCharsets.UTF_8));
        return Duration.ofSeconds((long) (sum.getValue() / RANGE * limit.toSeconds()));
    }
}
