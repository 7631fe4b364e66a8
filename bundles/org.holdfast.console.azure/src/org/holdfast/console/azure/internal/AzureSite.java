package org.holdfast.console.azure.internal;

import jakarta.inject.Inject;

import org.eclipse.e4.core.di.annotations.Creatable;
import org.holdfast.console.client.fleet.VaultConnections;

/** What surrounds a part. */
@Creatable
public final class AzureSite {
    private final AzureTasks tasks;
    private final VaultConnections connections;

    /** Called by the workbench, or by a test. */
    @Inject
    public AzureSite(AzureTasks tasks, VaultConnections connections) {
        this.tasks = tasks;
        this.connections = connections;
    }

    AzureTasks tasks() {
        return tasks;
    }

    VaultConnections connections() {
        return connections;
    }
}
