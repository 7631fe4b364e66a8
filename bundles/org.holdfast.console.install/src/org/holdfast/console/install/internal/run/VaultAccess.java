package org.holdfast.console.install.internal.run;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.VaultSide;
import org.holdfast.protocol.people.CredentialsFile;

/** The vault that servers are registered with. Calls may block and fail with a {@code HoldfastException}. */
public interface VaultAccess {
    /** Name of the vault. */
    String name();

    /**
     * Gives out a vault credentials file.
     *
     * @param servers how many servers it registers
     * @param days for how long it counts
     * @param policy that they start with, or null for the vault's default
     * @param tags that they get
     */
    CredentialsFile issue(int servers, int days, @Nullable String policy, List<String> tags);

    /** Makes a file worthless that {@link #issue} gave out. */
    void revoke(CredentialsFile file);

    /** The vault as those see it who install. */
    VaultSide side();
}
