package org.holdfast.console.policies.internal;

import jakarta.inject.Inject;

import org.eclipse.e4.core.di.annotations.Creatable;
import org.eclipse.e4.core.di.annotations.Optional;
import org.eclipse.ui.menus.IMenuService;
import org.holdfast.console.client.fleet.VaultConnections;
import org.holdfast.console.ui.PartSite;

/** What surrounds a part with policies. */
@Creatable
public final class PoliciesSite extends PartSite<PolicySelection> {
    /** Called by the workbench. */
    @Inject
    public PoliciesSite(VaultConnections connections, PolicySelection selection, @Optional IMenuService menus) {
        super(connections, selection, menus);
    }
}
