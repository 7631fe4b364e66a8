package org.holdfast.console.policies.internal.handlers;

import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.Row;
import org.holdfast.console.policies.internal.PolicyActions;

/** Assigns the selected policy to servers. */
public final class AssignHandler extends PolicyHandler.OfOne {
    @Override
    void run(Scene scene, Row<VaultPolicy> policy) {
        new PolicyActions(scene.shell(), scene.words()).assign(policy);
    }
}
