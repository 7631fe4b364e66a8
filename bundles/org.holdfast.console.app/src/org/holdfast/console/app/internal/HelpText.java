package org.holdfast.console.app.internal;

import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyleRange;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.console.ui.Ui;

/** A help text to be read, selected and copied: the title is bold. */
final class HelpText {
    private static final int MARGIN = 8;

    private final StyledText text;

    HelpText(Composite parent) {
        text = Ui.name(Ui.id(new StyledText(parent, SWT.MULTI | SWT.WRAP | SWT.READ_ONLY | SWT.V_SCROLL), "help.text"),
                Messages.help_name);
        text.setMargins(MARGIN, MARGIN, MARGIN, MARGIN);
        text.setCaret(null);
        // Tab leaves it, as everywhere.
        text.addTraverseListener(e -> e.doit = e.detail != SWT.TRAVERSE_NONE);
    }

    void show(HelpTopics.Topic topic) {
        text.setText(topic.title() + "\n\n" + topic.text());
        var bold = new StyleRange(0, topic.title().length(), null, null, SWT.BOLD);
        bold.font = JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT);
        text.setStyleRange(bold);
    }

    StyledText control() {
        return text;
    }
}
