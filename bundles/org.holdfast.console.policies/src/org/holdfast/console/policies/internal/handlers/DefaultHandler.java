package org.holdfast.console.policies.internal.handlers;

import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.Row;
import org.holdfast.console.policies.internal.PolicyActions;

/** Makes the selected policy the default of its vault. */
public final class DefaultHandler extends PolicyHandler.OfOne {
    @Override
    void run(Scene scene, Row<VaultPolicy> policy) {
        new PolicyActions(scene.shell(), scene.words()).makeDefault(policy);
    }
}
