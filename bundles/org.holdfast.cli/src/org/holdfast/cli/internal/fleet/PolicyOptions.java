package org.holdfast.cli.internal.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.policy.Bandwidth;
import org.holdfast.api.policy.DrillRule;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.api.policy.Schedule;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.input.NativePaths;
import org.holdfast.protocol.common.Json;

/** A policy put together from a file and from options; what neither says stays as it was. */
final class PolicyOptions {
    /** The options. */
    static final List<CliOption> ALL = List.of(
            CliOption.value("--file", "FILE",
                    "Policy as JSON, as 'policy show --json' writes it; options go before it"),
            CliOption.value("--description", "TEXT", "What it is for"),
            CliOption.list("--item", "PATH", "Absolute path to protect on servers without items of their own"),
            CliOption.list("--exclude", "GLOB", "Leave out what matches"),
            CliOption.list("--daily-at", "HH:MM", "Run every day at this time"),
            CliOption.value("--weekly", "DAYS", "Run only on these days, such as mon,thu"),
            CliOption.value("--every-weeks", "N", "Run only every n-th week, 1 to 52"),
            CliOption.value("--cron", "EXPRESSION", "Run by five fields of a crontab"),
            CliOption.flag("--on-demand", "Do not run by itself"),
            CliOption.value("--zone", "ZONE", "Time zone, such as Europe/Berlin (default: each server's own)"),
            CliOption.value("--jitter", "MINUTES", "Spread the starts of a fleet over so many minutes"),
            CliOption.choice("--catch-up", "YES|NO", "Whether a missed run is made up for", List.of("yes", "no")),
            CliOption.value("--keep-last", "N", "Points to keep"), CliOption.value("--keep-daily", "N", "Days to keep"),
            CliOption.value("--keep-weekly", "N", "Weeks to keep"),
            CliOption.value("--keep-monthly", "N", "Months to keep"),
            CliOption.value("--keep-yearly", "N", "Years to keep"),
            CliOption.value("--work-hours", "DAYS HH:MM-HH:MM",
                    "When the work rate holds, such as 'mon-fri 9:00-18:00'"),
            CliOption.value("--work-rate", "MBIT", "Rate in work hours in Mbit/s, 0.512 to 1023, or 'unlimited'"),
            CliOption.value("--rate", "MBIT", "Rate at other times in Mbit/s, or 'unlimited'"),
            CliOption.value("--drill-every", "DAYS", "Days between restore drills, 1 to 366, or 'never'"),
            CliOption.value("--drill-percent", "N", "Sample of a restore drill in percent of the files, 1 to 100"),
            CliOption.value("--drill-files", "N", "Most files of a restore drill, 1 to 1000"),
            CliOption.value("--drill-size", "SIZE", "Most data of a restore drill, such as 1GiB"),
            CliOption.choice("--report-paths", "YES|NO", "Whether the vault is told the paths of warnings",
                    List.of("yes", "no")));

    private static final int MOST = 9999;
    private static final double MEGA = 1e6;

    private final Invocation call;

    PolicyOptions(Invocation call) {
        this.call = call;
    }

    /** The policy that the options make of another one. */
    Policy apply(Policy old) {
        Policy base = file(old);
        Exclusions except = base.exclusions();
        return new Policy(base.name(), base.version(), text("--description", base.description()),
                call.values("--item").isEmpty() ? base.items() : call.values("--item"),
                call.values("--exclude").isEmpty() ? except
                        : new Exclusions(call.values("--exclude"), except.largerThan(), except.cacheDirectories(),
                                except.markerFiles(), except.oneFileSystem()),
                plan(base.plan()), retention(base.retention()), bandwidth(base.bandwidth()), base.before(),
                base.after(),
                base.level(), base.changeDetection(), yes("--report-paths", base.reportPaths()),
                base.warningThreshold(), drills(base.drills()));
    }

    private DrillRule drills(DrillRule old) {
        boolean never = "never".equals(call.value("--drill-every"));
        return new DrillRule(never ? 0 : call.number("--drill-every", 1, 366, old.everyDays()),
                call.number("--drill-percent", 1, 100, old.percent()),
                call.number("--drill-files", 1, DrillRule.MOST_FILES, old.files()),
                call.value("--drill-size") == null ? old.bytes() : call.size("--drill-size"));
    }

    private Policy file(Policy old) {
        String file = call.value("--file");
        if (file == null) {
            return old;
        }
        try {
            return Json.read(Files.readAllBytes(NativePaths.path(call.path(file))), Policy.class).withName(old.name());
        } catch (IOException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "Cannot read a policy from '" + file + "': "
                    + e.getMessage(), "Start from what 'holdfast policy show NAME --json' writes.", e);
        }
    }

    private @Nullable RunPlan plan(@Nullable RunPlan old) {
        if (call.flag("--on-demand")) {
            return null;
        }
        Schedule schedule = schedule(old == null ? null : old.schedule());
        if (schedule == null) {
            return null;
        }
        return new RunPlan(schedule, text("--zone", old == null ? "" : old.zone()),
                call.value("--jitter") == null ? old == null ? Duration.ofMinutes(30) : old.jitter()
                        : Duration.ofMinutes(call.number("--jitter", 0, 720, 0)),
                yes("--catch-up", old == null || old.catchUp()));
    }

    private @Nullable Schedule schedule(@Nullable Schedule old) {
        if (call.value("--cron") != null) {
            return new Schedule.Cron(call.value("--cron"));
        }
        List<LocalTime> times = call.values("--daily-at").stream().map(t -> time("--daily-at", t)).toList();
        String days = call.value("--weekly");
        if (times.isEmpty() && days == null) {
            return old;
        }
        if (times.isEmpty()) {
            times = old instanceof Schedule.Daily daily ? daily.times()
                    : old instanceof Schedule.Weekly weekly ? weekly.times() : List.of(LocalTime.of(22, 0));
        }
        return days == null ? new Schedule.Daily(times)
                : new Schedule.Weekly(call.number("--every-weeks", 1, 52, 1), days("--weekly", days), times, null);
    }

    private RetentionRule retention(RetentionRule old) {
        return new RetentionRule(call.number("--keep-last", 0, MOST, old.last()),
                call.number("--keep-daily", 0, MOST, old.daily()), call.number("--keep-weekly", 0, MOST, old.weekly()),
                call.number("--keep-monthly", 0, MOST, old.monthly()),
                call.number("--keep-yearly", 0, MOST, old.yearly()));
    }

    private Bandwidth bandwidth(Bandwidth old) {
        Set<DayOfWeek> days = old.workDays();
        LocalTime start = old.workStart();
        LocalTime end = old.workEnd();
        String hours = call.value("--work-hours");
        if (hours != null) {
            var parts = hours.strip().split("[ ]+|(?<=:[0-9]{2})-");
            if (parts.length != 3) {
                throw invalid("--work-hours", hours, "days and hours such as 'mon-fri 9:00-18:00'");
            }
            days = days("--work-hours", parts[0]);
            start = time("--work-hours", parts[1]);
            end = time("--work-hours", parts[2]);
        }
        return new Bandwidth(days, start, end, rate("--work-rate", old.workRate()), rate("--rate", old.otherRate()),
                old.throttleRestores());
    }

    private long rate(String option, long old) {
        String text = call.value(option);
        if (text == null) {
            return old;
        }
        try {
            return text.equalsIgnoreCase("unlimited") ? Bandwidth.UNLIMITED : (long) (Double.parseDouble(text) * MEGA);
        } catch (NumberFormatException e) {
            throw invalid(option, text, "a number of Mbit/s, or 'unlimited'");
        }
    }

    private static LocalTime time(String option, String text) {
        try {
            return LocalTime.parse(text.length() == 4 ? "0" + text : text);
        } catch (DateTimeException e) {
            throw invalid(option, text, "a time of day such as 22:30");
        }
    }

    /** Days by their first letters, single ones and spans. */
    static Set<DayOfWeek> days(String option, String text) {
        var days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.toLowerCase(Locale.ROOT).split(",")) {
            String[] span = part.strip().split("-", 2);
            DayOfWeek day = day(option, span[0]);
            DayOfWeek last = span.length == 1 ? day : day(option, span[1]);
            days.add(day);
            while (day != last) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }

    private static DayOfWeek day(String option, String text) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (text.length() >= 2 && day.name().toLowerCase(Locale.ROOT).startsWith(text)) {
                return day;
            }
        }
        throw invalid(option, text, "days such as mon,thu or mon-fri");
    }

    private String text(String option, String otherwise) {
        String value = call.value(option);
        return value == null ? otherwise : value;
    }

    private boolean yes(String option, boolean otherwise) {
        String value = call.value(option);
        return value == null ? otherwise : value.equals("yes");
    }

    private static HoldfastException invalid(String option, String text, String wanted) {
        return new HoldfastException(Problem.INVALID_REQUEST, "Invalid value for " + option + ": '" + text + "'.",
                "Give " + wanted + ".");
    }
}
