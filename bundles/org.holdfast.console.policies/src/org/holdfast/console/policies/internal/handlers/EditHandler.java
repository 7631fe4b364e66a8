package org.holdfast.console.policies.internal.handlers;

import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.Row;
import org.holdfast.console.policies.internal.PolicyEditor;

/** Opens the editor on the selected policy. */
public final class EditHandler extends PolicyHandler.OfOne {
    @Override
    void run(Scene scene, Row<VaultPolicy> policy) {
        PolicyEditor.edit(scene.shell(), scene.words(), policy);
    }
}
