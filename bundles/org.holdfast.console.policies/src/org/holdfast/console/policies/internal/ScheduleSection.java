package org.holdfast.console.policies.internal;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.api.policy.Schedule;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Ui;

/** When backups start, with the next times. */
final class ScheduleSection extends Section {
    private static final int MOST_WEEKS = 52;
    private static final int MOST_MINUTES = 720;

    /** Kinds of schedules, in the order of the choice. */
    private enum Kind {
        NONE, DAILY, WEEKLY, CRON
    }

    private final PolicyWords words;
    private final Map<DayOfWeek, Button> days = new EnumMap<>(DayOfWeek.class);
    private Combo kind;
    private Composite timesRow;
    private Composite weekRow;
    private Composite cronRow;
    private Composite moreRow;
    private Text times;
    private Spinner weeks;
    private Text cron;
    private Combo zone;
    private Spinner jitter;
    private Button catchUp;
    private Label state;
    private DataTable<Instant> runs;
    private PreviewFeed.@Nullable Result result;
    private @Nullable LocalDate from;
    private Duration shownJitter = Duration.ZERO;

    ScheduleSection(PolicyWords words) {
        this.words = words;
    }

    @Override
    String title() {
        return Messages.plan_title;
    }

    @Override
    List<String> fields() {
        return List.of("plan");
    }

    @Override
    Control create(Composite parent) {
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1));
        var top = Fields.group(body, Messages.plan_when);
        kind = watch(Fields.choice(top, "plan.kind", Messages.plan_kind, List.of(Messages.plan_none,
                Messages.plan_daily, Messages.plan_weekly, Messages.plan_cron)));
        kind.addListener(SWT.Selection, e -> arrange());
        timesRow = row(top);
        times = watch(Fields.text(timesRow, "plan.times", Messages.plan_times));
        times.setToolTipText(Messages.plan_timesHint);
        weekRow = row(top);
        weeks = watch(Fields.number(weekRow, "plan.weeks", Messages.plan_every, Messages.plan_weeks, 1, MOST_WEEKS));
        Ui.label(weekRow, Messages.plan_days);
        var week = new Composite(weekRow, SWT.NONE);
        var line = new RowLayout();
        line.marginLeft = 0;
        line.spacing = 8;
        week.setLayout(line);
        for (DayOfWeek day : DayOfWeek.values()) {
            var check = Ui.id(new Button(week, SWT.CHECK), "plan." + day.name().toLowerCase(java.util.Locale.ROOT));
            check.setText(day.getDisplayName(TextStyle.SHORT_STANDALONE, words.formats().locale()));
            check.setToolTipText(day.getDisplayName(TextStyle.FULL_STANDALONE, words.formats().locale()));
            days.put(day, watch(check));
        }
        cronRow = row(top);
        cron = watch(Fields.text(cronRow, "plan.expression", Messages.plan_expression));
        Fields.note(cronRow, "plan.cronNote", Messages.plan_cronNote);
        moreRow = row(top);
        Ui.label(moreRow, Messages.plan_zone);
        zone = Ui.name(Ui.id(new Combo(moreRow, SWT.DROP_DOWN), "plan.zone"), Messages.plan_zone.replace("&", ""));
        zone.add(Messages.plan_ownZone);
        ZoneId.getAvailableZoneIds().stream().filter(id -> id.contains("/") || id.equals("UTC")).sorted()
                .forEach(zone::add);
        watch(zone);
        jitter = watch(Fields.number(moreRow, "plan.jitter", Messages.plan_jitter, Messages.plan_minutes, 0,
                MOST_MINUTES));
        catchUp = watch(Fields.check(moreRow, "plan.catchUp", Messages.plan_catchUp));
        var next = Fields.group(body, Messages.plan_next);
        next.setLayout(Ui.grid(1, 8));
        next.setLayoutData(Ui.fill());
        state = Ui.id(new Label(next, SWT.WRAP), "plan.state");
        state.setLayoutData(Ui.wide());
        runs = new DataTable<>(next, SWT.SINGLE | SWT.BORDER, "plan.runs", Messages.plan_next, List.of(
                Column.text("there", Messages.plan_there, 44, this::there),
                Column.<Instant>text("here", Messages.plan_here, 40, this::here).growing()));
        var data = Ui.fill();
        data.heightHint = 7 * runs.control().getItemHeight();
        runs.setLayoutData(data);
        runs.setSource(new ListSource<>(this::instants));
        arrange();
        return body;
    }

    private static Composite row(Composite parent) {
        var row = Fields.grid(parent);
        var layout = Ui.grid(2);
        layout.horizontalSpacing = 10;
        row.setLayout(layout);
        var data = Ui.wide();
        data.horizontalSpan = 2;
        row.setLayoutData(data);
        return row;
    }

    private Kind kind() {
        return Kind.values()[Math.max(0, kind.getSelectionIndex())];
    }

    private void arrange() {
        Kind now = kind();
        Fields.show(timesRow, now == Kind.DAILY || now == Kind.WEEKLY);
        Fields.show(weekRow, now == Kind.WEEKLY);
        Fields.show(cronRow, now == Kind.CRON);
        Fields.show(moreRow, now != Kind.NONE);
        kind.requestLayout();
        timesRow.requestLayout();
    }

    @Override
    void put(Policy policy) {
        RunPlan plan = policy.plan();
        shownJitter = plan == null ? Duration.ofMinutes(30) : plan.jitter();
        jitter.setSelection((int) shownJitter.toMinutes());
        catchUp.setSelection(plan == null || plan.catchUp());
        String where = plan == null || plan.zone().isEmpty() ? Messages.plan_ownZone : plan.zone();
        if (!zone.getText().equals(where)) {
            zone.setText(where);
        }
        switch (plan == null ? null : plan.schedule()) {
            case null -> kind.select(Kind.NONE.ordinal());
            case Schedule.Daily daily -> {
                kind.select(Kind.DAILY.ordinal());
                times(daily.times());
            }
            case Schedule.Weekly weekly -> {
                kind.select(Kind.WEEKLY.ordinal());
                times(weekly.times());
                weeks.setSelection(weekly.everyWeeks());
                days.forEach((day, check) -> check.setSelection(weekly.days().contains(day)));
                from = weekly.from();
            }
            case Schedule.Cron expression -> {
                kind.select(Kind.CRON.ordinal());
                Fields.set(cron, expression.expression());
            }
        }
        if (times.getText().isEmpty()) {
            times(List.of(LocalTime.of(22, 0)));
        }
        arrange();
    }

    private void times(List<LocalTime> list) {
        if (!list.equals(Lists.times(times.getText()))) {
            times.setText(Lists.text(list));
        }
    }

    @Override
    Policy read(Policy policy) {
        return policy.withPlan(plan());
    }

    private @Nullable RunPlan plan() {
        List<LocalTime> typed = Lists.times(times.getText());
        List<LocalTime> at = typed == null ? List.of() : typed;
        Schedule schedule = switch (kind()) {
            case NONE -> null;
            case DAILY -> new Schedule.Daily(at);
            case WEEKLY -> new Schedule.Weekly(weeks.getSelection(), chosenDays(), at, from);
            case CRON -> new Schedule.Cron(cron.getText());
        };
        if (schedule == null) {
            return null;
        }
        String where = zone.getText().strip();
        Duration apart = shownJitter.toMinutes() == jitter.getSelection() ? shownJitter
                : Duration.ofMinutes(jitter.getSelection());
        return new RunPlan(schedule, where.equals(Messages.plan_ownZone) ? "" : where, apart, catchUp.getSelection());
    }

    private Set<DayOfWeek> chosenDays() {
        var chosen = EnumSet.noneOf(DayOfWeek.class);
        days.forEach((day, check) -> {
            if (check.getSelection()) {
                chosen.add(day);
            }
        });
        return chosen;
    }

    @Override
    @Nullable
    String unreadable() {
        Kind now = kind();
        return (now == Kind.DAILY || now == Kind.WEEKLY) && Lists.times(times.getText()) == null
                ? Messages.problem_times
                : null;
    }

    /** Shows the next runs. */
    void show(PreviewFeed.Result next) {
        result = next;
        runs.shapeChanged();
        RunPlan plan = next.plan();
        var failure = next.failure();
        String text;
        if (plan == null) {
            text = Messages.plan_onDemand;
        } else if (failure != null) {
            text = failure.message();
        } else if (next.preview() == null) {
            text = Messages.plan_unknown;
        } else if (instants().isEmpty()) {
            text = Messages.plan_never;
        } else {
            text = words.schedule(plan) + (plan.jitter().isZero() ? ""
                    : "\n"
                            + org.eclipse.osgi.util.NLS.bind(Messages.plan_later, words.minutes(plan.jitter())));
        }
        if (!state.getText().equals(Ui.plain(text))) {
            state.setText(Ui.plain(text));
            state.requestLayout();
        }
    }

    private List<Instant> instants() {
        var known = result;
        return known == null || known.preview() == null ? List.of() : known.preview().runs();
    }

    private String there(Instant run) {
        RunPlan plan = result == null ? null : result.plan();
        String where = plan == null ? "" : plan.zone();
        return words.day(run, where.isEmpty() ? ZoneOffset.UTC : ZoneId.of(where));
    }

    private String here(Instant run) {
        RunPlan plan = result == null ? null : result.plan();
        return plan == null || plan.zone().isEmpty() ? Messages.plan_depends : words.day(run, words.formats().zone());
    }
}
