package org.holdfast.console.smoke;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.GC;
import org.eclipse.swt.graphics.Rectangle;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Link;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;

/** Texts that do not fit where they are, and windows that do not fit the screen. */
final class Cuts {
    private Cuts() {
    }

    /** What is cut in a window. */
    static List<String> of(Shell shell, String name) {
        List<String> found = new ArrayList<>();
        Rectangle room = shell.getMonitor().getClientArea();
        if (shell.getSize().x > room.width || shell.getSize().y > room.height) {
            found.add(name + ": the window is larger than the screen: " + shell.getSize() + " of " + room);
        }
        for (Label label : Screen.shown(shell, Label.class)) {
            look(label, label.getText(), label.getStyle(), name, found);
        }
        for (Button button : Screen.shown(shell, Button.class)) {
            look(button, button.getText(), button.getStyle(), name, found);
        }
        for (Link link : Screen.shown(shell, Link.class)) {
            look(link, link.getText(), SWT.WRAP, name, found);
        }
        for (Table table : Screen.shown(shell, Table.class)) {
            columns(table, name, found);
        }
        return found;
    }

    private static void look(Control control, String text, int style, String name, List<String> found) {
        Rectangle is = control.getBounds();
        if (text.isEmpty() || (style & SWT.SEPARATOR) != 0) {
            return;
        }
        boolean wraps = (style & SWT.WRAP) != 0;
        int width = control.computeSize(SWT.DEFAULT, SWT.DEFAULT).x;
        int height = control.computeSize(wraps ? is.width : SWT.DEFAULT, SWT.DEFAULT).y;
        if (!wraps && width > is.width + 1 || height > is.height + 1) {
            found.add(name + ": " + text.replace('\n', ' ') + " (" + is.width + "x" + is.height + " of " + width + "x"
                    + height + ")");
        }
        Rectangle around = control.getParent().getClientArea();
        boolean scrolls = (control.getParent().getParent() != null
                && (control.getParent().getParent().getStyle() & (SWT.V_SCROLL | SWT.H_SCROLL)) != 0);
        if (!scrolls && (is.x + is.width > around.width + 1 || is.y + is.height > around.height + 1)) {
            found.add(name + ": " + text.replace('\n', ' ') + " reaches out of what holds it");
        }
    }

    private static void columns(Table table, String name, List<String> found) {
        var gc = new GC(table);
        try {
            int shown = Math.min(table.getItemCount(), 20);
            for (int i = 0; i < table.getColumnCount(); i++) {
                TableColumn column = table.getColumn(i);
                int header = gc.textExtent(column.getText()).x;
                if (header > column.getWidth()) {
                    found.add(name + ": column " + column.getText() + " is too narrow for its title");
                }
                for (int row = 0; row < shown; row++) {
                    if (gc.textExtent(table.getItem(row).getText(i)).x > column.getWidth()) {
                        found.add(name + ": column " + column.getText() + " cuts \"" + table.getItem(row).getText(i)
                                + '"');
                        break;
                    }
                }
            }
        } finally {
            gc.dispose();
        }
    }
}
