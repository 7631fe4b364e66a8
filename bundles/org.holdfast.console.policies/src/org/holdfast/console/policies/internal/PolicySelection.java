package org.holdfast.console.policies.internal;

import java.util.List;

import org.holdfast.console.client.Observers;
import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.Row;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The policies that are selected in the console. To be used on the user interface thread. */
@Component(service = PolicySelection.class)
public final class PolicySelection {
    private final Observers<List<Row<VaultPolicy>>> changes = new Observers<>();
    private List<Row<VaultPolicy>> rows = List.of();

    /** Nothing is selected. */
    @Activate
    public PolicySelection() {
        // nothing to prepare
    }

    /** What is selected. */
    public List<Row<VaultPolicy>> rows() {
        return rows;
    }

    /** Told after that has changed. */
    public Observers<List<Row<VaultPolicy>>> changes() {
        return changes;
    }

    /** Selects. */
    public void set(List<Row<VaultPolicy>> selected) {
        if (!rows.equals(selected)) {
            rows = List.copyOf(selected);
            changes.fire(rows);
        }
    }
}
