package org.holdfast.upload;

/** Slows a transfer down. Thread-safe; shared by all transfers that are to keep to one rate together. */
@FunctionalInterface
public interface Throttle {
    /** Lets everything pass at once. */
    Throttle NONE = bytes -> {
    };

    /**
     * Waits until so many bytes may be sent. Callers ask for small pieces (16 to 64 KiB), so that a change of the rate
     * holds soon and several transfers share it fairly.
     *
     * @param bytes about to be sent, from 1
     * @throws InterruptedException when the thread was interrupted while it waited
     */
    void acquire(int bytes) throws InterruptedException;
}
