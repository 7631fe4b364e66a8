package org.holdfast.store.vault;

/** Keeps transfers to a rate. Thread-safe. */
@FunctionalInterface
public interface Pace {
    /** As fast as it goes. */
    Pace NONE = bytes -> {
    };

    /**
     * Waits until so many bytes may pass.
     *
     * @param bytes from 1
     */
    void acquire(int bytes) throws InterruptedException;
}
