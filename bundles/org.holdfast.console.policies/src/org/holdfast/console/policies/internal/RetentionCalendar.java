package org.holdfast.console.policies.internal;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.holdfast.console.policies.internal.SimulatedYear.Tier;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;

/**
 * A year of days, a week in each column: on which there will be a point, what keeps it, and which are gone by a day
 * that can be moved. Letters tell the rules apart as well as colours; the table below it holds the same as text.
 */
final class RetentionCalendar extends Canvas {
    private static final int WEEK = 7;
    private static final int COLUMNS = 54;
    private static final int MONTH = 28;

    private final PolicyWords words;
    private final Consumer<LocalDate> choose;
    private SimulatedYear year = SimulatedYear.EMPTY;
    private Map<LocalDate, List<SimulatedYear.Point>> byDay = Map.of();
    private LocalDate at = LocalDate.EPOCH;
    private LocalDate chosen = LocalDate.EPOCH;

    RetentionCalendar(Composite parent, PolicyWords words, Consumer<LocalDate> choose) {
        super(parent, SWT.DOUBLE_BUFFERED);
        this.words = words;
        this.choose = choose;
        Ui.id(this, "retention.calendar");
        addListener(SWT.Paint, e -> paint(e.gc));
        addListener(SWT.MouseDown, this::clicked);
        addListener(SWT.MouseMove, this::hover);
        addListener(SWT.KeyDown, this::key);
        addListener(SWT.FocusIn, e -> redraw());
        addListener(SWT.FocusOut, e -> redraw());
        addListener(SWT.Traverse, e -> e.doit = e.detail == SWT.TRAVERSE_TAB_NEXT
                || e.detail == SWT.TRAVERSE_TAB_PREVIOUS || e.detail == SWT.TRAVERSE_ESCAPE);
        makeAccessible();
    }

    /** Shows a year. */
    void show(SimulatedYear next) {
        year = next;
        byDay = next.byDay();
        redraw();
    }

    /** Shows which points are there at the end of a day. */
    void showAt(LocalDate day) {
        at = day;
        redraw();
    }

    /** Marks a day. */
    void choose(LocalDate day) {
        chosen = day;
        setToolTipText(null);
        redraw();
    }

    @Override
    public Point computeSize(int wide, int high, boolean changed) {
        int line = line();
        return new Point(wide == SWT.DEFAULT ? left() + COLUMNS * Math.max(11, line() - 1) : wide,
                high == SWT.DEFAULT ? WEEK * (line + 3) + 3 * line + 12 : high);
    }

    private int line() {
        var gc = new GC(this);
        try {
            return gc.getFontMetrics().getHeight();
        } finally {
            gc.dispose();
        }
    }

    private int left() {
        return Ui.chars(this, 5);
    }

    private int size(int width) {
        int line = line();
        return Math.clamp((width - left()) / COLUMNS, Math.max(11, line - 6), line + 3);
    }

    private LocalDate monday() {
        return year.first().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private void paint(GC gc) {
        gc.setAntialias(SWT.ON);
        if (year.points().isEmpty()) {
            gc.setForeground(Tone.MUTED.on(this));
            gc.drawText(Messages.calendar_nothing, left(), line(), true);
            return;
        }
        int size = size(getClientArea().width);
        int top = line() + 4;
        paintNames(gc, size, top);
        for (LocalDate day = year.first(); !day.isAfter(year.last()); day = day.plusDays(1)) {
            paintDay(gc, day, size, top);
        }
        paintLegend(gc, top + WEEK * size + 6);
    }

    private void paintNames(GC gc, int size, int top) {
        gc.setForeground(Tone.MUTED.on(this));
        boolean all = size >= line();
        for (DayOfWeek day : DayOfWeek.values()) {
            int row = day.getValue() - 1;
            if (all || row % 2 == 0) {
                String name = day.getDisplayName(TextStyle.SHORT_STANDALONE, words.formats().locale());
                gc.drawString(name, 0, top + row * size + (size - gc.stringExtent(name).y) / 2, true);
            }
        }
        var month = DateTimeFormatter.ofPattern("LLL", words.formats().locale());
        int free = 0;
        for (LocalDate day = year.first(); !day.isAfter(year.last()); day = day.plusDays(1)) {
            if (day.getDayOfMonth() == 1 || day.equals(year.first())) {
                String name = day.getMonthValue() == 1 ? day.getYear() + "" : month.format(day);
                int x = x(day, size);
                if (x >= free) {
                    gc.drawString(name, x, 0, true);
                    free = x + gc.stringExtent(name).x + 6;
                }
            }
        }
    }

    private int x(LocalDate day, int size) {
        return left() + (int) (ChronoUnit.DAYS.between(monday(), day) / WEEK) * size;
    }

    private void paintDay(GC gc, LocalDate day, int size, int top) {
        int x = x(day, size);
        int y = top + (day.getDayOfWeek().getValue() - 1) * size;
        int inner = size - 2;
        List<SimulatedYear.Point> points = byDay.getOrDefault(day, List.of());
        List<SimulatedYear.Point> there = points.stream().filter(p -> p.isThere(at)).toList();
        if (!there.isEmpty()) {
            Tier tier = SimulatedYear.longest(there).tier();
            gc.setBackground(tone(tier).on(this));
            gc.fillRoundRectangle(x, y, inner, inner, 4, 4);
            String letter = words.letter(tier);
            Point extent = gc.stringExtent(letter);
            if (extent.x <= inner - 1) {
                gc.setForeground(getBackground());
                gc.drawString(letter, x + (inner - extent.x) / 2, y + (inner - extent.y) / 2, true);
            }
        } else if (!points.isEmpty() && !day.isAfter(at)) {
            gc.setForeground(Tone.LINE.on(this));
            gc.drawRoundRectangle(x, y, inner - 1, inner - 1, 4, 4);
        } else {
            int dot = points.isEmpty() ? 2 : 4;
            gc.setBackground(Tone.LINE.on(this));
            gc.fillOval(x + (inner - dot) / 2, y + (inner - dot) / 2, dot, dot);
        }
        if (day.equals(chosen)) {
            gc.setForeground(getForeground());
            gc.setLineWidth(isFocusControl() ? 2 : 1);
            gc.drawRoundRectangle(x - 1, y - 1, inner + 1, inner + 1, 5, 5);
            gc.setLineWidth(1);
        }
    }

    private void paintLegend(GC gc, int y) {
        int x = left();
        int height = gc.getFontMetrics().getHeight();
        for (Tier tier : Tier.values()) {
            if (year.points().stream().noneMatch(p -> p.tier() == tier)) {
                continue;
            }
            gc.setBackground(tone(tier).on(this));
            gc.fillRoundRectangle(x, y, height, height, 4, 4);
            String letter = words.letter(tier);
            gc.setForeground(getBackground());
            gc.drawString(letter, x + (height - gc.stringExtent(letter).x) / 2, y, true);
            gc.setForeground(getForeground());
            gc.drawString(words.tier(tier), x + height + 5, y, true);
            x += height + 5 + gc.stringExtent(words.tier(tier)).x + 16;
        }
        gc.setForeground(Tone.LINE.on(this));
        gc.drawRoundRectangle(x, y, height - 1, height - 1, 4, 4);
        gc.setForeground(getForeground());
        gc.drawString(Messages.calendar_gone, x + height + 5, y, true);
    }

    private static Tone tone(Tier tier) {
        return switch (tier) {
            case YEARLY -> Tone.WARNING;
            case MONTHLY -> Tone.PARTIAL;
            case WEEKLY -> Tone.ACCENT;
            case DAILY -> Tone.OK;
            case LAST, NEWEST -> Tone.MUTED;
        };
    }

    private LocalDate dayAt(int x, int y) {
        int size = size(getClientArea().width);
        int row = Math.floorDiv(y - line() - 4, size);
        int column = Math.floorDiv(x - left(), size);
        if (row < 0 || row >= WEEK || column < 0) {
            return null;
        }
        LocalDate day = monday().plusDays((long) column * WEEK + row);
        return day.isBefore(year.first()) || day.isAfter(year.last()) ? null : day;
    }

    private void clicked(Event e) {
        setFocus();
        LocalDate day = dayAt(e.x, e.y);
        if (day != null) {
            choose.accept(day);
        }
    }

    private void hover(Event e) {
        LocalDate day = year.points().isEmpty() ? null : dayAt(e.x, e.y);
        String text = day == null ? null : words.day(day, byDay.getOrDefault(day, List.of()), year);
        if (!java.util.Objects.equals(text, getToolTipText())) {
            setToolTipText(text);
        }
    }

    private void key(Event e) {
        LocalDate to = switch (e.keyCode) {
            case SWT.ARROW_LEFT -> chosen.minusDays(WEEK);
            case SWT.ARROW_RIGHT -> chosen.plusDays(WEEK);
            case SWT.ARROW_UP -> chosen.minusDays(1);
            case SWT.ARROW_DOWN -> chosen.plusDays(1);
            case SWT.PAGE_UP -> chosen.minusDays(MONTH);
            case SWT.PAGE_DOWN -> chosen.plusDays(MONTH);
            case SWT.HOME -> year.first();
            case SWT.END -> year.last();
            default -> null;
        };
        if (to != null && !year.points().isEmpty()) {
            e.doit = false;
            choose.accept(to.isBefore(year.first()) ? year.first() : to.isAfter(year.last()) ? year.last() : to);
        }
    }

    private void makeAccessible() {
        Ui.name(this, Messages.calendar_name);
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getDescription(AccessibleEvent e) {
                e.result = words.day(chosen, byDay.getOrDefault(chosen, List.of()), year);
            }
        });
        getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent e) {
                e.detail = ACC.ROLE_TABLE;
            }

            @Override
            public void getState(AccessibleControlEvent e) {
                e.detail = ACC.STATE_FOCUSABLE | (isFocusControl() ? ACC.STATE_FOCUSED : 0);
            }
        });
    }
}
