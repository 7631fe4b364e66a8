package org.holdfast.console.policies.internal.handlers;

import org.eclipse.core.commands.ExecutionEvent;
import org.holdfast.console.client.fleet.FleetSession;

/** Reads everything anew; vault servers that are not connected are tried at once. */
public final class RefreshHandler extends PolicyHandler {
    @Override
    void run(Scene scene, ExecutionEvent event) {
        scene.connections().sessions().forEach(FleetSession::refresh);
    }
}
