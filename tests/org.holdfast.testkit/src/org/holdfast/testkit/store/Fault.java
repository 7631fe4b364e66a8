package org.holdfast.testkit.store;

import java.io.IOException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A way to go wrong. */
sealed interface Fault {
    /** Does what becomes of a call. */
    <T> T meet(FaultyStore store, FaultyStore.Action<T> action) throws IOException;

    record Fail(FaultyStore.When when, Supplier<IOException> failure) implements Fault {
        @Override
        public <T> T meet(FaultyStore store, FaultyStore.Action<T> action) throws IOException {
            if (when == FaultyStore.When.AFTER) {
                action.run();
            }
            throw failure.get();
        }
    }

    record Delay(FaultyStore.When when, Gate gate) implements Fault {
        @Override
        public <T> T meet(FaultyStore store, FaultyStore.Action<T> action) throws IOException {
            if (when == FaultyStore.When.BEFORE) {
                gate.pass();
                store.requirePower();
                return action.run();
            }
            T result = action.run();
            gate.pass();
            return result;
        }
    }

    record Tear() implements Fault {
        @Override
        public <T> T meet(FaultyStore store, FaultyStore.Action<T> action) throws IOException {
            action.half();
            throw new IOException("Made to break off in the middle");
        }
    }

    record Lie(UnaryOperator<byte[]> damage) implements Fault {
        @Override
        public <T> T meet(FaultyStore store, FaultyStore.Action<T> action) throws IOException {
            return action.damaged(damage);
        }
    }

    record Twice() implements Fault {
        @Override
        public <T> T meet(FaultyStore store, FaultyStore.Action<T> action) throws IOException {
            action.run();
            return action.again();
        }
    }

    record PowerCut(FaultyStore.When when) implements Fault {
        @Override
        public <T> T meet(FaultyStore store, FaultyStore.Action<T> action) throws IOException {
            try {
                if (when == FaultyStore.When.AFTER) {
                    action.run();
                }
            } finally {
                store.cutPower();
            }
            throw new IOException("The power is cut");
        }
    }
}
