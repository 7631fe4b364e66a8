package org.holdfast.api.policy;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Exclusions;

/** Whether a policy's values make sense, field by field. */
public final class PolicyCheck {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9._]{0,63}");
    private static final int MOST_ITEMS = 1000;
    private static final int MOST_PATTERNS = 1000;
    private static final int LONGEST = 4096;
    private static final int MOST_TIMES = 96;
    private static final int MOST_KEPT = 9999;

    private final List<FieldProblem> found = new ArrayList<>();

    private PolicyCheck() {
    }

    /** All problems of a policy, none when it can be stored. */
    public static List<FieldProblem> check(Policy policy) {
        var check = new PolicyCheck();
        check.policy(policy);
        return List.copyOf(check.found);
    }

    /** All problems of a server's own items and exclusions. */
    public static List<FieldProblem> checkItems(List<String> items, Exclusions exclusions) {
        var check = new PolicyCheck();
        check.items(items);
        check.exclusions(exclusions);
        return List.copyOf(check.found);
    }

    private void policy(Policy policy) {
        require(NAME.matcher(policy.name()).matches(), "name",
                "A policy's name has 1 to 64 letters, digits, dots, underscores and hyphens,"
                        + " and starts with a letter or digit.");
        require(policy.description().length() <= 500, "description", "The description has at most 500 characters.");
        items(policy.items());
        exclusions(policy.exclusions());
        var plan = policy.plan();
        if (plan != null) {
            plan(plan);
        }
        retention(policy.retention());
        bandwidth(policy.bandwidth());
        hook("before", policy.before());
        hook("after", policy.after());
        require(policy.level() >= 0 && policy.level() <= 19, "level",
                "The compression level is 1 to 19, or 0 for the default.");
        require(policy.warningThreshold() >= 0, "warningThreshold", "The number of warnings cannot be negative.");
        drills(policy.drills());
    }

    private void drills(DrillRule rule) {
        require(rule.everyDays() >= 0 && rule.everyDays() <= 366, "drills.everyDays",
                "A restore drill is every 1 to 366 days, or 0 for none.");
        require(rule.percent() >= 1 && rule.percent() <= 100, "drills.percent",
                "The sample of a restore drill is 1 to 100 percent of the files.");
        require(rule.files() >= 1 && rule.files() <= DrillRule.MOST_FILES, "drills.files",
                "The sample of a restore drill has at most 1 to " + DrillRule.MOST_FILES + " files.");
        require(rule.bytes() >= DrillRule.LEAST_BYTES && rule.bytes() <= DrillRule.MOST_BYTES, "drills.bytes",
                "The sample of a restore drill has at most 1 MiB to 1 TiB.");
    }

    private void items(List<String> items) {
        require(items.size() <= MOST_ITEMS, "items", "At most " + MOST_ITEMS + " paths can be protected.");
        for (int i = 0; i < Math.min(items.size(), MOST_ITEMS); i++) {
            path("items[" + i + "]", items.get(i));
        }
    }

    private void path(String field, String path) {
        boolean good = path.length() <= LONGEST;
        try {
            good &= isWindows(path) || RawPath.of(path).isAbsolute();
        } catch (HoldfastException e) {
            good = false;
        }
        require(good, field, "A path is absolute, has no '..' and at most " + LONGEST + " characters.");
    }

    private static boolean isWindows(String path) {
        return path.length() >= 3 && Character.isLetter(path.charAt(0)) && path.charAt(1) == ':'
                && (path.charAt(2) == '\\' || path.charAt(2) == '/') && !path.contains("..");
    }

    private void exclusions(Exclusions exclusions) {
        var globs = exclusions.globs() == null ? List.<String>of() : exclusions.globs();
        require(globs.size() <= MOST_PATTERNS, "exclusions.globs", "At most " + MOST_PATTERNS + " patterns.");
        for (int i = 0; i < Math.min(globs.size(), MOST_PATTERNS); i++) {
            String glob = globs.get(i);
            require(!glob.isBlank() && glob.length() <= LONGEST && glob.indexOf('\0') < 0,
                    "exclusions.globs[" + i + "]",
                    "A pattern has 1 to " + LONGEST + " characters.");
        }
        var markers = exclusions.markerFiles() == null ? List.<String>of() : exclusions.markerFiles();
        require(markers.size() <= 20, "exclusions.markerFiles", "At most 20 names of marker files.");
        for (int i = 0; i < Math.min(markers.size(), 20); i++) {
            require(segment(markers.get(i)), "exclusions.markerFiles[" + i + "]", "A marker is one file name.");
        }
        require(exclusions.largerThan() >= -1, "exclusions.largerThan", "The size is in bytes, or -1 for no limit.");
    }

    private void plan(RunPlan plan) {
        if (plan.schedule() == null) {
            found.add(new FieldProblem("plan.schedule", "A plan needs a schedule."));
            return;
        }
        switch (plan.schedule()) {
            case Schedule.Daily daily -> times(daily.times());
            case Schedule.Weekly weekly -> {
                times(weekly.times());
                require(!weekly.days().isEmpty(), "plan.schedule.days", "At least one day of the week is needed.");
                require(weekly.everyWeeks() >= 1 && weekly.everyWeeks() <= 52, "plan.schedule.everyWeeks",
                        "The interval is 1 to 52 weeks.");
            }
            case Schedule.Cron cron -> require(
                    cron.expression().length() <= 200 && cron.expression().split("\\s+").length == 5,
                    "plan.schedule.expression",
                    "A cron expression has five fields: minute, hour, day of month, month, day of week.");
        }
        zone(plan.zone());
        require(!plan.jitter().isNegative() && plan.jitter().compareTo(Duration.ofHours(12)) <= 0, "plan.jitter",
                "The jitter is between nothing and 12 hours.");
    }

    private void times(List<LocalTime> times) {
        require(!times.isEmpty() && times.size() <= MOST_TIMES, "plan.schedule.times",
                "Between 1 and " + MOST_TIMES + " times of day are needed.");
        require(new HashSet<>(times).size() == times.size(), "plan.schedule.times", "Each time is given once.");
    }

    private void zone(String zone) {
        if (zone.isEmpty()) {
            return;
        }
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            found.add(new FieldProblem("plan.zone", "'" + zone + "' is no time zone; an example is Europe/Berlin."));
        }
    }

    private void retention(RetentionRule rule) {
        count("retention.last", rule.last());
        count("retention.daily", rule.daily());
        count("retention.weekly", rule.weekly());
        count("retention.monthly", rule.monthly());
        count("retention.yearly", rule.yearly());
        require(rule.last() + rule.daily() + rule.weekly() + rule.monthly() + rule.yearly() != 0, "retention",
                "At least one rule has to keep points.");
    }

    private void count(String field, int value) {
        require(value >= 0 && value <= MOST_KEPT, field, "The number of points is 0 to " + MOST_KEPT + ".");
    }

    private void bandwidth(Bandwidth bandwidth) {
        rate("bandwidth.workRate", bandwidth.workRate());
        rate("bandwidth.otherRate", bandwidth.otherRate());
    }

    private void rate(String field, long rate) {
        require(rate == Bandwidth.UNLIMITED || rate >= Bandwidth.SLOWEST && rate <= Bandwidth.FASTEST, field,
                "A rate is 512000 to 1023000000 bits per second, or 0 for no limit.");
    }

    private void hook(String field, @Nullable Hook hook) {
        if (hook == null) {
            return;
        }
        require(segment(hook.command()), field + ".command",
                "A hook is the name of a file in the agent's hook folder.");
        require(hook.arguments().size() <= 50 && hook.arguments().stream().allMatch(a -> a.length() <= LONGEST),
                field + ".arguments", "At most 50 arguments of at most " + LONGEST + " characters.");
        require(hook.timeout().compareTo(Duration.ofSeconds(1)) >= 0
                && hook.timeout().compareTo(Duration.ofDays(1)) <= 0,
                field + ".timeout", "The timeout is between a second and a day.");
    }

    private static boolean segment(String name) {
        return name.length() <= 255 && name.indexOf('\\') < 0
                && RawPath.isSegment(name.getBytes(StandardCharsets.UTF_8));
    }

    private void require(boolean good, String field, String message) {
        if (!good) {
            found.add(new FieldProblem(field, message));
        }
    }
}
