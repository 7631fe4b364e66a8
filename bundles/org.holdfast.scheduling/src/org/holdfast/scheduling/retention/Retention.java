package org.holdfast.scheduling.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.scheduling.retention.KeepReason.Rule;

/**
 * Decides which points stay. Per group, and by these rules:
 * <ul>
 * <li>The counts of the policy look at complete points only. A day, week, month or year without a point costs nothing:
 * a server that was off for a year still has its last seven days.
 * <li>The newest complete point of a group always stays.
 * <li>Checkpoints of interrupted backups stay while they are newer than the newest complete point.
 * <li>On-demand points stay until their date, whatever else holds.
 * <li>Points from the future stay, and count for nothing: otherwise one backup made while the clock was wrong would
 * push out the real ones.
 * </ul>
 * Days are those of a time zone, with its changes to and from summer time. The outcome depends on nothing but the
 * arguments, removing what is to be removed changes no other decision, and larger counts never remove more.
 */
public final class Retention {
    private static final Comparator<RetentionPoint> NEWEST_FIRST = Comparator.comparing(RetentionPoint::time)
            .thenComparing(RetentionPoint::id).reversed();

    /** Which point stands for a day, week, month or year that has several. */
    public enum Pick {
        /** The last one: what people expect of a folder of copies. */
        LAST,
        /** The first one: what comes later, be it junk, cannot take its place. */
        FIRST
    }

    private final RetentionPolicy policy;
    private final ZoneId zone;
    private final Pick pick;

    /**
     * The last point of a period stands for it.
     *
     * @param policy how many to keep
     * @param zone whose days are meant
     */
    public Retention(RetentionPolicy policy, ZoneId zone) {
        this(policy, zone, Pick.LAST);
    }

    /**
     * @param policy how many to keep
     * @param zone whose days are meant
     * @param pick which point stands for a period
     */
    public Retention(RetentionPolicy policy, ZoneId zone, Pick pick) {
        this.policy = policy;
        this.zone = zone;
        this.pick = pick;
    }

    /**
     * Decides for all points.
     *
     * @param points in any order
     * @param now the present
     * @return one decision for each point, by group, newest first
     * @throws IllegalArgumentException when an id comes twice
     */
    public List<RetentionDecision> decide(Collection<RetentionPoint> points, Instant now) {
        Map<String, List<RetentionPoint>> groups = new TreeMap<>();
        Set<String> ids = new HashSet<>();
        for (RetentionPoint point : points) {
            if (!ids.add(point.id())) {
                throw new IllegalArgumentException("Point " + point.id() + " comes twice");
            }
            groups.computeIfAbsent(point.group(), key -> new ArrayList<>()).add(point);
        }
        List<RetentionDecision> decisions = new ArrayList<>(points.size());
        for (List<RetentionPoint> group : groups.values()) {
            group.sort(NEWEST_FIRST);
            decideGroup(group, now, decisions);
        }
        return decisions;
    }

    private void decideGroup(List<RetentionPoint> newestFirst, Instant now, List<RetentionDecision> decisions) {
        List<RetentionPoint> counted = newestFirst.stream()
                .filter(point -> point.complete() && !point.time().isAfter(now)).toList();
        Map<String, List<KeepReason>> reasons = new HashMap<>();
        keepLast(counted, reasons);
        keepPeriods(Rule.DAILY, policy.daily(), counted, LocalDate::toString, reasons);
        keepPeriods(Rule.WEEKLY, policy.weekly(), counted, Retention::week, reasons);
        keepPeriods(Rule.MONTHLY, policy.monthly(), counted, day -> YearMonth.from(day).toString(), reasons);
        keepPeriods(Rule.YEARLY, policy.yearly(), counted, day -> String.valueOf(day.getYear()), reasons);
        @Nullable RetentionPoint newest = counted.isEmpty() ? null : counted.getFirst();
        for (RetentionPoint point : newestFirst) {
            keepAnyway(point, newest, now, reasons);
            decisions.add(new RetentionDecision(point, reasons.getOrDefault(point.id(), List.of())));
        }
    }

    private void keepLast(List<RetentionPoint> newestFirst, Map<String, List<KeepReason>> reasons) {
        if (!newestFirst.isEmpty()) {
            keep(newestFirst.getFirst(), Rule.NEWEST, "newest complete", reasons);
        }
        for (int i = 0; i < Math.min(policy.last(), newestFirst.size()); i++) {
            keep(newestFirst.get(i), Rule.LAST, "last " + (i + 1) + " of " + policy.last(), reasons);
        }
    }

    private void keepPeriods(Rule rule, int count, List<RetentionPoint> newestFirst,
            Function<LocalDate, String> period, Map<String, List<KeepReason>> reasons) {
        Map<String, RetentionPoint> chosen = new LinkedHashMap<>();
        for (RetentionPoint point : newestFirst) {
            String name = period.apply(day(point.time()));
            if (!chosen.containsKey(name) && chosen.size() >= count) {
                break;
            }
            if (pick == Pick.FIRST) {
                chosen.put(name, point);
            } else {
                chosen.putIfAbsent(name, point);
            }
        }
        chosen.forEach((name, point) -> keep(point, rule, rule.name().toLowerCase(Locale.ROOT) + " " + name, reasons));
    }

    private void keepAnyway(RetentionPoint point, @Nullable RetentionPoint newest, Instant now,
            Map<String, List<KeepReason>> reasons) {
        Instant until = point.keepUntil();
        if (until != null && until.isAfter(now)) {
            keep(point, Rule.ON_DEMAND, "on demand until " + day(until), reasons);
        }
        if (point.time().isAfter(now)) {
            keep(point, Rule.FUTURE, "in the future: " + point.time().atZone(zone).toOffsetDateTime(), reasons);
        } else if (!point.complete() && (newest == null || NEWEST_FIRST.compare(point, newest) < 0)) {
            keep(point, Rule.CHECKPOINT, "interrupted, newer than the newest complete", reasons);
        }
    }

    private LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, zone);
    }

    private static String week(LocalDate day) {
        return "%d-W%02d".formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    private static void keep(RetentionPoint point, Rule rule, String words, Map<String, List<KeepReason>> reasons) {
        reasons.computeIfAbsent(point.id(), key -> new ArrayList<>()).add(new KeepReason(rule, words));
    }
}
