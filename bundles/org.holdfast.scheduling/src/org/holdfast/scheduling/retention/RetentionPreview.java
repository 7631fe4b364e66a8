package org.holdfast.scheduling.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Plays a policy forward: what the points of today and of a schedule become when every planned backup succeeds and
 * retention runs after each. Shows a person what a policy means before it removes anything.
 */
public final class RetentionPreview {
    /**
     * What becomes of a point.
     *
     * @param point the point, planned or present
     * @param planned whether it is from the schedule
     * @param removedAt when retention removes it, or null when it is still there at the end
     * @param reasons what keeps it at the end, or kept it the last time before it is removed; empty when nothing did
     */
    public record Fate(RetentionPoint point, boolean planned, @Nullable Instant removedAt, List<KeepReason> reasons) {
        /** Copies the reasons. */
        public Fate {
            reasons = List.copyOf(reasons);
        }
    }

    private final Retention retention;

    /** @param retention the rules to play */
    public RetentionPreview(Retention retention) {
        this.retention = retention;
    }

    /**
     * Plays the schedule.
     *
     * @param present points that are there
     * @param now the present; retention runs then as well
     * @param group the group of the planned points
     * @param schedule when backups will be made, in any order; times that are not after the present are left out
     * @return one fate for each point, the present ones in their order, then the planned ones in the order of time
     */
    public List<Fate> play(Collection<RetentionPoint> present, Instant now, String group,
            Collection<Instant> schedule) {
        Map<String, Fate> fates = new LinkedHashMap<>();
        List<RetentionPoint> alive = new ArrayList<>(present);
        for (RetentionPoint point : present) {
            fates.put(point.id(), new Fate(point, false, null, List.of()));
        }
        alive = run(alive, now, fates);
        for (Instant time : schedule.stream().filter(it -> it.isAfter(now)).sorted().distinct().toList()) {
            // A space is in no id of a real point, and an ISO instant is unique here.
            RetentionPoint planned = new RetentionPoint("planned " + time, time, group, true, null);
            fates.put(planned.id(), new Fate(planned, true, null, List.of()));
            alive.add(planned);
            alive = run(alive, time, fates);
        }
        return List.copyOf(fates.values());
    }

    private List<RetentionPoint> run(List<RetentionPoint> alive, Instant now, Map<String, Fate> fates) {
        List<RetentionPoint> kept = new ArrayList<>();
        for (RetentionDecision decision : retention.decide(alive, now)) {
            RetentionPoint point = decision.point();
            fates.computeIfPresent(point.id(), (id, fate) -> new Fate(point, fate.planned(),
                    decision.keep() ? null : now, decision.keep() ? decision.reasons() : fate.reasons()));
            if (decision.keep()) {
                kept.add(point);
            }
        }
        return kept;
    }
}
