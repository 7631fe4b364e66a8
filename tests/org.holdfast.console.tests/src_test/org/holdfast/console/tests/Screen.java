package org.holdfast.console.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.FillLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.Text;
import org.eclipse.swt.widgets.Widget;
import org.holdfast.console.ui.Ui;

/** A window for a test: finds widgets by id, does to them what a person does, runs events until a condition holds. */
final class Screen implements AutoCloseable {
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(30);
    private static final int TURN_MILLIS = 20;
    private static final int PAINT_MILLIS = 400;

    private final Shell shell;
    private long longest;

    Screen() {
        shell = new Shell(Display.getDefault());
        shell.setLayout(new FillLayout());
        shell.setSize(1360, 720);
    }

    Shell shell() {
        return shell;
    }

    Display display() {
        return shell.getDisplay();
    }

    /** Shows the window and lets it settle. */
    Screen open() {
        shell.open();
        settle();
        return this;
    }

    /** Runs all events that are there. */
    void settle() {
        while (dispatch()) {
            // next event
        }
    }

    /** Runs events until the condition holds, and fails when it does not in time. */
    void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not in time: " + what);
            }
            if (!dispatch()) {
                display().timerExec(TURN_MILLIS, () -> {
                    // only wakes the loop
                });
                display().sleep();
            }
        }
    }

    /** Most processor time one event took on the user interface thread since the last call, in milliseconds. */
    long longestEvent() {
        long result = TimeUnit.NANOSECONDS.toMillis(longest);
        longest = 0;
        return result;
    }

    /** Processor time, not time on the wall: other processes of the machine do not count. */
    private boolean dispatch() {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        boolean more = display().readAndDispatch();
        longest = Math.max(longest, threads.getCurrentThreadCpuTime() - start);
        return more;
    }

    /** The widget of that id in this window. */
    <T extends Control> T find(String id, Class<T> type) {
        return find(shell, id, type);
    }

    /** The widget of that id below another. */
    static <T extends Control> T find(Composite root, String id, Class<T> type) {
        return all(root).stream().filter(c -> id.equals(c.getData(Ui.ID))).map(type::cast).findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + id));
    }

    /** Whether there is a visible widget of that id. */
    static boolean shows(Composite root, String id) {
        return all(root).stream().anyMatch(c -> id.equals(c.getData(Ui.ID)) && c.isVisible());
    }

    /** The control and all below it. */
    static List<Control> all(Control root) {
        var found = new ArrayList<Control>();
        found.add(root);
        if (root instanceof Composite composite) {
            for (Control child : composite.getChildren()) {
                found.addAll(all(child));
            }
        }
        return found;
    }

    /** A dialog's window, by the id of its shell. */
    Shell dialog(String id) {
        until("dialog " + id + " is open", () -> findDialog(id) != null);
        return Objects.requireNonNull(findDialog(id));
    }

    Shell findDialog(String id) {
        for (Shell candidate : display().getShells()) {
            if (id.equals(candidate.getData(Ui.ID))) {
                return candidate;
            }
        }
        return null;
    }

    void click(String id) {
        click(find(id, Button.class));
    }

    static void click(Button button) {
        if (!button.isEnabled()) {
            throw new AssertionError(button.getText() + " is not enabled");
        }
        if ((button.getStyle() & (SWT.CHECK | SWT.TOGGLE)) != 0) {
            button.setSelection(!button.getSelection());
        } else if ((button.getStyle() & SWT.RADIO) != 0) {
            for (Control sibling : button.getParent().getChildren()) {
                if (sibling instanceof Button b && b != button && (b.getStyle() & SWT.RADIO) != 0 && b.getSelection()) {
                    b.setSelection(false);
                    b.notifyListeners(SWT.Selection, new Event());
                }
            }
            button.setSelection(true);
        }
        button.notifyListeners(SWT.Selection, new Event());
    }

    /** Puts text into a field; listeners hear of it as if it had been typed. */
    static void type(Text field, String text) {
        field.setText(text);
    }

    static void key(Control control, int keyCode) {
        var event = new Event();
        event.keyCode = keyCode;
        event.character = (char) keyCode;
        event.doit = true;
        control.notifyListeners(SWT.KeyDown, event);
    }

    /** Selects rows of a table as a mouse would. */
    static void select(Table table, int... rows) {
        table.setSelection(rows);
        table.notifyListeners(SWT.Selection, new Event());
    }

    /** Enter or double click on the selected row. */
    static void activate(Widget table) {
        table.notifyListeners(SWT.DefaultSelection, new Event());
    }

    /** First column of the rows in a small table. */
    static List<String> rows(Table table) {
        return rows(table, 0);
    }

    static List<String> rows(Table table, int column) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < table.getItemCount(); i++) {
            texts.add(table.getItem(i).getText(column));
        }
        return texts;
    }

    /** Keeps a picture of the window in the folder of the property holdfast.screenshots, if there is one. */
    void picture(String name) {
        picture(shell, name);
    }

    /** Keeps a picture of a window. */
    void picture(Shell window, String name) {
        String folder = System.getProperty("holdfast.screenshots", "");
        if (folder.isEmpty()) {
            return;
        }
        // GTK paints with its own clock, after the events that are there
        boolean[] painted = { false };
        display().timerExec(PAINT_MILLIS, () -> painted[0] = true);
        until("painted", () -> painted[0]);
        Point size = window.getSize();
        var image = new Image(display(), size.x, size.y);
        var gc = new GC(window);
        try {
            window.update();
            gc.copyArea(image, 0, 0);
            var loader = new ImageLoader();
            loader.data = new ImageData[] { image.getImageData() };
            Path file = Path.of(folder, name + ".png");
            Files.createDirectories(file.getParent());
            loader.save(file.toString(), SWT.IMAGE_PNG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            gc.dispose();
            image.dispose();
        }
    }

    String label(String id) {
        Control control = find(id, Control.class);
        return control instanceof Label l ? l.getText() : ((org.eclipse.swt.custom.CLabel) control).getText();
    }

    @Override
    public void close() {
        for (Shell other : display().getShells()) {
            if (other != shell) {
                other.dispose();
            }
        }
        shell.dispose();
        while (Display.getDefault().readAndDispatch()) {
            // what was posted before may still run
        }
    }
}
