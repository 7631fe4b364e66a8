package org.holdfast.console.monitor.internal;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.advice.Advice;
import org.holdfast.console.ui.advice.Advices;

/** What helps with the alert that is selected: what the vault server says, and what bundles know. */
final class AdvicePanel {
    private final Composite body;
    private final Advices advices;
    private @Nullable Row<AlertSummary> shown;

    /** @param parent has a grid layout of one column */
    AdvicePanel(Composite parent, Advices advices) {
        this.advices = advices;
        body = Ui.id(new Composite(parent, SWT.NONE), "alerts.advice");
        body.setLayout(Ui.grid(3, 4));
        body.setLayoutData(Ui.wide());
        show(List.of());
    }

    void show(List<Row<AlertSummary>> rows) {
        Row<AlertSummary> now = rows.size() == 1 ? rows.getFirst() : null;
        if (now != null && now.equals(shown)) {
            return;
        }
        shown = now;
        for (Control child : body.getChildren()) {
            child.dispose();
        }
        if (now != null) {
            if (!now.value().advice().isEmpty()) {
                line(0, Advice.of(now.value().advice()));
            }
            int number = 1;
            for (Advice advice : advices.about(now)) {
                line(number++, advice);
            }
        }
        boolean needed = body.getChildren().length > 0;
        body.setVisible(needed);
        ((GridData) body.getLayoutData()).exclude = !needed;
        body.layout();
        body.requestLayout();
        body.getParent().layout();
    }

    private void line(int number, Advice advice) {
        var icon = new Label(body, SWT.NONE);
        icon.setImage(Icon.INFO.image());
        icon.setLayoutData(new GridData(SWT.CENTER, SWT.BEGINNING, false, false));
        var text = Ui.id(new Label(body, SWT.WRAP), "alerts.advice." + number);
        text.setText(Ui.plain(advice.text()));
        var wide = Ui.wide();
        wide.widthHint = Ui.chars(body, 40);
        text.setLayoutData(wide);
        Runnable action = advice.action();
        if (action == null || advice.label().isEmpty()) {
            wide.horizontalSpan = 2;
        } else {
            Ui.button(body, "alerts.advice." + number + ".go", advice.label(), action);
        }
    }
}
