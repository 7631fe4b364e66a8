package org.holdfast.agent.internal.register;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.home.Registration;
import org.holdfast.protocol.people.CompleteRegistration;

/**
 * A registration that is not complete, on disk so that a crash in the middle of it is cleaned up by the next attempt.
 *
 * @param registration as far as it came
 * @param keyStored whether the passphrase at its location was put there by this registration
 * @param completing the last word to the vault, written down before it is said, or null before that
 * @param existing whether the vault knows this machine from before
 */
record PendingRegistration(Registration registration, boolean keyStored, @Nullable CompleteRegistration completing,
        boolean existing) {
    /** File it is kept in. */
    static final String FILE = "registration-pending.json";

    PendingRegistration completing(Registration other, CompleteRegistration lastWord) {
        return new PendingRegistration(other, keyStored, lastWord, existing);
    }

    PendingRegistration keptAt(String location) {
        return new PendingRegistration(registration.keptAt(location), keyStored, completing, existing);
    }

    PendingRegistration withKeyStored() {
        return new PendingRegistration(registration, true, completing, existing);
    }

}
