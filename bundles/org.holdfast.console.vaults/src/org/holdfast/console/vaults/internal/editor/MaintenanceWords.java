package org.holdfast.console.vaults.internal.editor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.pages.Fact;
import org.holdfast.protocol.fleet.CollectionView;
import org.holdfast.protocol.fleet.MaintenancePlan;
import org.holdfast.protocol.fleet.PackDamage;
import org.holdfast.protocol.fleet.ScrubView;
import org.holdfast.protocol.fleet.VaultMaintenance;

/** How a vault is looked after, in words. */
final class MaintenanceWords {
    private final Formats formats;

    MaintenanceWords(Formats formats) {
        this.formats = formats;
    }

    /**
     * What is known.
     *
     * @param plan of the vault server
     * @param state of the vault
     * @param scrubs of its servers, read longest ago first
     * @param damages of it, the newest first
     */
    record Looked(MaintenancePlan plan, VaultMaintenance state, List<ScrubView> scrubs, List<PackDamage> damages) {
        Looked withScrubs(List<ScrubView> other) {
            return new Looked(plan, state, other, damages);
        }

        Looked withDamages(List<PackDamage> other) {
            return new Looked(plan, state, scrubs, other);
        }
    }

    List<Fact> facts(Looked looked, Instant now) {
        MaintenancePlan plan = looked.plan();
        VaultMaintenance state = looked.state();
        List<Fact> all = new ArrayList<>();
        all.add(Fact.of(Messages.maintenance_window, window(plan, state.open())));
        CollectionView last = state.servers().stream().max(Comparator.comparing(CollectionView::ran)).orElse(null);
        all.add(new Fact(Messages.maintenance_last, state.collecting() ? Messages.maintenance_runsNow
                : last == null ? Messages.maintenance_never
                        : NLS.bind(Messages.maintenance_lastText, formats.time(last.ran()),
                                formats.size(freed(state, last.ran()))),
                state.collecting() ? Icon.REFRESH : null));
        all.add(Fact.of(Messages.maintenance_freedSoFar, state.servers().isEmpty() ? Messages.none
                : NLS.bind(Messages.maintenance_freedSince, formats.size(state.freedTotal()), formats.date(
                        state.servers().stream().map(CollectionView::since).min(Comparator.naturalOrder())
                                .orElse(now)))));
        all.add(Fact.of(Messages.maintenance_collectBudget, budget(plan.collectBytes(), state.collectedToday())));
        all.add(Fact.of(Messages.maintenance_scrubBudget, budget(plan.scrubBytes(), state.scrubbedToday())));
        coverage(all, looked, now);
        long hurt = looked.damages().stream().filter(d -> d.healed() == null).count();
        all.add(new Fact(Messages.maintenance_damagedPacks, hurt == 0 ? Messages.maintenance_noDamage
                : Texts.bind(Messages.maintenance_hurtText, formats.count(hurt), formats.count(looked.damages()
                        .stream().filter(d -> d.healed() == null).map(PackDamage::serverId).distinct().count())),
                hurt == 0 ? Icon.COMPLETED : Icon.ERROR));
        return all;
    }

    /** What the collections of one round freed together: those within an hour of the last one. */
    private static long freed(VaultMaintenance state, Instant last) {
        return state.servers().stream().filter(c -> c.ran().isAfter(last.minus(Duration.ofHours(1))))
                .mapToLong(CollectionView::bytesFreed).sum();
    }

    private void coverage(List<Fact> all, Looked looked, Instant now) {
        int days = looked.plan().scrubDays();
        Instant from = now.minus(Duration.ofDays(days));
        List<ScrubView> scrubs = looked.scrubs();
        long read = scrubs.stream().filter(s -> s.lastBegan() != null && !s.lastBegan().isBefore(from)).count();
        String text = scrubs.isEmpty() ? Messages.maintenance_nothingStored
                : NLS.bind(Messages.maintenance_coverageText, new Object[] { formats.count(read),
                        formats.count(scrubs.size()), formats.count(days) });
        all.add(new Fact(Messages.maintenance_coverage, looked.state().scrubbing()
                ? text + ' ' + Messages.maintenance_readsNow
                : text,
                looked.state().scrubbing() ? Icon.REFRESH : read == scrubs.size() ? Icon.COMPLETED : Icon.WARNINGS));
        ScrubView oldest = scrubs.stream().min(Comparator.comparing(ScrubView::lastBegan,
                Comparator.nullsFirst(Comparator.naturalOrder()))).orElse(null);
        all.add(Fact.of(Messages.maintenance_oldest, oldest == null ? Messages.none
                : oldest.lastBegan() == null ? NLS.bind(Messages.maintenance_oldestNever, oldest.server())
                        : NLS.bind(Messages.maintenance_oldestText, oldest.server(),
                                formats.time(oldest.lastBegan()))));
    }

    private static String window(MaintenancePlan plan, boolean open) {
        if (plan.from() == null || plan.to() == null) {
            return Messages.maintenance_allDay;
        }
        return NLS.bind(open ? Messages.maintenance_windowOpen : Messages.maintenance_windowClosed,
                new Object[] { plan.from(), plan.to(), plan.zone().isEmpty() ? "UTC" : plan.zone() });
    }

    private String budget(@Nullable Long most, long today) {
        return most == null ? NLS.bind(Messages.maintenance_noBudget, formats.size(today))
                : NLS.bind(Messages.maintenance_budget, formats.size(most), formats.size(today));
    }

    String readSince(@Nullable ScrubView scrub) {
        return scrub == null || scrub.lastBegan() == null ? Messages.maintenance_notYet
                : formats.time(scrub.lastBegan());
    }

    String underWay(@Nullable ScrubView scrub) {
        return scrub == null || scrub.began() == null ? ""
                : NLS.bind(Messages.maintenance_underWay, formats.time(scrub.began()), formats.size(scrub.bytes()));
    }

    long packs(ScrubView scrub) {
        return scrub.lastEnded() == null ? scrub.packs() : scrub.lastPacks();
    }

    static String problem(PackDamage damage) {
        return switch (damage.problem()) {
            case "object-damaged" -> Messages.problem_damaged;
            case "object-missing" -> Messages.problem_missing;
            case "store-unavailable" -> Messages.problem_unreadable;
            default -> damage.problem();
        };
    }
}
