package org.holdfast.console.ui;

import java.util.function.Consumer;

import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Display;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Text;

/**
 * A field that filters what is below it while a person types. Escape clears it, and goes back to the rows when there
 * is nothing to clear; arrow down goes to the rows.
 */
public final class FilterField {
    /** Key of the data by which a command finds the field of a part. */
    public static final String KEY = "org.holdfast.console.ui.filter";
    /** For keys that come in one burst; what is filtered meanwhile never queues up anyway. */
    private static final int WAIT_MILLIS = 20;

    private final Text text;
    private final Consumer<String> filter;
    private DataTable<?> rows;
    private String told = "";
    private int keystrokes;

    /**
     * Makes the field.
     *
     * @param hint shown while it is empty, and its accessible name
     * @param filter told what to filter by, shortly after the last keystroke
     */
    public FilterField(Composite parent, String id, String hint, Consumer<String> filter) {
        this.filter = filter;
        text = Ui.name(Ui.id(new Text(parent, SWT.SEARCH | SWT.ICON_SEARCH | SWT.ICON_CANCEL), id), hint);
        text.setMessage(hint);
        text.addListener(SWT.Modify, e -> typed());
        text.addListener(SWT.KeyDown, this::key);
        text.addListener(SWT.DefaultSelection, e -> tell());
        parent.setData(KEY, text);
    }

    /** The widget. */
    public Text control() {
        return text;
    }

    /** Where arrow down and Escape go. */
    public void setRows(DataTable<?> table) {
        rows = table;
        rows.control().setData(KEY, text);
    }

    /** Gives the focus to the field of the part that has it now, if that part has a field. */
    public static void focusActive(Display display) {
        for (Control c = display.getFocusControl(); c != null; c = c.getParent()) {
            if (c.getData(KEY) instanceof Text field && !field.isDisposed()) {
                field.setFocus();
                field.selectAll();
                return;
            }
        }
    }

    /** Empties it without telling. */
    public void reset() {
        show("");
    }

    /** Shows a filter without telling, because it holds already. */
    public void show(String filterText) {
        told = filterText;
        text.setText(filterText);
    }

    /** Empties it and tells. */
    public void clear() {
        text.setText("");
        tell();
    }

    private void typed() {
        int mine = ++keystrokes;
        Ui.after(WAIT_MILLIS, text, () -> {
            if (mine == keystrokes) {
                tell();
            }
        });
    }

    private void tell() {
        keystrokes++;
        if (!told.equals(text.getText())) {
            told = text.getText();
            filter.accept(told);
        }
    }

    private void key(Event e) {
        if (e.keyCode == SWT.ESC) {
            e.doit = false;
            if (text.getText().isEmpty()) {
                toRows();
            } else {
                clear();
            }
        } else if (e.keyCode == SWT.ARROW_DOWN) {
            e.doit = false;
            tell();
            toRows();
        }
    }

    private void toRows() {
        if (rows != null) {
            rows.enter();
        }
    }
}
