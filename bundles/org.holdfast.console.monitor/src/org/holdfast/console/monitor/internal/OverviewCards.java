package org.holdfast.console.monitor.internal;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.fleet.DrillState;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.LastDrill;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.fleet.Severity;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.DayBars;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.StackBar;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.tile.Tiles;

/** The groups of figures of the overview, each with the drawing that repeats them. */
final class OverviewCards {
    private static final String SPAN = Tiles.COLUMNS;
    private static final List<ServerState> STATES = List.of(ServerState.PROTECTED, ServerState.AT_RISK,
            ServerState.UNPROTECTED, ServerState.LOST, ServerState.REGISTERING);
    /** From the bottom of a bar to its top. */
    private static final List<JobState> STACK = List.of(JobState.DONE, JobState.RUNNING, JobState.PAUSED,
            JobState.QUEUED, JobState.CANCELLED, JobState.DONE_WITH_WARNINGS, JobState.INTERRUPTED, JobState.FAILED);
    private static final int MOST_VAULTS = 8;

    private final Opener opener;
    private final JobWords jobWords;
    private final OverviewWords words;
    private final Formats formats;
    private final Composite parent;

    private final StackBar protection;
    private final Lines servers;
    private final Lines now;
    private final Lines alerts;
    private final JobMatrix matrix;
    private final DayBars jobDays;
    private final Lines longest;
    private final Lines drills;
    private final Label allWell;
    private final Lines vaults;
    private final DayBars addedDays;
    private final StackBar versionBar;
    private final Lines versions;
    private List<Figures.Day> days = List.of();

    OverviewCards(Composite parent, Opener opener, JobWords jobWords) {
        this.parent = parent;
        this.opener = opener;
        this.jobWords = jobWords;
        formats = jobWords.formats();
        words = new OverviewWords(formats);
        Group one = card("protection", Messages.overview_protection, 1);
        protection = bar(one, "overview.protection.bar");
        servers = new Lines(one, "overview.servers");
        Group day = card("lastDay", Messages.overview_lastDay, 2);
        matrix = new JobMatrix(day, opener, formats);
        Group work = card("now", Messages.overview_now, 1);
        now = new Lines(work, "overview.now");
        Group week = card("week", Messages.overview_week, 1);
        jobDays = new DayBars(week, "overview.week.bars", Messages.overview_week,
                i -> opener.jobs(JobScope.ALL.on(days.get(i).date())));
        Group told = card("alerts", Messages.overview_alerts, 1);
        alerts = new Lines(told, "overview.alerts");
        Group proved = card("drills", Messages.overview_drills, 1);
        drills = new Lines(proved, "overview.drills");
        Group without = card("longest", Messages.overview_longest, 1);
        allWell = Ui.id(new Label(without, SWT.WRAP), "overview.longest.none");
        allWell.setLayoutData(Ui.wide());
        longest = new Lines(without, "overview.longest");
        Group stored = card("storage", Messages.overview_storage, 1);
        vaults = new Lines(stored, "overview.storage");
        addedDays = new DayBars(stored, "overview.storage.bars", Messages.overview_addedWeek,
                i -> opener.jobs(JobScope.ALL.on(days.get(i).date())));
        Group agents = card("versions", Messages.overview_versions, 1);
        versionBar = bar(agents, "overview.versions.bar");
        versions = new Lines(agents, "overview.versions");
    }

    private Group card(String id, String title, int span) {
        var group = Ui.id(new Group(parent, SWT.NONE), "overview." + id);
        group.setText(title);
        var layout = Ui.grid(1, 6);
        layout.verticalSpacing = 6;
        group.setLayout(layout);
        var data = new GridData(SWT.FILL, SWT.FILL, true, false);
        data.horizontalSpan = span;
        group.setLayoutData(data);
        group.setData(SPAN, span);
        return group;
    }

    private static StackBar bar(Group group, String id) {
        var bar = new StackBar(group, id);
        bar.setLayoutData(Ui.wide());
        return bar;
    }

    /** How many columns a group takes where there are several. */
    int span(Control card) {
        return card.getData(SPAN) instanceof Integer span ? span : 1;
    }

    void show(Figures f) {
        days = f.days();
        showServers(f);
        matrix.show(f);
        showNow(f);
        jobDays.show(f.days().stream().map(this::jobBar).toList());
        showAlerts(f);
        showDrills(f);
        showLongest(f);
        showStorage(f);
        showVersions(f);
    }

    private void showServers(Figures f) {
        protection.show(STATES.stream().map(state -> new StackBar.Part(OverviewWords.tone(state), f.servers(state),
                part(f.servers(state), OverviewWords.state(state)))).toList());
        List<Lines.Line> lines = new ArrayList<>();
        for (ServerState state : STATES) {
            lines.add(number(OverviewWords.chip(state), OverviewWords.icon(state), f.servers(state),
                    () -> opener.servers(state), OverviewWords.state(state),
                    words.percent(f.servers(state), f.total())));
        }
        lines.add(number("all", Icon.SERVER, f.total(), () -> opener.open(Opener.SHOW_SERVERS, Map.of()),
                Messages.overview_servers, ""));
        servers.show(lines);
    }

    private void showNow(Figures f) {
        List<Lines.Line> lines = new ArrayList<>();
        for (JobState state : List.of(JobState.RUNNING, JobState.PAUSED, JobState.QUEUED)) {
            lines.add(number(JobScope.chip(state), JobWords.icon(state), f.atWork().getOrDefault(state, 0),
                    () -> opener.jobs(JobScope.ALL.in(state)), JobWords.state(state), ""));
        }
        int i = 0;
        for (Row<JobSummary> row : f.running()) {
            JobSummary job = row.value();
            lines.add(new Lines.Line("job" + i++, null, jobWords.done(job), () -> opener.jobs(JobScope.of(job)),
                    NLS.bind(Messages.job_of, JobWords.kind(job.kind()), job.server()), jobWords.progress(job)));
        }
        now.show(lines);
    }

    private void showAlerts(Figures f) {
        alerts.show(List.of(alert(f, Severity.CRITICAL), alert(f, Severity.WARNING), alert(f, Severity.INFO)));
    }

    private Lines.Line alert(Figures f, Severity severity) {
        String chip = severity.name().toLowerCase(Locale.ROOT);
        return number(chip, AlertWords.icon(severity), f.alerts().getOrDefault(severity, 0),
                () -> opener.alerts(chip), AlertWords.severity(severity), "");
    }

    private DayBars.Bar jobBar(Figures.Day day) {
        return new DayBars.Bar(words.weekday(day.date()), words.jobs(day), STACK.stream()
                .map(state -> new StackBar.Part(OverviewWords.tone(state), day.jobs().getOrDefault(state, 0),
                        JobWords.state(state)))
                .toList());
    }

    private DayBars.Bar addedBar(Figures.Day day) {
        return new DayBars.Bar(words.weekday(day.date()), words.added(day),
                List.of(new StackBar.Part(Tone.ACCENT, day.added(), "")));
    }

    private void showDrills(Figures f) {
        int good = f.drills(DrillState.GOOD);
        List<Lines.Line> lines = new ArrayList<>();
        lines.add(new Lines.Line("good", Icon.COMPLETED, formats.count(good), null,
                NLS.bind(Messages.overview_drilled, formats.count(f.total())), words.percent(good, f.total())));
        lines.add(number("failed", Icon.ERROR, f.drills(DrillState.FAILED), () -> drilled("drill-failed"),
                Messages.overview_drillFailed, ""));
        lines.add(number("overdue", Icon.WARNINGS, f.drills(DrillState.OVERDUE), () -> drilled("drill-overdue"),
                Messages.overview_drillOverdue, ""));
        Row<ServerSummary> oldest = f.oldestDrill();
        if (oldest != null) {
            LastDrill last = oldest.value().lastDrill();
            lines.add(new Lines.Line("oldest", null, oldest.value().name(),
                    () -> opener.open(Opener.SHOW_SERVERS, Map.of(Opener.SERVERS_SERVER, oldest.value().id())),
                    Messages.overview_drillOldest, last == null || last.lastGood() == null ? ""
                            : words.plainDate(last.lastGood().atZone(ZoneId.systemDefault()).toLocalDate())));
        }
        drills.show(lines);
    }

    private void drilled(String chip) {
        opener.open(Opener.SHOW_SERVERS, Map.of(Opener.SERVERS_CHIPS, chip));
    }

    private void showLongest(Figures f) {
        allWell.setText(f.longest().isEmpty() ? Messages.overview_allWell : Messages.overview_longestText);
        List<Lines.Line> lines = new ArrayList<>();
        for (Row<ServerSummary> row : f.longest()) {
            ServerSummary server = row.value();
            lines.add(new Lines.Line(server.id(), OverviewWords.icon(server.state()), words.without(server, f.at()),
                    () -> opener.open(Opener.SHOW_SERVERS, Map.of(Opener.SERVERS_SERVER, server.id())),
                    server.name(), items(row)));
        }
        longest.show(lines);
    }

    /** What of the server is not protected: its items, of the policy where it has none of its own. */
    private String items(Row<ServerSummary> row) {
        ServerSummary server = row.value();
        if (server.drift() != null) {
            return server.drift();
        }
        if (server.ownItems() > 0) {
            return Texts.bind(Messages.overview_ownItems, formats.count(server.ownItems()));
        }
        return row.session().live().policies().snapshot().stream()
                .filter(p -> p.vault().equals(server.vault()) && p.policy().name().equals(server.policy()))
                .findFirst().map(p -> String.join(", ", p.policy().items())).orElse("");
    }

    private void showStorage(Figures f) {
        long all = f.vaults().stream().mapToLong(v -> v.row().value().storedBytes()).sum();
        List<Lines.Line> lines = new ArrayList<>();
        lines.add(new Lines.Line("all", Icon.VAULT, formats.size(all), opener::vaults,
                NLS.bind(Messages.overview_inVaults, formats.count(f.vaults().size())), ""));
        f.vaults().stream().limit(MOST_VAULTS).forEach(v -> lines.add(new Lines.Line(v.row().value().name(), null,
                formats.size(v.row().value().storedBytes()), opener::vaults, v.row().value().name(),
                words.growth(v))));
        f.vaults().stream().filter(v -> f.vaults().size() > 1 && v.full() != null)
                .min(Comparator.comparing(Figures.Vault::full))
                .ifPresent(v -> lines.add(1, new Lines.Line("full", Icon.HISTORY, words.plainDate(v.full()),
                        opener::vaults, NLS.bind(Messages.overview_firstFull, v.row().value().name()), "")));
        var known = f.vaults().stream().map(Figures.Vault::care).filter(Objects::nonNull).toList();
        if (!known.isEmpty()) {
            lines.add(new Lines.Line("packs", Icon.VAULT, formats.count(known.stream().mapToLong(c -> c.packs()).sum()),
                    null, Messages.overview_packs, ""));
            lines.add(new Lines.Line("freed", Icon.REMOVED, formats.size(known.stream().mapToLong(c -> c.freed())
                    .sum()), null, Messages.overview_freed, ""));
        }
        vaults.show(lines);
        addedDays.show(f.days().stream().map(this::addedBar).toList());
    }

    private void showVersions(Figures f) {
        Tone[] tones = { Tone.OK, Tone.ACCENT, Tone.PARTIAL, Tone.WARNING, Tone.MUTED };
        List<StackBar.Part> parts = new ArrayList<>();
        List<Lines.Line> lines = new ArrayList<>();
        f.versions().forEach((version, count) -> {
            String name = version.isEmpty() ? Messages.overview_noVersion : version;
            parts.add(new StackBar.Part(tones[Math.min(parts.size(), tones.length - 1)], count, part(count, name)));
            lines.add(number(version.isEmpty() ? "none" : version, null, count,
                    () -> opener.open(Opener.SHOW_SERVERS, Map.of(Opener.SERVERS_TEXT, "agent=" + version + ';')),
                    name, words.percent(count, f.total())));
        });
        versionBar.show(parts);
        versions.show(lines);
    }

    private String part(long count, String what) {
        return NLS.bind(Messages.overview_part, formats.count(count), what);
    }

    private Lines.Line number(String key, @Nullable Icon icon, int count, Runnable open, String text, String more) {
        return new Lines.Line(key, icon, formats.count(count), count == 0 ? null : open, text, more);
    }
}
