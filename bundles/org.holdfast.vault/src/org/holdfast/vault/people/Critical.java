package org.holdfast.vault.people;

import java.util.concurrent.Callable;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What is critical: it destroys data, or makes that possible for one person alone. Whoever is about to do such a thing
 * says so here, in words, before anything is changed; whether another person has to approve it first is known to the
 * call that it is part of. Outside of the calls of people nothing has to be approved.
 */
public final class Critical {
    private static final ScopedValue<Gate> GATE = ScopedValue.newInstance();
    private static final int LONGEST = 1000;

    private Critical() {
    }

    /** Decides whether something may be done now. */
    @FunctionalInterface
    interface Gate {
        /** Throws {@link Needed} when it may not. */
        void pass(String what);
    }

    /**
     * Says what is about to be done.
     *
     * @param what in words that name all that matters: an approval is for exactly that
     */
    public static void require(String what) {
        if (GATE.isBound()) {
            GATE.get().pass(what.length() > LONGEST ? what.substring(0, LONGEST) : what);
        }
    }

    /** Does something during which a gate decides. */
    static <T extends @Nullable Object> T call(Gate gate,
            Callable<T> work) throws Exception {
        return ScopedValue.where(GATE, gate).call(work::call);
    }

    /** Somebody else has to approve it first. */
    static final class Needed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String what;

        Needed(String what) {
            super(what, null, false, false);
            this.what = what;
        }

        String what() {
            return what;
        }
    }
}
