package org.holdfast.console.policies.internal;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.RowLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.policy.Bandwidth;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.ui.Ui;

/** How fast agents may send: one rate in work hours, another one otherwise. */
final class BandwidthSection extends Section {
    private static final int KILO = 1000;
    private static final int PROPOSED = 10_000;

    private final PolicyWords words;
    private final Map<DayOfWeek, Button> days = new EnumMap<>(DayOfWeek.class);
    private WeekGrid grid;
    private Text start;
    private Text end;
    private Rate work;
    private Rate other;
    private Button restores;
    private Label text;
    private boolean showing;

    /** A rate that may be unlimited, in kbit/s shown as Mbit/s. */
    private final class Rate {
        private final Button limited;
        private final Spinner spinner;
        private long shown;

        Rate(Composite parent, String id, String label) {
            limited = Ui.id(new Button(parent, SWT.CHECK), id + ".limited");
            limited.setText(label);
            var box = new Composite(parent, SWT.NONE);
            box.setLayout(Ui.grid(2));
            spinner = Ui.name(Ui.id(new Spinner(box, SWT.BORDER), id), label.replace("&", ""));
            spinner.setValues(PROPOSED, (int) (Bandwidth.SLOWEST / KILO), (int) (Bandwidth.FASTEST / KILO), 3, KILO,
                    10 * KILO);
            Ui.label(box, Messages.rate_unit);
            limited.addListener(SWT.Selection, e -> {
                spinner.setEnabled(limited.getSelection());
                changed();
            });
            spinner.addListener(SWT.Modify, e -> changed());
        }

        void set(long rate) {
            shown = rate;
            limited.setSelection(rate != Bandwidth.UNLIMITED);
            spinner.setEnabled(rate != Bandwidth.UNLIMITED);
            if (rate != Bandwidth.UNLIMITED) {
                spinner.setSelection((int) (rate / KILO));
            }
        }

        long get() {
            if (!limited.getSelection()) {
                return Bandwidth.UNLIMITED;
            }
            long rate = (long) spinner.getSelection() * KILO;
            return shown / KILO == spinner.getSelection() ? shown : rate;
        }
    }

    BandwidthSection(PolicyWords words) {
        this.words = words;
    }

    @Override
    String title() {
        return Messages.rate_title;
    }

    @Override
    List<String> fields() {
        return List.of("bandwidth");
    }

    @Override
    Control create(Composite parent) {
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(1));
        var rates = Fields.group(body, Messages.rate_rates);
        work = new Rate(rates, "bandwidth.work", Messages.rate_work);
        other = new Rate(rates, "bandwidth.other", Messages.rate_other);
        restores = watch(Fields.check(rates, "bandwidth.restores", Messages.rate_restores));
        var hours = Fields.group(body, Messages.rate_hours);
        hours.setLayoutData(Ui.fill());
        grid = new WeekGrid(hours, words, painted -> {
            hours(painted);
            changed();
        });
        grid.setLayoutData(new GridData(SWT.FILL, SWT.BEGINNING, true, false, 2, 1));
        Fields.note(hours, "bandwidth.note", Messages.rate_note);
        Ui.label(hours, Messages.rate_days);
        var week = new Composite(hours, SWT.NONE);
        var line = new RowLayout();
        line.marginLeft = 0;
        line.spacing = 8;
        week.setLayout(line);
        for (DayOfWeek day : DayOfWeek.values()) {
            var check = Ui.id(new Button(week, SWT.CHECK), "bandwidth." + day.name().toLowerCase(Locale.ROOT));
            check.setText(day.getDisplayName(TextStyle.SHORT_STANDALONE, words.formats().locale()));
            check.addListener(SWT.Selection, e -> changed());
            days.put(day, check);
        }
        start = Fields.text(hours, "bandwidth.start", Messages.rate_start);
        end = Fields.text(hours, "bandwidth.end", Messages.rate_end);
        start.addListener(SWT.Modify, e -> changed());
        end.addListener(SWT.Modify, e -> changed());
        for (Text field : List.of(start, end)) {
            var data = new GridData(SWT.BEGINNING, SWT.CENTER, false, false);
            data.widthHint = Ui.chars(field, 8);
            field.setLayoutData(data);
        }
        text = Ui.id(new Label(body, SWT.WRAP), "bandwidth.text");
        text.setLayoutData(Ui.wide());
        return body;
    }

    private void changed() {
        if (!showing) {
            Bandwidth now = bandwidth();
            grid.show(now);
            say(now);
            tell();
        }
    }

    private void say(Bandwidth now) {
        Ui.setText(text, Ui.plain(words.bandwidth(now)));
    }

    private void hours(Bandwidth b) {
        showing = true;
        days.forEach((day, check) -> check.setSelection(b.workDays().contains(day)));
        time(start, b.workStart());
        time(end, b.workEnd());
        showing = false;
    }

    private static void time(Text field, LocalTime time) {
        if (!time.equals(one(field))) {
            field.setText(time.toString());
        }
    }

    private static @Nullable LocalTime one(Text field) {
        var times = Lists.times(field.getText());
        return times == null || times.size() != 1 ? null : times.getFirst();
    }

    private Bandwidth bandwidth() {
        var chosen = EnumSet.noneOf(DayOfWeek.class);
        days.forEach((day, check) -> {
            if (check.getSelection()) {
                chosen.add(day);
            }
        });
        return new Bandwidth(chosen, one(start), one(end), work.get(), other.get(), restores.getSelection());
    }

    @Override
    void put(Policy policy) {
        Bandwidth b = policy.bandwidth();
        hours(b);
        showing = true;
        work.set(b.workRate());
        other.set(b.otherRate());
        restores.setSelection(b.throttleRestores());
        showing = false;
        grid.show(b);
        say(b);
    }

    @Override
    Policy read(Policy p) {
        return new Policy(p.name(), p.version(), p.description(), p.items(), p.exclusions(), p.plan(), p.retention(),
                bandwidth(), p.before(), p.after(), p.level(), p.changeDetection(), p.reportPaths(),
                p.warningThreshold(), p.drills());
    }

    @Override
    @Nullable
    String unreadable() {
        return one(start) == null || one(end) == null ? Messages.problem_times : null;
    }
}
