package org.holdfast.console.vaults.internal.editor;

import java.util.List;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.ui.Ui;

/** Fields of a dialog, each with its label, in a grid of two columns. */
final class Fields {
    private static final int CHARS = 52;

    private final Composite body;
    private final Runnable changed;

    /** @param changed run after each change */
    Fields(Composite area, Runnable changed) {
        this.changed = changed;
        body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(2, 12));
        body.setLayoutData(Ui.fill());
    }

    Composite body() {
        return body;
    }

    Text text(String id, String label, String value) {
        return text(id, label, value, SWT.NONE);
    }

    Text text(String id, String label, String value, int style) {
        boolean many = (style & SWT.MULTI) != 0;
        Ui.label(body, label).setLayoutData(
                new GridData(SWT.BEGINNING, many ? SWT.BEGINNING : SWT.CENTER, false, false));
        var text = Ui.name(Ui.id(new Text(body, SWT.BORDER | style), id), plain(label));
        text.setText(value);
        var data = many ? Ui.fill() : Ui.wide();
        data.widthHint = Ui.chars(text, CHARS);
        if (many) {
            data.heightHint = text.getLineHeight() * 3;
            text.addListener(SWT.Traverse, e -> e.doit |= e.detail == SWT.TRAVERSE_TAB_NEXT
                    || e.detail == SWT.TRAVERSE_TAB_PREVIOUS);
        }
        text.setLayoutData(data);
        text.addListener(SWT.Modify, e -> changed.run());
        return text;
    }

    Combo combo(String id, String label, List<String> items, int chosen) {
        Ui.label(body, label);
        var combo = Ui.name(Ui.id(new Combo(body, SWT.DROP_DOWN | SWT.READ_ONLY), id), plain(label));
        combo.setItems(items.toArray(String[]::new));
        combo.select(chosen);
        combo.setLayoutData(Ui.wide());
        combo.addListener(SWT.Selection, e -> changed.run());
        return combo;
    }

    /** A check box over both columns. */
    Button check(String id, String text, boolean on) {
        var button = check(body, id, text, on);
        button.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
        return button;
    }

    Button check(Composite parent, String id, String text, boolean on) {
        var button = Ui.id(new Button(parent, SWT.CHECK), id);
        button.setText(text);
        button.setSelection(on);
        button.addListener(SWT.Selection, e -> changed.run());
        return button;
    }

    /** Words over both columns. */
    Label note(String id, String text) {
        var label = Ui.id(new Label(body, SWT.WRAP), id);
        label.setText(Ui.plain(text));
        var data = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
        data.widthHint = Ui.chars(label, CHARS + 20);
        label.setLayoutData(data);
        return label;
    }

    static String plain(String label) {
        return label.replaceAll("\\(&.\\)", "").replace("&", "");
    }
}
