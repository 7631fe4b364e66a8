package org.holdfast.console.monitor.internal;

import jakarta.inject.Inject;

import org.eclipse.e4.core.di.annotations.Creatable;
import org.eclipse.e4.core.di.annotations.Optional;
import org.eclipse.ui.menus.IMenuService;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.ui.PartSite;

/** What surrounds a part with jobs and alerts. */
@Creatable
public final class MonitorSite extends PartSite<MonitorSelection> {
    /** Called by the workbench. */
    @Inject
    public MonitorSite(VaultConnections connections, MonitorSelection selection, @Optional IMenuService menus) {
        super(connections, selection, menus);
    }
}
