package org.holdfast.console.policies.internal;

import java.text.NumberFormat;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.holdfast.api.policy.Bandwidth;
import org.holdfast.api.policy.FieldProblem;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.api.policy.Schedule;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.Row;
import org.holdfast.console.policies.internal.SimulatedYear.Tier;
import org.holdfast.console.ui.Formats;

/** What a policy means, in the words of people. */
public final class PolicyWords {
    private final Formats formats;

    /** @param formats of the person */
    public PolicyWords(Formats formats) {
        this.formats = formats;
    }

    Formats formats() {
        return formats;
    }

    /** When backups start. */
    public String schedule(@Nullable RunPlan plan) {
        if (plan == null) {
            return Messages.schedule_none;
        }
        String when = switch (plan.schedule()) {
            case Schedule.Daily daily -> NLS.bind(Messages.schedule_daily, times(daily.times()));
            case Schedule.Weekly weekly -> weekly.everyWeeks() == 1
                    ? NLS.bind(Messages.schedule_weekly, days(weekly), times(weekly.times()))
                    : NLS.bind(Messages.schedule_weeks, new Object[] { weekly.everyWeeks(), days(weekly),
                            times(weekly.times()) });
            case Schedule.Cron cron -> NLS.bind(Messages.schedule_cron, cron.expression());
        };
        return plan.zone().isEmpty() ? when : NLS.bind(Messages.schedule_zone, when, plan.zone());
    }

    private String times(List<LocalTime> times) {
        var format = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(formats.locale());
        return times.stream().sorted().map(format::format).collect(Collectors.joining(", "));
    }

    private String days(Schedule.Weekly weekly) {
        return weekly.days().stream().sorted().map(this::day).collect(Collectors.joining(", "));
    }

    private String day(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT_STANDALONE, formats.locale());
    }

    /** When backups start, with everything that decides the moment. */
    String plan(@Nullable RunPlan plan) {
        return plan == null ? schedule(null)
                : NLS.bind(Messages.diff_plan, new Object[] { schedule(plan), minutes(plan.jitter()),
                        yes(plan.catchUp()) });
    }

    /** Yes or no. */
    static String yes(boolean value) {
        return value ? Messages.diff_yes : Messages.diff_no;
    }

    /** What is left out. */
    String exclusions(Exclusions e) {
        var parts = new ArrayList<>(Lists.safe(e.globs()));
        parts.addAll(Lists.safe(e.markerFiles()));
        if (e.largerThan() >= 0) {
            parts.add(NLS.bind(Messages.diff_larger, formats.size(e.largerThan())));
        }
        if (e.cacheDirectories()) {
            parts.add("CACHEDIR.TAG");
        }
        if (e.oneFileSystem()) {
            parts.add(Messages.diff_oneFileSystem);
        }
        return String.join(", ", parts);
    }

    /** Which points stay. */
    public String retention(RetentionRule rule) {
        var parts = new ArrayList<String>();
        add(parts, Messages.retention_last, rule.last());
        add(parts, Messages.retention_daily, rule.daily());
        add(parts, Messages.retention_weekly, rule.weekly());
        add(parts, Messages.retention_monthly, rule.monthly());
        add(parts, Messages.retention_yearly, rule.yearly());
        return parts.isEmpty() ? Messages.retention_newest : String.join(", ", parts);
    }

    private void add(List<String> parts, String words, int count) {
        if (count > 0) {
            parts.add(NLS.bind(words, formats.count(count)));
        }
    }

    /** A moment with its day of the week, by the clocks of a zone. */
    String day(Instant time, ZoneId zone) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.FULL, FormatStyle.SHORT).withLocale(formats.locale())
                .format(time.atZone(zone));
    }

    /** A time in minutes. */
    String minutes(Duration duration) {
        return NLS.bind(Messages.words_minutes, formats.count(duration.toMinutes()));
    }

    /** A time in seconds. */
    String seconds(Duration duration) {
        return NLS.bind(Messages.words_seconds, formats.count(duration.toSeconds()));
    }

    /** A day with its day of the week. */
    String date(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(formats.locale()).format(day);
    }

    /** A rule that keeps points. */
    String tier(Tier tier) {
        return switch (tier) {
            case YEARLY -> Messages.tier_yearly;
            case MONTHLY -> Messages.tier_monthly;
            case WEEKLY -> Messages.tier_weekly;
            case DAILY -> Messages.tier_daily;
            case LAST -> Messages.tier_last;
            case NEWEST -> Messages.tier_newest;
        };
    }

    /** The same in a letter. */
    String letter(Tier tier) {
        return switch (tier) {
            case YEARLY -> Messages.letter_yearly;
            case MONTHLY -> Messages.letter_monthly;
            case WEEKLY -> Messages.letter_weekly;
            case DAILY -> Messages.letter_daily;
            case LAST -> Messages.letter_last;
            case NEWEST -> Messages.letter_newest;
        };
    }

    /** Until when a simulated point stays. */
    String until(SimulatedYear.Point point, SimulatedYear year) {
        LocalDate removed = point.removed();
        return removed == null ? NLS.bind(Messages.calendar_beyond, date(year.last())) : date(removed);
    }

    /** What a simulated day brings. */
    String day(LocalDate day, List<SimulatedYear.Point> points, SimulatedYear year) {
        if (points.isEmpty()) {
            return NLS.bind(Messages.calendar_none, date(day));
        }
        SimulatedYear.Point longest = SimulatedYear.longest(points);
        return NLS.bind(longest.removed() == null ? Messages.calendar_stays : Messages.calendar_day,
                new Object[] { date(day), formats.count(points.size()), tier(longest.tier()),
                        longest.removed() == null ? date(year.last()) : date(longest.removed()) });
    }

    /** How many simulated points are there. */
    String there(LocalDate at, Map<Tier, Integer> counts) {
        return NLS.bind(Messages.calendar_there, new Object[] { date(at),
                formats.count(counts.values().stream().mapToInt(Integer::intValue).sum()),
                counts.entrySet().stream().map(e -> NLS.bind(Messages.calendar_part, formats.count(e.getValue()),
                        tier(e.getKey()))).collect(Collectors.joining(", ")) });
    }

    /** When the work hours are. */
    String workHours(Bandwidth b) {
        if (b.workDays().isEmpty()) {
            return Messages.rate_noHours;
        }
        String days = b.workDays().stream().sorted().map(this::day).collect(Collectors.joining(", "));
        return b.workStart().equals(b.workEnd()) ? NLS.bind(Messages.rate_wholeDays, days)
                : NLS.bind(Messages.rate_span, new Object[] { days, times(List.of(b.workStart())),
                        times(List.of(b.workEnd())) });
    }

    /** How fast agents may send. */
    String bandwidth(Bandwidth b) {
        if (!b.limits()) {
            return Messages.rate_unlimited;
        }
        if (b.workDays().isEmpty() || b.workRate() == b.otherRate()) {
            return NLS.bind(Messages.rate_always, rate(b.otherRate()));
        }
        return NLS.bind(Messages.rate_words, new Object[] { rate(b.workRate()), workHours(b), rate(b.otherRate()) });
    }

    private String rate(long bits) {
        if (bits == Bandwidth.UNLIMITED) {
            return Messages.rate_none;
        }
        var format = NumberFormat.getNumberInstance(formats.locale());
        format.setMaximumFractionDigits(3);
        return NLS.bind(Messages.rate_megabits, format.format(bits / 1_000_000.0));
    }

    /** What is wrong with a field. */
    String problem(FieldProblem problem) {
        String field = problem.field();
        String line = number(field);
        if (field.startsWith("items[")) {
            return NLS.bind(Messages.problem_item, line);
        }
        if (field.startsWith("exclusions.globs[")) {
            return NLS.bind(Messages.problem_glob, line);
        }
        return switch (field) {
            case "name" -> Messages.problem_name;
            case "description" -> Messages.problem_description;
            case "plan.schedule.times" -> Messages.problem_times;
            case "plan.schedule.days" -> Messages.problem_days;
            case "plan.schedule.expression" -> Messages.problem_cron;
            case "plan.zone" -> Messages.problem_zone;
            case "retention" -> Messages.problem_retention;
            case "before.command", "after.command" -> Messages.problem_hook;
            default -> field.startsWith("exclusions.markerFiles") ? Messages.problem_marker : problem.message();
        };
    }

    private static String number(String field) {
        int open = field.indexOf('[');
        return open < 0 ? "" : Integer.toString(Integer.parseInt(field.substring(open + 1, field.indexOf(']'))) + 1);
    }

    /** What the filter searches. */
    String searched(Row<VaultPolicy> row) {
        VaultPolicy p = row.value();
        return String.join(" ", p.policy().name(), p.vault(), row.session().connection().name(),
                p.policy().description(), schedule(p.policy().plan()), retention(p.policy().retention()))
                .toLowerCase(Locale.ROOT);
    }
}
