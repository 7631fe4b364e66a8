package org.holdfast.console.policies.internal;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Scale;
import org.eclipse.swt.widgets.Spinner;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Ui;

/** Which points stay, with a year of them on a calendar. */
final class RetentionSection extends Section {
    private static final int MOST = 9999;
    private static final int ROWS = 6;
    private static final int WEEK = 7;
    private static final int MONTH = 30;

    private final PolicyWords words;
    private Spinner last;
    private Spinner daily;
    private Spinner weekly;
    private Spinner monthly;
    private Spinner yearly;
    private Label state;
    private RetentionCalendar calendar;
    private Label there;
    private Scale scale;
    private Label dayText;
    private DataTable<SimulatedYear.Point> table;
    private SimulatedYear year = SimulatedYear.EMPTY;
    private LocalDate chosen = LocalDate.EPOCH;
    private @Nullable RunPlan plan;

    RetentionSection(PolicyWords words) {
        this.words = words;
    }

    @Override
    String title() {
        return Messages.keep_title;
    }

    @Override
    List<String> fields() {
        return List.of("retention");
    }

    @Override
    Control create(Composite parent) {
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1));
        var rules = Fields.group(body, Messages.keep_rules);
        var line = Ui.grid(10, 8);
        line.horizontalSpacing = 8;
        rules.setLayout(line);
        last = watch(count(rules, "retention.last", Messages.keep_last));
        daily = watch(count(rules, "retention.daily", Messages.keep_daily));
        weekly = watch(count(rules, "retention.weekly", Messages.keep_weekly));
        monthly = watch(count(rules, "retention.monthly", Messages.keep_monthly));
        yearly = watch(count(rules, "retention.yearly", Messages.keep_yearly));
        var future = Fields.group(body, Messages.keep_year);
        future.setLayout(Ui.grid(1, 8));
        future.setLayoutData(Ui.fill());
        state = Ui.id(new Label(future, SWT.WRAP), "retention.state");
        state.setLayoutData(Ui.wide());
        calendar = new RetentionCalendar(future, words, this::choose);
        calendar.setLayoutData(new GridData(SWT.FILL, SWT.BEGINNING, true, false));
        var move = new Composite(future, SWT.NONE);
        move.setLayout(Ui.grid(2));
        move.setLayoutData(Ui.wide());
        Ui.label(move, Messages.keep_at);
        scale = Ui.name(Ui.id(new Scale(move, SWT.HORIZONTAL), "retention.at"), Messages.keep_at.replace("&", ""));
        scale.setIncrement(1);
        scale.setPageIncrement(MONTH);
        scale.setLayoutData(Ui.wide());
        scale.addListener(SWT.Selection, e -> moved());
        there = Ui.id(new Label(future, SWT.WRAP), "retention.there");
        there.setLayoutData(Ui.wide());
        dayText = Ui.id(new Label(future, SWT.WRAP), "retention.day");
        dayText.setLayoutData(Ui.wide());
        table = new DataTable<>(future, SWT.SINGLE | SWT.BORDER, "retention.points", Messages.keep_points, List.of(
                Column.text("made", Messages.keep_made, 42, p -> words.day(p.made(), zone())),
                Column.text("rule", Messages.keep_rule, 14, p -> words.tier(p.tier())),
                Column.<SimulatedYear.Point>text("until", Messages.keep_until, 30, p -> words.until(p, year))
                        .growing()));
        table.onSelect(rows -> {
            if (!rows.isEmpty() && !rows.getFirst().day().equals(chosen)) {
                choose(rows.getFirst().day());
            }
        });
        var data = Ui.fill();
        data.heightHint = ROWS * table.control().getItemHeight();
        table.setLayoutData(data);
        table.setSource(new ListSource<>(() -> year.points()));
        return body;
    }

    private static Spinner count(Composite parent, String id, String label) {
        Ui.label(parent, label);
        var spinner = Ui.name(Ui.id(new Spinner(parent, SWT.BORDER), id), label.replace("&", ""));
        spinner.setValues(0, 0, MOST, 0, 1, WEEK);
        return spinner;
    }

    @Override
    void put(Policy policy) {
        RetentionRule rule = policy.retention();
        last.setSelection(rule.last());
        daily.setSelection(rule.daily());
        weekly.setSelection(rule.weekly());
        monthly.setSelection(rule.monthly());
        yearly.setSelection(rule.yearly());
    }

    @Override
    Policy read(Policy p) {
        var rule = new RetentionRule(last.getSelection(), daily.getSelection(), weekly.getSelection(),
                monthly.getSelection(), yearly.getSelection());
        return new Policy(p.name(), p.version(), p.description(), p.items(), p.exclusions(), p.plan(), rule,
                p.bandwidth(), p.before(), p.after(), p.level(), p.changeDetection(), p.reportPaths(),
                p.warningThreshold(), p.drills());
    }

    /** Shows a year of points. */
    void show(PreviewFeed.Result result) {
        plan = result.plan();
        var preview = result.preview();
        var failure = result.failure();
        year = preview == null ? SimulatedYear.EMPTY : SimulatedYear.of(preview, zone());
        int end = Math.max(1, year.days() - 1);
        scale.setMaximum(end);
        scale.setSelection(end);
        scale.setEnabled(!year.points().isEmpty());
        calendar.show(year);
        table.shapeChanged();
        text(state, failure != null ? failure.message()
                : plan == null ? Messages.keep_onDemand
                        : preview == null ? Messages.keep_unknown
                                : year.cut() ? NLS.bind(Messages.keep_cut, words.date(year.last()))
                                        : Messages.keep_how);
        moved();
        choose(year.first());
    }

    private ZoneId zone() {
        RunPlan now = plan;
        return now == null || now.zone().isEmpty() ? ZoneOffset.UTC : ZoneId.of(now.zone());
    }

    private void moved() {
        LocalDate at = year.first().plusDays(scale.getSelection());
        calendar.showAt(at);
        text(there, year.points().isEmpty() ? "" : words.there(at, year.there(at)));
    }

    private void choose(LocalDate day) {
        chosen = day;
        calendar.choose(day);
        var points = year.byDay().getOrDefault(day, List.of());
        text(dayText, year.points().isEmpty() ? "" : words.day(day, points, year));
        if (!points.isEmpty() && table.selection().stream().noneMatch(p -> p.day().equals(day))) {
            table.selectRow(year.points().indexOf(points.getFirst()));
        }
    }

    private static void text(Label label, String text) {
        if (!label.getText().equals(Ui.plain(text))) {
            label.setText(Ui.plain(text));
            label.requestLayout();
        }
    }
}
