package org.holdfast.console.vaults.internal.editor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.eclipse.osgi.util.NLS;
import org.holdfast.api.fleet.SoftDelete;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.pages.Fact;
import org.holdfast.protocol.fleet.DeletedPoint;
import org.holdfast.protocol.fleet.VaultProtection;

/** What stands between a vault and whoever wants its data gone, in words. */
final class ProtectionWords {
    /** Who is said to have deleted what was over. */
    static final String RETENTION = "retention";

    private final Formats formats;

    ProtectionWords(Formats formats) {
        this.formats = formats;
    }

    static String by(DeletedPoint point) {
        return point.deletedBy().equals(RETENTION) ? Messages.protection_byRetention : point.deletedBy();
    }

    List<Fact> facts(VaultSummary v, VaultProtection p) {
        boolean frozen = p.clock().frozen() != null;
        return List.of(
                new Fact(Messages.protection_immutability, immutability(v), switch (v.immutability()) {
                    case OFF -> Icon.WARNINGS;
                    case ON, LOCKED -> Icon.COMPLETED;
                }),
                new Fact(Messages.protection_soft, soft(v.softDelete(), p.clock().now()),
                        v.softDelete().days() == 0 ? Icon.WARNINGS : Icon.COMPLETED),
                Fact.of(Messages.protection_changing, changing(v)),
                new Fact(Messages.protection_second, p.secondPerson() ? Messages.protection_secondYes
                        : Messages.protection_secondNo, p.secondPerson() ? Icon.COMPLETED : Icon.WARNINGS),
                new Fact(Messages.protection_clock, frozen
                        ? NLS.bind(Messages.protection_clockFrozen, formats.time(p.clock().frozen()),
                                p.clock().reason())
                        : NLS.bind(Messages.protection_clockTrusted, formats.time(p.clock().now())),
                        frozen ? Icon.ERROR : Icon.COMPLETED),
                Fact.of(Messages.protection_back, p.deleted() == 0 ? Messages.protection_nothing
                        : Texts.bind(Messages.protection_backText, formats.count(p.deleted()),
                                formats.count(p.deletedByPeople()), formats.size(p.deletedBytes()),
                                p.nextPurge() == null ? "" : formats.time(p.nextPurge()))));
    }

    private static String immutability(VaultSummary v) {
        return switch (v.immutability()) {
            case OFF -> Messages.protection_immutabilityOff;
            case ON -> Messages.protection_immutabilityOn;
            case LOCKED -> Messages.protection_immutabilityLocked;
        };
    }

    private String soft(SoftDelete soft, Instant now) {
        return soft.days() == 0 ? Messages.protection_softOff
                : NLS.bind(Messages.protection_softOn, formats.count(soft.days()),
                        formats.date(now.plus(Duration.ofDays(soft.days()))));
    }

    private static String changing(VaultSummary v) {
        return v.softDelete().always() ? Messages.protection_changingAlways : Messages.protection_changingText;
    }

    /** How what is deleted comes back. */
    String wayBack(VaultSummary v) {
        return v.softDelete().days() == 0 ? Messages.protection_noWayBack
                : NLS.bind(Messages.protection_wayBack, formats.count(v.softDelete().days()));
    }
}
