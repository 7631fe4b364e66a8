package org.holdfast.console.vaults.internal;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.api.policy.Schedule;
import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.model.Row;
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

    /** What the filter searches. */
    String searched(Row<VaultPolicy> row) {
        VaultPolicy p = row.value();
        return String.join(" ", p.policy().name(), p.vault(), row.session().connection().name(),
                p.policy().description(), schedule(p.policy().plan()), retention(p.policy().retention()))
                .toLowerCase(Locale.ROOT);
    }
}
