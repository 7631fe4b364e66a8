package org.holdfast.console.servers.internal.editor;

import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.holdfast.api.policy.Bandwidth;
import org.holdfast.api.policy.Hook;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.api.policy.Schedule;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.console.ui.Formats;

/** What a policy asks of a server, in words. */
final class PolicyText {
    private static final double MEGA = 1_000_000;

    private final Formats formats;

    PolicyText(Formats formats) {
        this.formats = formats;
    }

    /** When backups start. */
    String schedule(@Nullable RunPlan plan) {
        if (plan == null) {
            return Messages.plan_none;
        }
        return switch (plan.schedule()) {
            case Schedule.Daily daily -> NLS.bind(Messages.plan_daily, times(daily.times()));
            case Schedule.Weekly weekly when weekly.everyWeeks() == 1 -> NLS.bind(Messages.plan_weekly,
                    days(weekly.days()), times(weekly.times()));
            case Schedule.Weekly weekly -> NLS.bind(Messages.plan_weeks,
                    new Object[] { formats.count(weekly.everyWeeks()), days(weekly.days()), times(weekly.times()) });
            case Schedule.Cron cron -> NLS.bind(Messages.plan_cron, cron.expression());
        };
    }

    private String times(List<LocalTime> times) {
        return times.stream().sorted().map(this::time).collect(Collectors.joining(", "));
    }

    private String time(LocalTime time) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(formats.locale()).format(time);
    }

    private String days(Collection<java.time.DayOfWeek> days) {
        return days.stream().sorted().map(d -> d.getDisplayName(TextStyle.SHORT_STANDALONE, formats.locale()))
                .collect(Collectors.joining(", "));
    }

    /** Which points stay. */
    String retention(RetentionRule rule) {
        var parts = new ArrayList<String>();
        part(parts, Messages.keep_last, rule.last());
        part(parts, Messages.keep_daily, rule.daily());
        part(parts, Messages.keep_weekly, rule.weekly());
        part(parts, Messages.keep_monthly, rule.monthly());
        part(parts, Messages.keep_yearly, rule.yearly());
        return parts.isEmpty() ? Messages.keep_newest : String.join(", ", parts);
    }

    private void part(List<String> parts, String words, int count) {
        if (count > 0) {
            parts.add(NLS.bind(words, formats.count(count)));
        }
    }

    /** How fast it may send. */
    String bandwidth(Bandwidth b) {
        if (!b.limits()) {
            return Messages.rate_none;
        }
        String other = rate(b.otherRate());
        return b.workDays().isEmpty() ? NLS.bind(Messages.rate_always, other)
                : NLS.bind(Messages.rate_work, new Object[] { rate(b.workRate()), days(b.workDays()),
                        time(b.workStart()), time(b.workEnd()), other });
    }

    private String rate(long bits) {
        if (bits == Bandwidth.UNLIMITED) {
            return Messages.rate_unlimited;
        }
        var number = java.text.NumberFormat.getNumberInstance(formats.locale());
        number.setMaximumFractionDigits(3);
        return NLS.bind(Messages.rate_megabits, number.format(bits / MEGA));
    }

    /** What is left out, a line each. */
    List<String> exclusions(Exclusions e) {
        var lines = new ArrayList<String>(e.globs());
        if (e.largerThan() >= 0) {
            lines.add(NLS.bind(Messages.exclude_larger, formats.size(e.largerThan())));
        }
        if (e.cacheDirectories()) {
            lines.add(Messages.exclude_caches);
        }
        e.markerFiles().forEach(marker -> lines.add(NLS.bind(Messages.exclude_marker, marker)));
        if (e.oneFileSystem()) {
            lines.add(Messages.exclude_otherSystems);
        }
        return lines;
    }

    /** What runs before or after a backup. */
    String hook(Hook hook) {
        String what = (hook.command() + ' ' + String.join(" ", hook.arguments())).strip();
        String then = switch (hook.onFailure()) {
            case FAIL -> Messages.hook_fail;
            case WARN -> Messages.hook_warn;
            case IGNORE -> Messages.hook_ignore;
        };
        return NLS.bind(Messages.hook_text, new Object[] { what, formats.duration(hook.timeout()), then });
    }
}
