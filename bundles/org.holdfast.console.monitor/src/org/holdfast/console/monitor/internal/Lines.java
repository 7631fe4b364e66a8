package org.holdfast.console.monitor.internal;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Ui;

/**
 * Numbers below each other with what they count. Widgets stay when numbers change, so that whoever has the focus in
 * one keeps it.
 */
final class Lines {
    /**
     * A number with what it counts.
     *
     * @param key last part of the id of its link
     * @param icon beside it, or null
     * @param number as it is shown
     * @param open shows the rows, or null
     * @param text what it counts
     * @param more less important, may be empty
     */
    record Line(String key, @Nullable Icon icon, String number, @Nullable Runnable open, String text, String more) {
    }

    private record Widgets(Label icon, NumberLink number, Label text) {
        List<Control> all() {
            return List.of(icon, number.control(), text);
        }
    }

    private final Composite parent;
    private final String id;
    private final List<Widgets> widgets = new ArrayList<>();

    Lines(Composite owner, String id) {
        this.id = id;
        parent = new Composite(owner, SWT.NONE);
        var grid = Ui.grid(3);
        grid.horizontalSpacing = 8;
        parent.setLayout(grid);
        parent.setLayoutData(new GridData(SWT.FILL, SWT.BEGINNING, true, false));
    }

    void show(List<Line> lines) {
        while (widgets.size() < lines.size()) {
            var icon = new Label(parent, SWT.NONE);
            icon.setLayoutData(new GridData(SWT.CENTER, SWT.BEGINNING, false, false));
            var number = new NumberLink(parent);
            number.control().setLayoutData(new GridData(SWT.END, SWT.BEGINNING, false, false));
            var text = new Label(parent, SWT.WRAP);
            var wide = new GridData(SWT.FILL, SWT.BEGINNING, true, false);
            wide.widthHint = Ui.chars(parent, 12);
            text.setLayoutData(wide);
            widgets.add(new Widgets(icon, number, text));
        }
        for (int i = 0; i < widgets.size(); i++) {
            Widgets w = widgets.get(i);
            boolean used = i < lines.size();
            if (used) {
                show(w, lines.get(i));
            }
            for (Control control : w.all()) {
                control.setVisible(used);
                ((GridData) control.getLayoutData()).exclude = !used;
            }
        }
    }

    private void show(Widgets w, Line line) {
        w.icon().setImage(line.icon() == null ? null : line.icon().image());
        String text = line.more().isEmpty() ? line.text() : line.text() + "  " + line.more();
        w.number().set(id + '.' + line.key(), line.number(), line.number() + ' ' + text, line.open());
        Ui.id(w.text(), id + '.' + line.key() + ".text");
        String plain = Ui.plain(text);
        if (!plain.equals(w.text().getText())) {
            w.text().setText(plain);
        }
    }
}
