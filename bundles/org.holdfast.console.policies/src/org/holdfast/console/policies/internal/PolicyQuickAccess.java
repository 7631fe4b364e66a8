package org.holdfast.console.policies.internal;

import java.util.Map;

import org.eclipse.osgi.util.NLS;
import org.holdfast.console.client.fleet.LiveFleet;
import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.Row;
import org.holdfast.console.policies.PoliciesIds;
import org.holdfast.console.ui.Commands;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.RowQuickAccess;

/** Finds policies in the quick access of the workbench, by all that the part with the policies finds them by. */
public final class PolicyQuickAccess extends RowQuickAccess<VaultPolicy> {
    private static final int MOST = 30;

    private final PolicyWords words = new PolicyWords(Formats.local());

    /** Called by the workbench. */
    public PolicyQuickAccess() {
        super(MOST, LiveFleet::policies);
    }

    @Override
    protected String name(VaultPolicy policy) {
        return policy.policy().name();
    }

    @Override
    protected String searched(Row<VaultPolicy> row) {
        return words.searched(row);
    }

    @Override
    protected String label(Row<VaultPolicy> row) {
        return NLS.bind(Messages.quick_policy, new Object[] { row.value().policy().name(), row.value().vault(),
                row.session().connection().name() });
    }

    @Override
    protected Icon icon(Row<VaultPolicy> row) {
        return Icon.POLICY;
    }

    @Override
    protected String key(VaultPolicy policy) {
        return policy.key();
    }

    @Override
    protected void open(Row<VaultPolicy> row) {
        Commands.run(PoliciesIds.OPEN, Map.of(PoliciesIds.OPEN_CONNECTION, row.session().connection().id(),
                PoliciesIds.OPEN_VAULT, row.value().vault(), PoliciesIds.OPEN_POLICY, row.value().policy().name()));
    }
}
