package org.holdfast.console.ui;

import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleControlAdapter;
import org.eclipse.swt.accessibility.AccessibleControlEvent;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Canvas;
import org.eclipse.swt.widgets.Composite;

/** Parts of a whole as one bar. It only repeats what the numbers beside it say, so it takes no focus. */
public final class StackBar extends Canvas {
    private static final int SMALLEST = 3;

    /**
     * A part.
     *
     * @param tone its colour
     * @param value how much
     * @param text said when the mouse is over it
     */
    public record Part(Tone tone, long value, String text) {
    }

    private List<Part> parts = List.of();
    private String spoken = "";

    /** Shows nothing at first. */
    public StackBar(Composite parent, String id) {
        super(parent, SWT.DOUBLE_BUFFERED | SWT.NO_FOCUS);
        Ui.id(this, id);
        addListener(SWT.Paint, e -> paint(e.gc));
        addListener(SWT.MouseMove, e -> hover(e.x));
        getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent e) {
                e.result = spoken;
            }
        });
        getAccessible().addAccessibleControlListener(new AccessibleControlAdapter() {
            @Override
            public void getRole(AccessibleControlEvent e) {
                e.detail = ACC.ROLE_GRAPHIC;
            }
        });
    }

    /** Shows parts, from the left to the right. */
    public void show(List<Part> next) {
        if (!parts.equals(next)) {
            parts = List.copyOf(next);
            spoken = String.join(", ", parts.stream().filter(p -> p.value() > 0).map(Part::text).toList());
            redraw();
        }
    }

    /** What a screen reader says. */
    String spoken() {
        return spoken;
    }

    @Override
    public Point computeSize(int wide, int high, boolean changed) {
        return new Point(wide == SWT.DEFAULT ? 120 : wide, high == SWT.DEFAULT ? Ui.chars(this, 2) : high);
    }

    private void paint(GC gc) {
        Rectangle area = getClientArea();
        gc.setBackground(getBackground());
        gc.fillRectangle(area);
        if (sum() == 0) {
            gc.setForeground(Tone.LINE.on(this));
            gc.drawRectangle(0, 0, area.width - 1, area.height - 1);
        }
        int[] ends = ends(area.width);
        int x = 0;
        for (int i = 0; i < ends.length; i++) {
            if (ends[i] > x) {
                gc.setBackground(parts.get(i).tone().on(this));
                gc.fillRectangle(x, 0, ends[i] - x - (ends[i] < area.width ? 1 : 0), area.height);
                x = ends[i];
            }
        }
    }

    private long sum() {
        return parts.stream().mapToLong(Part::value).sum();
    }

    /** Where the parts end; even the smallest one can be seen. */
    private int[] ends(int width) {
        long sum = sum();
        int[] ends = new int[parts.size()];
        if (sum == 0) {
            return ends;
        }
        long shown = parts.stream().filter(p -> p.value() > 0).count();
        double room = Math.max(0, width - shown * SMALLEST);
        double x = 0;
        for (int i = 0; i < ends.length; i++) {
            long value = parts.get(i).value();
            x += value > 0 ? SMALLEST + room * value / sum : 0;
            ends[i] = (int) Math.round(x);
        }
        return ends;
    }

    private void hover(int x) {
        int[] ends = ends(getClientArea().width);
        int begin = 0;
        String text = null;
        for (int i = 0; i < ends.length && text == null; i++) {
            text = x >= begin && x < ends[i] ? parts.get(i).text() : null;
            begin = ends[i];
        }
        setToolTipText(text);
    }
}
