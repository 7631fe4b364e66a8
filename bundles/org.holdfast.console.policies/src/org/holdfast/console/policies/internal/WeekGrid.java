package org.holdfast.console.policies.internal;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
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
import org.holdfast.api.policy.Bandwidth;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;

/**
 * A week of hours in which the work hours are painted: with the mouse over days and hours, or with the arrows while
 * Shift is held and Enter; Space takes a day in or out. The fields beside it say the same as text.
 */
final class WeekGrid extends Canvas {
    private static final int DAYS = 7;
    private static final int ROW = 24;
    private static final int CELL = 26;
    private static final double MINUTES = 60.0;

    private final PolicyWords words;
    private final Consumer<Bandwidth> painted;
    private Bandwidth bandwidth = Bandwidth.NONE;
    private int day;
    private int hour = 9;
    private int fromDay;
    private int fromHour = 9;
    private boolean marking;

    WeekGrid(Composite parent, PolicyWords words, Consumer<Bandwidth> painted) {
        super(parent, SWT.DOUBLE_BUFFERED);
        this.words = words;
        this.painted = painted;
        Ui.id(this, "bandwidth.grid");
        addListener(SWT.Paint, e -> paint(e.gc));
        addListener(SWT.MouseDown, this::down);
        addListener(SWT.MouseMove, this::move);
        addListener(SWT.MouseUp, this::up);
        addListener(SWT.KeyDown, this::key);
        addListener(SWT.FocusIn, e -> redraw());
        addListener(SWT.FocusOut, e -> redraw());
        addListener(SWT.Traverse, e -> e.doit = e.detail == SWT.TRAVERSE_TAB_NEXT
                || e.detail == SWT.TRAVERSE_TAB_PREVIOUS || e.detail == SWT.TRAVERSE_ESCAPE);
        makeAccessible();
    }

    /** Shows work hours. */
    void show(Bandwidth next) {
        bandwidth = next;
        redraw();
    }

    @Override
    public Point computeSize(int wide, int high, boolean changed) {
        return new Point(wide == SWT.DEFAULT ? left() + WorkWeek.HOURS * CELL + 2 : wide,
                high == SWT.DEFAULT ? top() + DAYS * row() + 2 : high);
    }

    private int left() {
        return Ui.chars(this, 7);
    }

    private int line() {
        var gc = new GC(this);
        try {
            return gc.getFontMetrics().getHeight();
        } finally {
            gc.dispose();
        }
    }

    private int top() {
        return line() + 4;
    }

    private int row() {
        return Math.max(ROW, line() + 6);
    }

    private double cell() {
        return (getClientArea().width - left() - 2) / (double) WorkWeek.HOURS;
    }

    private void paint(GC gc) {
        int left = left();
        int top = top();
        int row = row();
        double cell = cell();
        gc.setBackground(Tone.ACCENT.on(this));
        for (WorkWeek.Span span : WorkWeek.spans(bandwidth)) {
            int x = left + (int) (span.from() / MINUTES * cell);
            int y = top + (span.day().getValue() - 1) * row;
            int width = (int) ((span.to() - span.from()) / MINUTES * cell);
            gc.fillRectangle(x, y + 1, width, row - 1);
        }
        gc.setForeground(Tone.LINE.on(this));
        for (int i = 0; i <= WorkWeek.HOURS; i++) {
            int x = left + (int) (i * cell);
            gc.drawLine(x, top, x, top + DAYS * row);
        }
        for (int i = 0; i <= DAYS; i++) {
            gc.drawLine(left, top + i * row, left + (int) (WorkWeek.HOURS * cell), top + i * row);
        }
        gc.setForeground(getBackground());
        for (WorkWeek.Span span : WorkWeek.spans(bandwidth)) {
            int x = left + (int) (span.from() / MINUTES * cell);
            int width = (int) ((span.to() - span.from()) / MINUTES * cell);
            Point extent = gc.stringExtent(Messages.grid_work);
            if (extent.x < width - 8) {
                int y = top + (span.day().getValue() - 1) * row + (row - extent.y) / 2;
                gc.setBackground(Tone.ACCENT.on(this));
                gc.drawString(Messages.grid_work, x + (width - extent.x) / 2, y, false);
            }
        }
        gc.setForeground(Tone.MUTED.on(this));
        for (int i = 0; i < WorkWeek.HOURS; i += 3) {
            gc.drawString(Integer.toString(i), left + (int) (i * cell), 0, true);
        }
        for (DayOfWeek name : DayOfWeek.values()) {
            gc.setForeground(bandwidth.workDays().contains(name) ? getForeground() : Tone.MUTED.on(this));
            gc.drawString(name.getDisplayName(TextStyle.SHORT_STANDALONE, words.formats().locale()), 0,
                    top + (name.getValue() - 1) * row + 3, true);
        }
        paintCursor(gc, left, top, row, cell);
    }

    private void paintCursor(GC gc, int left, int top, int row, double cell) {
        if (!isFocusControl() && !marking) {
            return;
        }
        int x = left + (int) (Math.min(hour, fromHour) * cell);
        int y = top + Math.min(day, fromDay) * row;
        int width = (int) ((Math.abs(hour - fromHour) + 1) * cell);
        int height = (Math.abs(day - fromDay) + 1) * row;
        gc.setForeground(getForeground());
        gc.setLineWidth(2);
        gc.drawRectangle(x, y, width, height);
        gc.setLineWidth(1);
    }

    private void down(Event e) {
        setFocus();
        int atDay = Math.floorDiv(e.y - top(), row());
        if (e.button != 1 || atDay < 0 || atDay >= DAYS) {
            return;
        }
        day = atDay;
        fromDay = atDay;
        if (e.x < left()) {
            set(WorkWeek.toggle(bandwidth, DayOfWeek.of(day + 1)));
        } else {
            hour = hourAt(e.x);
            fromHour = hour;
            marking = true;
            redraw();
        }
    }

    private int hourAt(int x) {
        return Math.clamp((long) ((x - left()) / cell()), 0, WorkWeek.HOURS - 1);
    }

    private void move(Event e) {
        if (marking) {
            day = Math.clamp(Math.floorDiv(e.y - top(), row()), 0, DAYS - 1);
            hour = hourAt(e.x);
            redraw();
        }
    }

    private void up(Event e) {
        if (marking) {
            marking = false;
            mark();
        }
    }

    private void mark() {
        set(WorkWeek.paint(bandwidth, DayOfWeek.of(fromDay + 1), fromHour, DayOfWeek.of(day + 1), hour));
    }

    private void set(Bandwidth next) {
        bandwidth = next;
        redraw();
        painted.accept(next);
    }

    private void key(Event e) {
        boolean moved = true;
        switch (e.keyCode) {
            case SWT.ARROW_LEFT -> hour = Math.max(0, hour - 1);
            case SWT.ARROW_RIGHT -> hour = Math.min(WorkWeek.HOURS - 1, hour + 1);
            case SWT.ARROW_UP -> day = Math.max(0, day - 1);
            case SWT.ARROW_DOWN -> day = Math.min(DAYS - 1, day + 1);
            case SWT.HOME -> hour = 0;
            case SWT.END -> hour = WorkWeek.HOURS - 1;
            default -> moved = false;
        }
        if (moved) {
            if ((e.stateMask & SWT.SHIFT) == 0) {
                fromDay = day;
                fromHour = hour;
            }
            e.doit = false;
            redraw();
        } else if (e.keyCode == SWT.CR || e.keyCode == SWT.KEYPAD_CR) {
            e.doit = false;
            mark();
        } else if (e.keyCode == SWT.SPACE) {
            e.doit = false;
            set(WorkWeek.toggle(bandwidth, DayOfWeek.of(day + 1)));
        } else if (e.keyCode == SWT.DEL) {
            e.doit = false;
            set(WorkWeek.withDays(bandwidth, java.util.Set.of()));
        }
    }

    private void makeAccessible() {
        Ui.name(this, Messages.grid_name);
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getDescription(AccessibleEvent e) {
                e.result = words.workHours(bandwidth);
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
