package org.holdfast.console.monitor.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.console.monitor.MonitorIds;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Texts;

/**
 * Which jobs are meant. A number of the overview counts by it, and the part with the jobs shows by it, so that both
 * come to the same.
 *
 * @param kind what they do, null for anything
 * @param states where they stand, empty for anywhere
 * @param hours asked for within so many hours, 0 for any time
 * @param day asked for on that day, null for any
 * @param text what the filter field says
 */
public record JobScope(@Nullable JobKind kind, List<JobState> states, int hours, @Nullable LocalDate day,
        String text) {
    /** All jobs. */
    public static final JobScope ALL = new JobScope(null, List.of(), 0, null, "");
    /** Hours of a day. */
    static final int DAY = 24;

    /** Copies. */
    public JobScope {
        states = List.copyOf(states);
    }

    /** One job. */
    static JobScope of(JobSummary job) {
        return new JobScope(null, List.of(), 0, null, job.id());
    }

    /** The same, of one kind or of any. */
    JobScope only(@Nullable JobKind only) {
        return new JobScope(only, states, hours, day, text);
    }

    /** The same, in some states or in any. */
    JobScope in(JobState... some) {
        return new JobScope(kind, List.of(some), hours, day, text);
    }

    /** The same, asked for within the last 24 hours. */
    JobScope lastDay() {
        return new JobScope(kind, states, DAY, day, text);
    }

    /** The same, asked for on a day. */
    JobScope on(LocalDate date) {
        return new JobScope(kind, states, hours, date, text);
    }

    /** Whether a job is meant, but for its state and the text, which chips and the filter field show. */
    boolean holds(JobSummary job, Instant now, ZoneId zone) {
        return (kind == null || job.kind() == kind)
                && (hours == 0 || !job.created().isBefore(now.minus(Duration.ofHours(hours))))
                && (day == null || job.created().atZone(zone).toLocalDate().equals(day));
    }

    /** Whether a job is meant, whatever the text. */
    boolean test(JobSummary job, Instant now, ZoneId zone) {
        return (states.isEmpty() || states.contains(job.state())) && holds(job, now, zone);
    }

    /** Ids of the chips that show the states. */
    Set<String> chips() {
        return states.stream().map(JobScope::chip).collect(Collectors.toSet());
    }

    /** What kind and time it leaves, in words; empty when all. */
    String name(Formats formats) {
        List<String> parts = new ArrayList<>();
        if (kind != null) {
            parts.add(JobWords.kind(kind));
        }
        if (hours > 0) {
            parts.add(Texts.bind(Messages.scope_hours, formats.count(hours)));
        }
        if (day != null) {
            parts.add(OverviewWords.date(formats, day));
        }
        return String.join(Messages.scope_and, parts);
    }

    /** Id of the chip of a state. */
    static String chip(JobState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A kind as filters and parameters spell it. */
    static String word(JobKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As parameters of {@link MonitorIds#SHOW_JOBS}. */
    Map<String, String> parameters() {
        Map<String, String> map = new HashMap<>();
        put(map, MonitorIds.JOBS_KIND, kind == null ? "" : word(kind));
        put(map, MonitorIds.JOBS_STATES, states.stream().map(JobScope::chip).collect(Collectors.joining(",")));
        put(map, MonitorIds.JOBS_HOURS, hours == 0 ? "" : Integer.toString(hours));
        put(map, MonitorIds.JOBS_DAY, day == null ? "" : day.toString());
        put(map, MonitorIds.JOBS_TEXT, text);
        return map;
    }

    private static void put(Map<String, String> map, String name, String value) {
        if (!value.isEmpty()) {
            map.put(name, value);
        }
    }

    /** From parameters of the command; what cannot be understood leaves everything. */
    public static JobScope of(Map<String, String> parameters) {
        String kinds = parameters.getOrDefault(MonitorIds.JOBS_KIND, "");
        List<String> chips = Arrays.asList(parameters.getOrDefault(MonitorIds.JOBS_STATES, "").split(","));
        return new JobScope(
                Arrays.stream(JobKind.values()).filter(k -> word(k).equals(kinds)).findFirst().orElse(null),
                Arrays.stream(JobState.values()).filter(s -> chips.contains(chip(s))).toList(),
                hours(parameters.getOrDefault(MonitorIds.JOBS_HOURS, "")),
                day(parameters.getOrDefault(MonitorIds.JOBS_DAY, "")),
                parameters.getOrDefault(MonitorIds.JOBS_TEXT, ""));
    }

    private static int hours(String text) {
        return text.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(text) : 0;
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
