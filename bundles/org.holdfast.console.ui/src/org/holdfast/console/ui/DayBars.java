package org.holdfast.console.ui;

import java.util.List;
import java.util.function.IntConsumer;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;

/**
 * A bar for each day, and below them what the chosen one says in words, so that nothing is told by colour or height
 * alone. Arrow keys choose, Enter or a click opens the rows of the day.
 */
public final class DayBars extends Composite {
    private static final int LINES = 4;

    /**
     * A bar.
     *
     * @param label below it
     * @param text what it says
     * @param parts from the bottom up
     */
    public record Bar(String label, String text, List<StackBar.Part> parts) {
        /** All parts together. */
        public long sum() {
            return parts.stream().mapToLong(StackBar.Part::value).sum();
        }
    }

    private final Canvas canvas;
    private final Label words;
    private final IntConsumer open;
    private List<Bar> bars = List.of();
    private int chosen = -1;

    /**
     * @param name for a screen reader
     * @param open told the bar that was opened
     */
    public DayBars(Composite parent, String id, String name, IntConsumer open) {
        super(parent, SWT.NONE);
        this.open = open;
        setLayout(Ui.grid(1));
        setLayoutData(new GridData(SWT.FILL, SWT.FILL, true, false));
        canvas = Ui.id(new Canvas(this, SWT.DOUBLE_BUFFERED), id);
        var data = Ui.wide();
        data.heightHint = lineHeight() * LINES;
        data.widthHint = Ui.chars(canvas, 24);
        canvas.setLayoutData(data);
        words = Ui.id(new Label(this, SWT.WRAP), id + ".words");
        var wide = Ui.wide();
        wide.widthHint = Ui.chars(canvas, 24);
        words.setLayoutData(wide);
        canvas.addListener(SWT.Paint, e -> paint(e.gc));
        canvas.addListener(SWT.MouseMove, e -> choose(at(e.x)));
        canvas.addListener(SWT.MouseDown, e -> choose(at(e.x)));
        canvas.addListener(SWT.MouseUp, e -> {
            if (e.button == 1) {
                open(at(e.x));
            }
        });
        canvas.addListener(SWT.KeyDown, this::key);
        canvas.addListener(SWT.FocusIn, e -> canvas.redraw());
        canvas.addListener(SWT.FocusOut, e -> canvas.redraw());
        canvas.addListener(SWT.Traverse, e -> e.doit = e.detail != SWT.TRAVERSE_RETURN
                && e.detail != SWT.TRAVERSE_ARROW_NEXT && e.detail != SWT.TRAVERSE_ARROW_PREVIOUS);
        accessible(name);
    }

    private void accessible(String name) {
        canvas.getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent e) {
                e.result = name;
            }

            @Override
            public void getDescription(AccessibleEvent e) {
                e.result = words.getText();
            }
        });
        canvas.getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent e) {
                e.detail = ACC.ROLE_SLIDER;
            }

            @Override
            public void getValue(AccessibleControlEvent e) {
                e.result = words.getText();
            }
        });
    }

    /** Shows bars; the last one is chosen until somebody chooses another. */
    public void show(List<Bar> next) {
        if (!bars.equals(next)) {
            bars = List.copyOf(next);
            if (chosen < 0 || chosen >= bars.size()) {
                chosen = bars.size() - 1;
            }
            tell();
        }
    }

    private void tell() {
        String text = chosen < 0 ? "" : bars.get(chosen).text();
        if (!text.equals(words.getText())) {
            words.setText(Ui.plain(text));
            words.requestLayout();
            canvas.getAccessible().sendEvent(ACC.EVENT_VALUE_CHANGED, null);
        }
        canvas.redraw();
    }

    private void choose(int bar) {
        if (bar >= 0 && bar != chosen) {
            chosen = bar;
            tell();
        }
    }

    private void open(int bar) {
        if (bar >= 0 && bars.get(bar).sum() > 0) {
            open.accept(bar);
        }
    }

    private void key(Event e) {
        switch (e.keyCode) {
            case SWT.ARROW_LEFT -> choose(Math.max(0, chosen - 1));
            case SWT.ARROW_RIGHT -> choose(Math.min(bars.size() - 1, chosen + 1));
            case SWT.HOME -> choose(bars.isEmpty() ? -1 : 0);
            case SWT.END -> choose(bars.size() - 1);
            case SWT.CR, SWT.KEYPAD_CR -> open(chosen);
            default -> {
                // not a key of this
            }
        }
    }

    private int at(int x) {
        int width = canvas.getClientArea().width;
        return bars.isEmpty() || width <= 0 ? -1 : Math.clamp((long) x * bars.size() / width, 0, bars.size() - 1);
    }

    private int lineHeight() {
        var gc = new GC(canvas);
        try {
            return gc.getFontMetrics().getHeight();
        } finally {
            gc.dispose();
        }
    }

    private void paint(GC gc) {
        Rectangle area = canvas.getClientArea();
        gc.setBackground(canvas.getBackground());
        gc.fillRectangle(area);
        if (bars.isEmpty()) {
            return;
        }
        int text = gc.getFontMetrics().getHeight() + 2;
        int floor = area.height - text;
        long most = Math.max(1, bars.stream().mapToLong(Bar::sum).max().orElse(1));
        gc.setForeground(Tone.LINE.on(canvas));
        gc.drawLine(0, floor, area.width, floor);
        for (int i = 0; i < bars.size(); i++) {
            int left = i * area.width / bars.size();
            int right = (i + 1) * area.width / bars.size();
            paint(gc, bars.get(i), new Rectangle(left, 2, right - left, floor - 2), most, i == chosen);
        }
        if (canvas.isFocusControl()) {
            gc.drawFocus(0, 0, area.width, area.height);
        }
    }

    private void paint(GC gc, Bar bar, Rectangle place, long most, boolean strong) {
        int gap = Math.max(2, place.width / 6);
        int floor = place.y + place.height;
        double y = floor;
        for (StackBar.Part part : bar.parts()) {
            if (part.value() > 0) {
                double top = y - Math.max(2, (double) place.height * part.value() / most);
                gc.setBackground(part.tone().on(canvas));
                gc.fillRectangle(place.x + gap, (int) Math.round(top), place.width - 2 * gap,
                        (int) Math.round(y) - (int) Math.round(top));
                y = top;
            }
        }
        gc.setForeground(strong ? canvas.getForeground() : Tone.MUTED.on(canvas));
        Point size = gc.stringExtent(bar.label());
        gc.drawString(bar.label(), place.x + (place.width - size.x) / 2, floor + 2, true);
        if (strong) {
            gc.drawLine(place.x + gap, floor, place.x + place.width - gap - 1, floor);
        }
    }
}
