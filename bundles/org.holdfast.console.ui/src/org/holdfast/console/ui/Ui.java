package org.holdfast.console.ui;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import org.eclipse.swt.SWT;
import org.eclipse.swt.SWTException;
import org.eclipse.swt.accessibility.ACC;
import org.eclipse.swt.accessibility.AccessibleAdapter;
import org.eclipse.swt.accessibility.AccessibleEvent;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.HTMLTransfer;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.dnd.Transfer;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Widget;

/** Small things every part needs, done in one way. */
public final class Ui {
    private static final double BOLD = 1.12;
    private static final double MARGINS = 1.5;

    /** Key of the data that names a widget for tests. */
    public static final String ID = "org.holdfast.console.ui.id";

    private static final String CSS_DISABLED = "org.eclipse.e4.ui.css.disabled";

    private Ui() {
    }

    /**
     * Keeps the style engine away from an item of a virtual table or tree. It would keep the item to style it anew when
     * the theme changes; but GTK asks for rows while it removes them, the items that SWT makes for these are never
     * disposed, and touching one then takes the process down. Call it first thing when data is set.
     *
     * @return false for such an item; it must be left alone
     */
    public static boolean virtual(Event setData) {
        setData.item.setData(CSS_DISABLED, Boolean.TRUE);
        return setData.index >= 0;
    }

    /**
     * Runs something on the user interface thread later, unless the widget is gone by then. The caller never waits:
     * waiting for that thread from another one is how consoles freeze.
     */
    public static void async(Widget widget, Runnable action) {
        if (widget.isDisposed()) {
            return;
        }
        try {
            widget.getDisplay().asyncExec(() -> {
                if (!widget.isDisposed()) {
                    action.run();
                }
            });
        } catch (SWTException e) {
            if (e.code != SWT.ERROR_WIDGET_DISPOSED && e.code != SWT.ERROR_DEVICE_DISPOSED) {
                throw e;
            }
        }
    }

    /** Runs what it is given on a display's thread; refuses once the display is gone. */
    public static Executor executor(Display display) {
        return action -> {
            try {
                display.asyncExec(action);
            } catch (SWTException e) {
                throw new RejectedExecutionException("The user interface is gone.", e);
            }
        };
    }

    /** Runs something once after a while, unless the widget is gone by then. On the user interface thread only. */
    public static void after(int millis, Widget widget, Runnable action) {
        widget.getDisplay().timerExec(millis, () -> {
            if (!widget.isDisposed()) {
                action.run();
            }
        });
    }

    /** Names a widget so that tests find it. */
    public static <T extends Widget> T id(T widget, String id) {
        widget.setData(ID, id);
        return widget;
    }

    /** Tells a screen reader what a control is, for controls that do not show it themselves. */
    public static <T extends Control> T name(T control, String name) {
        control.getAccessible().addAccessibleListener(new AccessibleAdapter() {
            @Override
            public void getName(AccessibleEvent e) {
                if (e.childID == ACC.CHILDID_SELF) {
                    e.result = name;
                }
            }
        });
        control.setData("org.holdfast.console.ui.name", name);
        return control;
    }

    /** A grid layout without margins. */
    public static GridLayout grid(int columns) {
        return grid(columns, 0);
    }

    /** A grid layout with the same margin all around. */
    public static GridLayout grid(int columns, int margin) {
        var layout = new GridLayout(columns, false);
        layout.marginWidth = margin;
        layout.marginHeight = margin;
        return layout;
    }

    /** Grid data that takes all space there is. */
    public static GridData fill() {
        return new GridData(SWT.FILL, SWT.FILL, true, true);
    }

    /** Grid data that takes the width there is. */
    public static GridData wide() {
        return new GridData(SWT.FILL, SWT.CENTER, true, false);
    }

    /** Width of that many average characters in the control's font. */
    public static int chars(Control control, int count) {
        var gc = new GC(control);
        try {
            return (int) Math.ceil(gc.getFontMetrics().getAverageCharacterWidth() * count);
        } finally {
            gc.dispose();
        }
    }

    /** Width of a column whose header shows its whole title, bold as most themes draw it, with its margins. */
    public static int header(Control control, String title) {
        var gc = new GC(control);
        try {
            return (int) Math.ceil(gc.textExtent(title).x * BOLD
                    + gc.getFontMetrics().getAverageCharacterWidth() * MARGINS);
        } finally {
            gc.dispose();
        }
    }

    /** A push button. */
    public static Button button(Composite parent, String id, String text, Runnable action) {
        var button = id(new Button(parent, SWT.PUSH), id);
        button.setText(text);
        button.addListener(SWT.Selection, e -> action.run());
        return button;
    }

    /** A label. */
    public static Label label(Composite parent, String text) {
        var label = new Label(parent, SWT.NONE);
        label.setText(text);
        return label;
    }

    /** Changes a text and lays its surroundings out again when it no longer fits. */
    public static void setText(Label label, String text) {
        if (!label.getText().equals(text)) {
            label.setText(text);
            Point wanted = label.computeSize(SWT.DEFAULT, SWT.DEFAULT);
            if (wanted.x > label.getSize().x) {
                label.requestLayout();
            }
        }
    }

    /** Ampersands of a text that is shown by a label are not mnemonics. */
    public static String plain(String text) {
        return text.replace("&", "&&");
    }

    /** Puts text on the clipboard. */
    public static void copy(Display display, String text) {
        copy(display, text, null);
    }

    /** Puts text, and the same as a table for programs that take one, on the clipboard. */
    public static void copy(Display display, String text, String html) {
        if (text.isEmpty()) {
            return;
        }
        var clipboard = new Clipboard(display);
        try {
            if (html == null) {
                clipboard.setContents(new Object[] { text }, new Transfer[] { TextTransfer.getInstance() });
            } else {
                clipboard.setContents(new Object[] { text, html },
                        new Transfer[] { TextTransfer.getInstance(), HTMLTransfer.getInstance() });
            }
        } finally {
            clipboard.dispose();
        }
    }
}
