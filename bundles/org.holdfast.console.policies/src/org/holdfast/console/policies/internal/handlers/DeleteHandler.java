package org.holdfast.console.policies.internal.handlers;

import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.Row;
import org.holdfast.console.policies.internal.PolicyActions;

/** Deletes the selected policy. */
public final class DeleteHandler extends PolicyHandler.OfOne {
    @Override
    void run(Scene scene, Row<VaultPolicy> policy) {
        new PolicyActions(scene.shell(), scene.words()).delete(policy);
    }
}
