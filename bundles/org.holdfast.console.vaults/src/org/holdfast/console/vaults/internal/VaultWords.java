package org.holdfast.console.vaults.internal;

import java.util.Locale;

import org.holdfast.api.fleet.Immutability;
import org.holdfast.api.fleet.Redundancy;
import org.holdfast.api.fleet.SoftDelete;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Texts;

/** What is said of a vault. */
public final class VaultWords {
    private final Formats formats;

    /** @param formats of the person */
    public VaultWords(Formats formats) {
        this.formats = formats;
    }

    /** Sizes, counts and times. */
    Formats formats() {
        return formats;
    }

    /** Number of copies. */
    public static String redundancy(Redundancy redundancy) {
        return switch (redundancy) {
            case LOCAL -> Messages.redundancy_local;
            case GEO -> Messages.redundancy_geo;
        };
    }

    /** Whether points can be removed early. */
    public static String immutability(Immutability immutability) {
        return switch (immutability) {
            case OFF -> Messages.immutability_off;
            case ON -> Messages.immutability_on;
            case LOCKED -> Messages.immutability_locked;
        };
    }

    /** For how long deleted data can be brought back. */
    public String softDelete(SoftDelete soft) {
        if (soft.days() == 0) {
            return Messages.softDelete_off;
        }
        return Texts.bind(soft.always() ? Messages.softDelete_always : Messages.softDelete_days,
                formats.count(soft.days()));
    }

    /** What its objects may take up. */
    public String quota(VaultSummary vault) {
        Long quota = vault.quotaBytes();
        return quota == null ? Messages.quota_none : formats.size(quota);
    }

    /** What the filter searches. */
    static String searched(Row<VaultSummary> row) {
        VaultSummary v = row.value();
        return String.join(" ", v.name(), row.session().connection().name(), v.region(), v.subscription(),
                v.resourceGroup()).toLowerCase(Locale.ROOT);
    }
}
