package org.holdfast.console.install.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.holdfast.console.install.internal.run.Draft;
import org.holdfast.console.install.internal.run.Registrations;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.Ui;

/** Says that an earlier registration was interrupted, and offers to go on with it. */
final class Earlier {
    private final Registrations registrations;
    private final Consumer<Draft> resume;

    /** @param resume fills the wizard */
    Earlier(Registrations registrations, Consumer<Draft> resume) {
        this.registrations = registrations;
        this.resume = resume;
    }

    /** Makes the line, when there is something to go on with. */
    void create(Composite body) {
        List<Draft> left = registrations.left();
        if (left.isEmpty()) {
            return;
        }
        Draft draft = left.getFirst();
        var line = Ui.id(new Composite(body, SWT.NONE), "earlier");
        line.setLayout(Ui.grid(4));
        line.setLayoutData(Ui.wide());
        new Label(line, SWT.NONE).setImage(Icon.WARNINGS.image());
        var text = Ui.id(new Label(line, SWT.WRAP), "earlier.text");
        text.setText(Ui.plain(words(draft)));
        var wide = Ui.wide();
        wide.widthHint = Ui.chars(text, 50);
        text.setLayoutData(wide);
        Ui.button(line, "earlier.resume", Messages.earlier_resume, () -> {
            resume.accept(draft);
            hide(line);
        });
        Ui.button(line, "earlier.forget", Messages.earlier_forget, () -> {
            registrations.forget(draft);
            hide(line);
        });
    }

    private static void hide(Composite line) {
        line.setVisible(false);
        ((GridData) line.getLayoutData()).exclude = true;
        line.requestLayout();
    }

    private static String words(Draft draft) {
        Formats formats = Formats.local();
        String began = draft.get(Registrations.BEGAN, "");
        try {
            began = formats.time(Instant.parse(began));
        } catch (DateTimeException e) {
            began = "?";
        }
        return Texts.bind(Messages.earlier_text, began, draft.get("vault.name", ""),
                formats.count(draft.countOpen()), formats.count(draft.count()));
    }
}
