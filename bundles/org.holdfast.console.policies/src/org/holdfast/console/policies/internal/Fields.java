package org.holdfast.console.policies.internal;

import java.util.List;
import java.util.function.Predicate;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;

/** Labelled fields, made in one way: in a grid whose first column holds the labels. */
final class Fields {
    private Fields() {
    }

    /** A grid of labels and fields. */
    static Composite grid(Composite parent) {
        var grid = new Composite(parent, SWT.NONE);
        grid.setLayout(layout());
        grid.setLayoutData(Ui.wide());
        return grid;
    }

    /** A titled grid of labels and fields. */
    static Group group(Composite parent, String title) {
        var group = new Group(parent, SWT.NONE);
        group.setText(title);
        group.setLayout(layout());
        group.setLayoutData(Ui.wide());
        return group;
    }

    private static GridLayout layout() {
        var layout = Ui.grid(2, 8);
        layout.horizontalSpacing = 10;
        return layout;
    }

    private static <T extends Control> T named(Composite parent, T control, String id, String label) {
        Ui.id(control, id);
        return Ui.name(control, label.replace("&", ""));
    }

    /** One line of text. */
    static Text text(Composite parent, String id, String label) {
        Ui.label(parent, label);
        var text = named(parent, new Text(parent, SWT.BORDER), id, label);
        text.setLayoutData(Ui.wide());
        return text;
    }

    /** Several lines of text, one value each. Tab leaves it. */
    static Text lines(Composite parent, String id, String label, int rows) {
        var title = Ui.label(parent, label);
        title.setLayoutData(new GridData(SWT.BEGINNING, SWT.BEGINNING, false, false));
        var text = named(parent, new Text(parent, SWT.BORDER | SWT.MULTI | SWT.V_SCROLL | SWT.H_SCROLL), id, label);
        var data = new GridData(SWT.FILL, SWT.FILL, true, false);
        data.heightHint = rows * text.getLineHeight();
        data.widthHint = Ui.chars(text, 50);
        text.setLayoutData(data);
        text.addListener(SWT.Traverse, e -> {
            if (e.detail == SWT.TRAVERSE_TAB_NEXT || e.detail == SWT.TRAVERSE_TAB_PREVIOUS) {
                e.doit = true;
            }
        });
        return text;
    }

    /** A number with what it counts behind it. */
    static Spinner number(Composite parent, String id, String label, String unit, int least, int most) {
        Ui.label(parent, label);
        return spinner(parent, id, label, unit, least, most);
    }

    /** The same without a label; the one that is given is its accessible name. */
    static Spinner spinner(Composite parent, String id, String label, String unit, int least, int most) {
        var box = new Composite(parent, SWT.NONE);
        box.setLayout(Ui.grid(2));
        var spinner = named(box, new Spinner(box, SWT.BORDER), id, label);
        spinner.setValues(least, least, most, 0, 1, Math.max(1, Math.min(10, (most - least) / 10)));
        Ui.label(box, unit);
        return spinner;
    }

    /** A choice of a list. */
    static Combo choice(Composite parent, String id, String label, List<String> values) {
        Ui.label(parent, label);
        var combo = named(parent, new Combo(parent, SWT.DROP_DOWN | SWT.READ_ONLY), id, label);
        values.forEach(combo::add);
        combo.select(0);
        return combo;
    }

    /** A yes or no, over the whole width. */
    static Button check(Composite parent, String id, String label) {
        var check = Ui.id(new Button(parent, SWT.CHECK), id);
        check.setText(label);
        check.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
        return check;
    }

    /** A remark, over the whole width. */
    static Label note(Composite parent, String id, String words) {
        var note = Ui.id(new Label(parent, SWT.WRAP), id);
        note.setText(Ui.plain(words));
        note.setForeground(Tone.MUTED.on(note));
        var data = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
        data.widthHint = Ui.chars(note, 70);
        note.setLayoutData(data);
        return note;
    }

    /** Shows or hides a control and gives its room to the others. */
    static void show(Control control, boolean visible) {
        ((GridData) control.getLayoutData()).exclude = !visible;
        control.setVisible(visible);
    }

    /** The lines of a text that are not empty. */
    static List<String> values(Text text) {
        return text.getText().lines().map(String::strip).filter(Predicate.not(String::isEmpty)).toList();
    }

    /** Changes a text only when it says something else, so that the caret stays. */
    static void set(Text text, String value) {
        if (!text.getText().equals(value)) {
            text.setText(value);
        }
    }

    /** The same for lines. */
    static void set(Text text, List<String> lines) {
        if (!values(text).equals(lines)) {
            text.setText(String.join("\n", lines));
        }
    }
}
