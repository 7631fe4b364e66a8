package org.holdfast.console.install.internal.run;

import java.util.Arrays;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.install.AgentPackage;
import org.holdfast.agent.install.InstallPlan.Options;
import org.holdfast.agent.install.SshAccess;

/**
 * Everything that holds for all hosts of a registration.
 *
 * @param vault to register with
 * @param access the way onto hosts; its secrets are wiped by {@link #wipe}
 * @param agent the package
 * @param options the rest
 * @param days for how long the vault credentials file counts that is made for these hosts
 */
public record Order(VaultAccess vault, SshAccess access, AgentPackage agent, Options options, int days) {
    /** The package as those want it who take several. */
    public List<AgentPackage> packages() {
        return List.of(agent);
    }

    /** Forgets all secrets. */
    public void wipe() {
        wipe(access.password());
        wipe(access.sudoPassword());
        if (options.proxy() != null) {
            wipe(options.proxy().password());
        }
    }

    private static void wipe(char @Nullable [] secret) {
        if (secret != null) {
            Arrays.fill(secret, '\0');
        }
    }

    /** Hides the secrets. */
    @Override
    public String toString() {
        return "Order[" + vault.name() + ", " + access + "]";
    }
}
