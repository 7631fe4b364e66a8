package org.holdfast.client;

import org.eclipse.jdt.annotation.Nullable;

/** Where security PINs come from when the vault wants one for something critical. */
@FunctionalInterface
public interface PinSource {
    /** Nobody has any. */
    PinSource NONE = (client, what) -> null;

    /**
     * A PIN for a call that was refused; may ask a person and wait.
     *
     * @param client may be used to get one ({@link VaultClient#securityPin})
     * @param what the vault's words for what is about to be done
     * @return null for none: the call fails with the refusal
     */
    @Nullable
    String pin(VaultClient client, String what);
}
