package org.holdfast.agent.internal.register;

import org.holdfast.agent.internal.home.Registration;

/**
 * A registration that is not complete, on disk so that a crash in the middle of it is cleaned up by the next attempt.
 *
 * @param registration as far as it came
 * @param keyStored whether the passphrase at its location was put there by this registration
 */
record PendingRegistration(Registration registration, boolean keyStored) {
    /** File it is kept in. */
    static final String FILE = "registration-pending.json";

    PendingRegistration with(Registration other) {
        return new PendingRegistration(other, keyStored);
    }

    PendingRegistration withKeyStored() {
        return new PendingRegistration(registration, true);
    }

}
