package org.holdfast.console.recovery.internal;

import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.accessibility.AccessibleValueAdapter;
import org.eclipse.swt.accessibility.AccessibleValueEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.holdfast.api.vault.PointState;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.recover.PointMarks;
import org.holdfast.console.client.recover.TimeLine;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;

/**
 * Recovery points along a line of time. State is told by shape as well as by colour: disc, triangle, diamond. To a
 * screen reader it is a slider whose value is the chosen point; the table below it holds the same as text.
 */
final class TimeLineStrip extends Canvas {
    private static final int MARGIN = 28;
    private static final int APART = 15;
    private static final int RADIUS = 6;
    private static final int PAGE = 10;

    private final Wording wording;
    private final Consumer<PointSummary> choose;
    private List<PointSummary> points = List.of();
    private PointSummary chosen;
    private TimeLine line;
    private int hovered = -1;
    private Function<PointSummary, PointMarks.Mark> marks = p -> PointMarks.Mark.NONE;

    TimeLineStrip(Composite parent, Wording wording, Consumer<PointSummary> choose) {
        super(parent, SWT.DOUBLE_BUFFERED);
        this.wording = wording;
        this.choose = choose;
        Ui.id(this, "points.strip");
        addListener(SWT.Paint, e -> paint(e.gc));
        addListener(SWT.Resize, e -> line = null);
        addListener(SWT.MouseDown, this::clicked);
        addListener(SWT.MouseMove, this::hover);
        addListener(SWT.MouseExit, e -> setHovered(-1));
        addListener(SWT.KeyDown, this::key);
        addListener(SWT.FocusIn, e -> redraw());
        addListener(SWT.FocusOut, e -> redraw());
        addListener(SWT.Traverse, e -> e.doit = e.detail == SWT.TRAVERSE_TAB_NEXT
                || e.detail == SWT.TRAVERSE_TAB_PREVIOUS || e.detail == SWT.TRAVERSE_ESCAPE);
        makeAccessible();
    }

    void setPoints(List<PointSummary> fresh, Function<PointSummary, PointMarks.Mark> known) {
        marks = known;
        redraw();
        if (!points.equals(fresh)) {
            points = fresh;
            line = null;
            redraw();
        }
    }

    void select(PointSummary point) {
        if (!Objects.equals(chosen, point)) {
            chosen = point;
            redraw();
            getAccessible().sendEvent(ACC.EVENT_VALUE_CHANGED, null);
        }
    }

    /** Marks and ticks at the present width. */
    TimeLine line() {
        if (line == null) {
            int tickApart = Ui.chars(this, 14);
            line = TimeLine.of(points, getClientArea().width, MARGIN, APART, tickApart, wording.formats().zone());
        }
        return line;
    }

    @Override
    public Point computeSize(int wide, int high, boolean changed) {
        int text = fontHeight();
        return new Point(wide == SWT.DEFAULT ? 400 : wide, high == SWT.DEFAULT ? 2 * text + 4 * RADIUS + 18 : high);
    }

    private int fontHeight() {
        var gc = new GC(this);
        try {
            return gc.getFontMetrics().getHeight();
        } finally {
            gc.dispose();
        }
    }

    private int axis() {
        return fontHeight() + 2 * RADIUS + 8;
    }

    private void paint(GC gc) {
        Rectangle area = getClientArea();
        gc.setAntialias(SWT.ON);
        gc.setBackground(getBackground());
        gc.fillRectangle(area);
        int y = axis();
        gc.setForeground(Tone.LINE.on(this));
        gc.setLineWidth(2);
        gc.drawLine(MARGIN / 2, y, area.width - MARGIN / 2, y);
        paintTicks(gc, y);
        List<TimeLine.Mark> marks = line().marks();
        int at = chosen == null ? -1 : line().markOf(chosen.id());
        for (int i = 0; i < marks.size(); i++) {
            paintMark(gc, marks.get(i), y, i == at, i == hovered);
        }
        if (at >= 0) {
            paintLabel(gc, marks.get(at), area.width);
        }
        if (isFocusControl()) {
            gc.drawFocus(1, 1, area.width - 2, area.height - 2);
        }
    }

    private void paintTicks(GC gc, int y) {
        gc.setLineWidth(1);
        for (TimeLine.Tick tick : line().ticks()) {
            gc.setForeground(Tone.LINE.on(this));
            gc.drawLine(tick.x(), y + RADIUS + 3, tick.x(), y + RADIUS + 7);
            gc.setForeground(Tone.MUTED.on(this));
            String text = word(tick);
            Point size = gc.stringExtent(text);
            int x = Math.max(2, Math.min(tick.x() - size.x / 2, getClientArea().width - size.x - 2));
            gc.drawString(text, x, y + RADIUS + 8, true);
        }
    }

    private String word(TimeLine.Tick tick) {
        DateTimeFormatter format = switch (tick.unit()) {
            case HOUR -> tick.time().getHour() == 0 ? DateTimeFormatter.ofLocalizedPattern("MMMd")
                    : DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT);
            case DAY -> DateTimeFormatter.ofLocalizedPattern("MMMd");
            case MONTH -> DateTimeFormatter.ofLocalizedPattern("yMMM");
            case YEAR -> DateTimeFormatter.ofLocalizedPattern("y");
        };
        return format.withLocale(wording.formats().locale()).format(tick.time());
    }

    private void paintMark(GC gc, TimeLine.Mark mark, int y, boolean isChosen, boolean isHovered) {
        int r = isChosen || isHovered ? RADIUS + 1 : RADIUS;
        if (isChosen) {
            gc.setBackground(getBackground());
            gc.setForeground(Tone.ACCENT.on(this));
            gc.setLineWidth(2);
            gc.fillOval(mark.x() - r - 4, y - r - 4, 2 * r + 8, 2 * r + 8);
            gc.drawOval(mark.x() - r - 4, y - r - 4, 2 * r + 8, 2 * r + 8);
        }
        gc.setBackground(Wording.tone(mark.state()).on(this));
        if (mark.state() == PointState.COMPLETED) {
            gc.fillOval(mark.x() - r, y - r, 2 * r + 1, 2 * r + 1);
        } else if (mark.state() == PointState.COMPLETED_WITH_WARNINGS) {
            gc.fillPolygon(new int[] { mark.x(), y - r - 1, mark.x() + r + 1, y + r, mark.x() - r - 1, y + r });
        } else {
            gc.fillPolygon(new int[] { mark.x(), y - r - 2, mark.x() + r + 2, y, mark.x(), y + r + 2,
                    mark.x() - r - 2, y });
        }
        if (mark.points().stream().anyMatch(p -> marks.apply(p).pin() != null)) {
            paintFlag(gc, mark.x() + r + 1, y);
        }
        String count = above(mark);
        if (!count.isEmpty() && !isChosen) {
            Point size = gc.stringExtent(count);
            gc.setForeground(Tone.MUTED.on(this));
            gc.drawString(count, mark.x() - size.x / 2, y - r - 3 - size.y, true);
        }
    }

    /** A flag beside the mark: somebody wants it kept. */
    private void paintFlag(GC gc, int x, int y) {
        gc.setForeground(Tone.ACCENT.on(this));
        gc.setBackground(Tone.ACCENT.on(this));
        gc.setLineWidth(1);
        gc.drawLine(x, y - RADIUS - 7, x, y + 1);
        gc.fillPolygon(new int[] { x, y - RADIUS - 7, x + 7, y - RADIUS - 4, x, y - RADIUS - 1 });
    }

    /** How many points share the mark, and a sign when one of them is unusual, or all are verified. */
    private String above(TimeLine.Mark mark) {
        int size = mark.points().size();
        String count = size > 99 ? "99+" : size > 1 ? Integer.toString(size) : "";
        boolean unusual = mark.points().stream().anyMatch(p -> marks.apply(p).anomaly() != null);
        boolean verified = mark.points().stream().allMatch(p -> marks.apply(p).verified() != null);
        boolean aged = mark.points().stream().anyMatch(p -> marks.apply(p).isAged());
        return unusual ? count + "!" : aged && verified ? count + "(\u2713)" : verified ? count + "\u2713" : count;
    }

    private void paintLabel(GC gc, TimeLine.Mark mark, int width) {
        String known = Wording.mark(marks.apply(chosen));
        String text = wording.formats().time(chosen.time()) + (known.isEmpty() ? "" : " \u00b7 " + known);
        if (mark.points().size() > 1) {
            text = NLS.bind(Messages.strip_oneOf, new Object[] { text,
                    mark.points().stream().map(PointSummary::id).toList().indexOf(chosen.id()) + 1,
                    mark.points().size() });
        }
        Point size = gc.stringExtent(text);
        int x = Math.max(4, Math.min(mark.x() - size.x / 2, width - size.x - 4));
        gc.setBackground(getBackground());
        gc.fillRectangle(x - 4, 0, size.x + 8, size.y + 2);
        gc.setForeground(Tone.ACCENT.on(this));
        gc.drawString(text, x, 1, true);
    }

    private void clicked(Event e) {
        setFocus();
        int mark = line().nearest(e.x, 2 * RADIUS);
        if (mark >= 0) {
            List<PointSummary> there = line().marks().get(mark).points();
            int at = chosen == null ? -1 : there.indexOf(chosen);
            // clicking again goes through the points that share the mark, newest first
            choose(there.get(at < 0 ? there.size() - 1 : (at + there.size() - 1) % there.size()));
        }
    }

    private void hover(Event e) {
        setHovered(line().nearest(e.x, 2 * RADIUS));
    }

    private void setHovered(int mark) {
        if (mark == hovered) {
            return;
        }
        hovered = mark;
        if (mark < 0) {
            setToolTipText(null);
        } else {
            List<PointSummary> there = line().marks().get(mark).points();
            setToolTipText(there.size() == 1 ? wording.explain(there.getFirst(), marks.apply(there.getFirst()))
                    : NLS.bind(Messages.strip_several, new Object[] { there.size(),
                            wording.formats().time(there.getFirst().time()),
                            wording.formats().time(there.getLast().time()) }));
        }
        redraw();
    }

    private void key(Event e) {
        int at = chosen == null ? -1 : points.indexOf(chosen);
        int to = switch (e.keyCode) {
            case SWT.ARROW_LEFT, SWT.ARROW_UP -> at - 1;
            case SWT.ARROW_RIGHT, SWT.ARROW_DOWN -> at + 1;
            case SWT.PAGE_UP -> at - PAGE;
            case SWT.PAGE_DOWN -> at + PAGE;
            case SWT.HOME -> 0;
            case SWT.END -> points.size() - 1;
            default -> -2;
        };
        if (to != -2 && !points.isEmpty()) {
            e.doit = false;
            choose(points.get(Math.max(0, Math.min(points.size() - 1, to))));
        }
    }

    private void choose(PointSummary point) {
        choose.accept(point);
    }

    private String value() {
        return chosen == null ? ""
                : NLS.bind(Messages.strip_value, new Object[] { describe(), points.indexOf(chosen) + 1,
                        points.size() });
    }

    private String describe() {
        String known = Wording.mark(marks.apply(chosen));
        String kept = wording.kept(chosen, marks.apply(chosen));
        return wording.describe(chosen) + (known.isEmpty() ? "" : ", " + known)
                + (kept.isEmpty() ? "" : ", " + NLS.bind(Messages.strip_kept, kept));
    }

    private void makeAccessible() {
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent e) {
                e.result = Messages.strip_name;
            }

            @Override
            public void getDescription(AccessibleEvent e) {
                e.result = value();
            }
        });
        getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent e) {
                e.detail = ACC.ROLE_SLIDER;
            }

            @Override
            public void getValue(AccessibleControlEvent e) {
                e.result = value();
            }

            @Override
            public void getState(AccessibleControlEvent e) {
                e.detail = ACC.STATE_FOCUSABLE | (isFocusControl() ? ACC.STATE_FOCUSED : 0);
            }
        });
        getAccessible().addAccessibleValueListener(new AccessibleValueAdapter() {
            @Override
            public void getCurrentValue(AccessibleValueEvent e) {
                e.value = chosen == null ? 0 : points.indexOf(chosen) + 1;
            }

            @Override
            public void getMinimumValue(AccessibleValueEvent e) {
                e.value = 1;
            }

            @Override
            public void getMaximumValue(AccessibleValueEvent e) {
                e.value = points.size();
            }

            @Override
            public void setCurrentValue(AccessibleValueEvent e) {
                int index = e.value.intValue() - 1;
                if (index >= 0 && index < points.size()) {
                    choose(points.get(index));
                }
            }
        });
        setData("org.holdfast.console.ui.name", Messages.strip_name);
    }
}
