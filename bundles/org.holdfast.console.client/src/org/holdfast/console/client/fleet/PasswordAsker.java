package org.holdfast.console.client.fleet;

import org.eclipse.jdt.annotation.Nullable;

/** Asks a person for the password when a vault wants to know that it is still the same person. */
@FunctionalInterface
public interface PasswordAsker {
    /** Nobody is there. */
    PasswordAsker NOBODY = (connection, what, wrong) -> null;

    /**
     * Asks, and waits for the answer. Called on a background thread.
     *
     * @param connection whose password
     * @param what the vault's words for what is about to be done
     * @param wrong whether the one that was given last is wrong
     * @return the password, null when the person does not want to go on
     */
    char @Nullable [] password(SavedConnection connection, String what, boolean wrong);
}
