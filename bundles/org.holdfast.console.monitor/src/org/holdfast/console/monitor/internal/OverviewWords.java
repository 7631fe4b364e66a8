package org.holdfast.console.monitor.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.osgi.util.NLS;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.Tone;

/** Figures in words. */
final class OverviewWords {
    private final Formats formats;

    OverviewWords(Formats formats) {
        this.formats = formats;
    }

    Formats formats() {
        return formats;
    }

    /** A day with its weekday. */
    static String date(Formats formats, LocalDate date) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).withLocale(formats.locale()).format(date);
    }

    /** A day, short, for below a bar. */
    String weekday(LocalDate date) {
        return DateTimeFormatter.ofPattern("EEE", formats.locale()).format(date);
    }

    /** A day without its weekday. */
    String plainDate(LocalDate date) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(formats.locale()).format(date);
    }

    /** A part of a whole, in percent. */
    String percent(long part, long whole) {
        return whole == 0 ? "" : NLS.bind(Messages.overview_percent, formats.count(Math.round(part * 100.0 / whole)));
    }

    static String state(ServerState state) {
        return switch (state) {
            case PROTECTED -> Messages.overview_protected;
            case AT_RISK -> Messages.overview_atRisk;
            case UNPROTECTED -> Messages.overview_unprotected;
            case LOST -> Messages.overview_lost;
            case REGISTERING -> Messages.overview_registering;
            case RETIRED -> Messages.overview_retired;
        };
    }

    static Icon icon(ServerState state) {
        return switch (state) {
            case PROTECTED -> Icon.COMPLETED;
            case AT_RISK -> Icon.WARNINGS;
            case UNPROTECTED -> Icon.ERROR;
            case LOST -> Icon.INTERRUPTED;
            case REGISTERING -> Icon.NEW;
            case RETIRED -> Icon.REMOVED;
        };
    }

    static Tone tone(ServerState state) {
        return switch (state) {
            case PROTECTED -> Tone.OK;
            case AT_RISK -> Tone.WARNING;
            case UNPROTECTED -> Tone.ERROR;
            case LOST -> Tone.PARTIAL;
            case REGISTERING -> Tone.ACCENT;
            case RETIRED -> Tone.MUTED;
        };
    }

    static Tone tone(JobState state) {
        return switch (state) {
            case DONE -> Tone.OK;
            case DONE_WITH_WARNINGS -> Tone.WARNING;
            case FAILED -> Tone.ERROR;
            case INTERRUPTED -> Tone.PARTIAL;
            case CANCELLED -> Tone.MUTED;
            case QUEUED, RUNNING, PAUSED -> Tone.ACCENT;
        };
    }

    /** Id of the chip of a state in the part with the servers. */
    static String chip(ServerState state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For how long a server has had no good backup. */
    String without(ServerSummary server, Instant now) {
        return server.lastBackup() == null ? Messages.overview_never : ago(server.lastBackup(), now);
    }

    private String ago(Instant time, Instant now) {
        Duration age = Duration.between(time, now);
        return age.toHours() < 48 ? NLS.bind(Messages.overview_hours, formats.count(Math.max(0, age.toHours())))
                : Texts.bind(Messages.overview_days, formats.count(age.toDays()));
    }

    /** The jobs of a day. */
    String jobs(Figures.Day day) {
        int all = day.jobs().values().stream().mapToInt(Integer::intValue).sum();
        List<String> parts = new ArrayList<>();
        for (Map.Entry<JobState, Integer> entry : day.jobs().entrySet()) {
            parts.add(NLS.bind(Messages.overview_part, formats.count(entry.getValue()),
                    JobWords.state(entry.getKey())));
        }
        String what = parts.isEmpty() ? Texts.bind(Messages.jobs_count, formats.count(all))
                : NLS.bind(Messages.overview_dayParts, Texts.bind(Messages.jobs_count, formats.count(all)),
                        String.join(", ", parts));
        return day(day, what);
    }

    /** What a day added. */
    String added(Figures.Day day) {
        return day(day, NLS.bind(Messages.overview_addedDay, formats.size(day.added())));
    }

    private String day(Figures.Day day, String what) {
        String text = NLS.bind(Messages.overview_day, date(formats, day.date()), what);
        return day.known() ? text : NLS.bind(Messages.overview_dayPart, text);
    }

    /** What is known of a vault's growth and end. */
    String growth(Figures.Vault vault) {
        Long quota = vault.row().value().quotaBytes();
        long stored = vault.row().value().storedBytes();
        List<String> parts = new ArrayList<>();
        parts.add(quota == null ? Messages.overview_noLimit
                : NLS.bind(Messages.overview_ofLimit, formats.size(quota), percent(stored, quota)));
        if (vault.over().isZero()) {
            parts.add(Messages.overview_young);
        } else {
            long days = Math.round(vault.over().toSeconds() / 86_400.0);
            parts.add(NLS.bind(Messages.overview_growth, formats.size(vault.added()), formats.count(days)));
        }
        if (quota != null && stored >= quota) {
            parts.add(Messages.overview_full);
        } else if (vault.full() != null) {
            parts.add(NLS.bind(Messages.overview_fullOn, plainDate(vault.full())));
        }
        return String.join("; ", parts);
    }
}
