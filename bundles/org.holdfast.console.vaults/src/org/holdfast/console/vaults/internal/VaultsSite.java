package org.holdfast.console.vaults.internal;

import jakarta.inject.Inject;

import org.eclipse.e4.core.di.annotations.Creatable;
import org.eclipse.e4.core.di.annotations.Optional;
import org.eclipse.ui.menus.IMenuService;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.ui.PartSite;

/** What surrounds a part with vaults. */
@Creatable
public final class VaultsSite extends PartSite<VaultSelection> {
    /** Called by the workbench. */
    @Inject
    public VaultsSite(VaultConnections connections, VaultSelection selection, @Optional IMenuService menus) {
        super(connections, selection, menus);
    }
}
