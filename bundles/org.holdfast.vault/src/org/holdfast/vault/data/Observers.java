package org.holdfast.vault.data;

import java.util.List;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells observers, whatever they do. */
final class Observers {
    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    private Observers() {
    }

    static void tell(List<DataObserver> observers, Consumer<DataObserver> what) {
        for (DataObserver observer : observers) {
            try {
                what.accept(observer);
            } catch (RuntimeException e) {
                LOG.warn("an observer of the data path failed", e);
            }
        }
    }
}
