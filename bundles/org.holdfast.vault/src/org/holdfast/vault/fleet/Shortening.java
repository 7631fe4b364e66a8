package org.holdfast.vault.fleet;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.Immutability;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.fleet.VaultRow;

/** What nobody may do in a vault that is immutable: let points go earlier than was promised. */
final class Shortening {
    private Shortening() {
    }

    /**
     * Looks at a change of the rule for some points.
     *
     * @throws Refusal of kind CONFLICT (code {@code vault-immutable}) when the vault is immutable and any count shrinks
     */
    static void check(VaultRow vault, @Nullable RetentionRule before, @Nullable RetentionRule after) {
        // Without a policy nothing removes points.
        if (before == null || after == null || vault.immutability().equals(Wire.of(Immutability.OFF))) {
            return;
        }
        if (after.last() < before.last() || after.daily() < before.daily() || after.weekly() < before.weekly()
                || after.monthly() < before.monthly() || after.yearly() < before.yearly()) {
            throw new Refusal(Kind.CONFLICT, "vault-immutable",
                    "The vault is immutable: recovery points cannot be kept for less time.",
                    "Keep at least as many by each rule, or make a new policy for new servers.", "retention");
        }
    }
}
