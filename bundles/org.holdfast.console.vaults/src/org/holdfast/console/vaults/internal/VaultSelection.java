package org.holdfast.console.vaults.internal;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.Observers;
import org.holdfast.console.model.Row;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The vaults that are selected in the console. To be used on the user interface thread. */
@Component(service = VaultSelection.class)
public final class VaultSelection {
    private final Observers<List<Row<VaultSummary>>> changes = new Observers<>();
    private final Observers<Row<VaultSummary>> reveals = new Observers<>();
    private List<Row<VaultSummary>> rows = List.of();
    private @Nullable Row<VaultSummary> wanted;

    /** Nothing is selected. */
    @Activate
    public VaultSelection() {
        // nothing to prepare
    }

    /** What is selected. */
    public List<Row<VaultSummary>> rows() {
        return rows;
    }

    /** Told after that has changed. */
    public Observers<List<Row<VaultSummary>>> changes() {
        return changes;
    }

    /** Selects. */
    public void set(List<Row<VaultSummary>> selected) {
        if (!rows.equals(selected)) {
            rows = List.copyOf(selected);
            changes.fire(rows);
        }
    }

    /** Asks the list to show and select a vault, also one that it has not heard of yet. */
    public void reveal(Row<VaultSummary> vault) {
        wanted = vault;
        reveals.fire(vault);
    }

    /** Told when somebody asks for that. */
    Observers<Row<VaultSummary>> reveals() {
        return reveals;
    }

    /** What was asked for while nobody listened, once; null for nothing. */
    @Nullable
    Row<VaultSummary> takeWanted() {
        Row<VaultSummary> result = wanted;
        wanted = null;
        return result;
    }
}
