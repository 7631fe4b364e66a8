package org.holdfast.console.smoke;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.graphics.ImageData;
import org.eclipse.swt.graphics.ImageLoader;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.ui.IWorkbench;
import org.eclipse.ui.IWorkbenchPage;
import org.eclipse.ui.IWorkbenchWindow;

/** The console's window, and its event loop. */
final class Screen {
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(60);
    private static final int TURN_MILLIS = 10;
    private static final int PAINT_MILLIS = 400;

    private final IWorkbench workbench;
    private final IWorkbenchWindow window;

    Screen(IWorkbench workbench) {
        this.workbench = workbench;
        this.window = workbench.getActiveWorkbenchWindow() == null ? workbench.getWorkbenchWindows()[0]
                : workbench.getActiveWorkbenchWindow();
    }

    IWorkbench workbench() {
        return workbench;
    }

    IWorkbenchWindow window() {
        return window;
    }

    IWorkbenchPage page() {
        return window.getActivePage();
    }

    Display display() {
        return workbench.getDisplay();
    }

    /** Runs all events that are there. */
    void settle() {
        while (display().readAndDispatch()) {
            // next event
        }
    }

    /** Runs events until the condition holds; tells whether it did in time. */
    boolean holds(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            if (!display().readAndDispatch()) {
                display().timerExec(TURN_MILLIS, () -> {
                    // only wakes the loop
                });
                display().sleep();
            }
        }
        return true;
    }

    /** Controls of a kind below another that are shown. */
    static <T extends Control> List<T> shown(Control root, Class<T> type) {
        return all(root, type).stream().filter(Control::isVisible).toList();
    }

    /** Controls of a kind below another, in tabs behind others too. */
    static <T extends Control> List<T> all(Control root, Class<T> type) {
        var found = new ArrayList<T>();
        if (type.isInstance(root)) {
            found.add(type.cast(root));
        }
        if (root instanceof Composite composite) {
            for (Control child : composite.getChildren()) {
                found.addAll(all(child, type));
            }
        }
        return found;
    }

    /** Keeps a picture of a window in the folder of the property holdfast.screenshots, if there is one. */
    void picture(Shell shell, String name) throws java.io.IOException {
        String folder = System.getProperty("holdfast.screenshots", "");
        if (folder.isEmpty()) {
            return;
        }
        // GTK paints with its own clock, after the events that are there
        boolean[] painted = { false };
        display().timerExec(PAINT_MILLIS, () -> painted[0] = true);
        holds(() -> painted[0]);
        Rectangle size = shell.getClientArea();
        var image = new Image(display(), size.width, size.height);
        var gc = new GC(shell);
        try {
            gc.copyArea(image, 0, 0);
            var loader = new ImageLoader();
            loader.data = new ImageData[] { image.getImageData() };
            Path file = Path.of(folder, name + '-' + org.eclipse.core.runtime.Platform.getNL() + ".png");
            Files.createDirectories(file.getParent());
            loader.save(file.toString(), SWT.IMAGE_PNG);
        } finally {
            gc.dispose();
            image.dispose();
        }
    }
}
