package org.holdfast.console.policies.internal.handlers;

import org.eclipse.core.commands.ExecutionEvent;
import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.Row;
import org.holdfast.console.policies.PoliciesIds;
import org.holdfast.console.policies.internal.PolicyEditor;

/** Opens the editor on the policy that its parameters name. */
public final class OpenHandler extends PolicyHandler {
    @Override
    void run(Scene scene, ExecutionEvent event) {
        String connection = event.getParameter(PoliciesIds.OPEN_CONNECTION);
        String key = event.getParameter(PoliciesIds.OPEN_VAULT) + '/' + event.getParameter(PoliciesIds.OPEN_POLICY);
        scene.connections().sessions().stream().filter(s -> s.connection().id().equals(connection)).findFirst()
                .ifPresent(session -> {
                    VaultPolicy policy = session.live().policies().get(key);
                    if (policy != null) {
                        PolicyEditor.edit(scene.shell(), scene.words(), new Row<>(session, policy));
                    }
                });
    }
}
