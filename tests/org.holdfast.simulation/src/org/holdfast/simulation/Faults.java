package org.holdfast.simulation;

import java.util.SplittableRandom;

/** What goes wrong at a call, by the seed. Many runs go without, in the others it is the one thing or the other. */
final class Faults {
    private final SplittableRandom random;
    private final int failing;
    private final int lost;
    private final int twice;
    private final int crashing;
    private boolean off;

    /** What may become of a call. */
    enum Fault {
        NONE, FAILS, LOST, TWICE, CRASH_BEFORE, CRASH_AFTER
    }

    Faults(SplittableRandom random) {
        this.random = random;
        boolean quiet = random.nextInt(100) < 25;
        failing = quiet ? 0 : rate(60, 8);
        lost = quiet ? 0 : rate(60, 8);
        twice = quiet ? 0 : rate(30, 10);
        crashing = quiet ? 0 : rate(60, 5);
    }

    private int rate(int percent, int most) {
        return random.nextInt(100) < percent ? 1 + random.nextInt(most) : 0;
    }

    void off() {
        off = true;
    }

    /** The next one; rates are of a thousand calls. */
    Fault next() {
        if (off) {
            return Fault.NONE;
        }
        int dice = random.nextInt(1000);
        if ((dice -= failing) < 0) {
            return Fault.FAILS;
        }
        if ((dice -= lost) < 0) {
            return Fault.LOST;
        }
        if ((dice -= twice) < 0) {
            return Fault.TWICE;
        }
        if ((dice -= crashing) < 0) {
            return random.nextBoolean() ? Fault.CRASH_BEFORE : Fault.CRASH_AFTER;
        }
        return Fault.NONE;
    }

    boolean chance(int percent) {
        return !off && random.nextInt(100) < percent;
    }
}
