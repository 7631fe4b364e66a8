package org.holdfast.console.policies.internal.handlers;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.commands.ExecutionEvent;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.policies.internal.PolicyEditor;
import org.holdfast.console.policies.internal.VaultPlace;

/** Opens the editor on a new policy, in the vault of the selected one. */
public final class NewHandler extends PolicyHandler {
    @Override
    void run(Scene scene, ExecutionEvent event) {
        List<VaultPlace> places = new ArrayList<>(scene.places());
        scene.selected().stream().map(r -> new VaultPlace(r.session(), r.value().vault())).filter(places::contains)
                .findFirst().ifPresent(place -> {
                    places.remove(place);
                    places.addFirst(place);
                });
        if (!places.isEmpty()) {
            PolicyEditor.create(scene.shell(), scene.words(), places, Policy.standard(""));
        }
    }
}
