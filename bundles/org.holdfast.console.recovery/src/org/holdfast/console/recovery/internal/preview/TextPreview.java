package org.holdfast.console.recovery.internal.preview;

import java.nio.charset.Charset;

import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StyledText;
import org.eclipse.swt.widgets.Composite;
import org.holdfast.console.client.preview.TextGuess;
import org.holdfast.console.recovery.internal.Messages;
import org.holdfast.console.recovery.preview.PreviewFile;
import org.holdfast.console.recovery.preview.RestorePreview;
import org.holdfast.console.ui.Ui;

/** Text in the encoding that it seems to have. */
public final class TextPreview implements RestorePreview<TextGuess> {
    /** Longer lines are cut: laying them out takes long, and nobody reads them. */
    static final int LINE = 1000;

    private StyledText text;

    @Override
    public void create(Composite parent) {
        text = field(parent, "preview.text", Messages.preview_text);
    }

    static StyledText field(Composite parent, String id, String name) {
        var field = Ui.id(new StyledText(parent, SWT.READ_ONLY | SWT.MULTI | SWT.H_SCROLL | SWT.V_SCROLL), id);
        Ui.name(field, name);
        field.setFont(JFaceResources.getTextFont());
        field.setLayoutData(Ui.fill());
        field.setMargins(6, 4, 6, 4);
        field.setAlwaysShowScrollBars(false);
        // Tab leaves it: there is nothing to type.
        field.addTraverseListener(e -> e.doit |= e.detail == SWT.TRAVERSE_TAB_NEXT
                || e.detail == SWT.TRAVERSE_TAB_PREVIOUS);
        return field;
    }

    @Override
    public TextGuess prepare(PreviewFile file) {
        TextGuess guess = TextGuess.of(file.bytes());
        return guess == null ? null : new TextGuess(guess.charset(), readable(guess.text()));
    }

    /** What shows as nothing or turns a line around becomes visible, and long lines are cut. */
    static String readable(String text) {
        var out = new StringBuilder(text.length());
        int column = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r') {
                column = 0;
                out.append(c);
            } else if (column < LINE || column == LINE && Character.isLowSurrogate(c)) {
                column++;
                out.append(turns(c) || c < ' ' && c != '\t' ? '\u00b7' : c);
            } else if (column == LINE) {
                column++;
                out.append('\u2026');
            }
        }
        return out.toString();
    }

    private static boolean turns(char c) {
        return c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069' || c == '\u200e' || c == '\u200f';
    }

    @Override
    public String show(PreviewFile file, TextGuess prepared) {
        text.setText(prepared.text());
        return name(prepared.charset());
    }

    private static String name(Charset charset) {
        return charset.name().equals("windows-31j") ? "Shift_JIS" : charset.name();
    }

    @Override
    public void clear() {
        text.setText("");
    }
}
