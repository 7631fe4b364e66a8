package org.holdfast.console.recovery.internal;

import java.util.stream.Stream;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.ui.Ui;

/** Asks for a passphrase or a recovery key, in rows of a grid of its parent; keeps neither. */
final class SecretInput {
    private static final char DOT = '\u2022';

    private final Button byPassphrase;
    private final Button byRecoveryKey;
    private final Label label;
    private final Text secret;
    private final Button visible;

    /**
     * @param columns of the parent's grid, from 2
     * @param id what ids of its widgets begin with
     * @param changed told after each keystroke
     */
    SecretInput(Composite body, int columns, String id, Runnable changed) {
        Ui.label(body, Messages.open_with);
        var kinds = new Composite(body, SWT.NONE);
        kinds.setLayout(Ui.grid(2));
        kinds.setLayoutData(rest(columns));
        byPassphrase = kind(kinds, id + ".byPassphrase", Messages.open_byPassphrase);
        byRecoveryKey = kind(kinds, id + ".byRecoveryKey", Messages.open_byRecoveryKey);
        byPassphrase.setSelection(true);
        label = Ui.label(body, Messages.open_passphrase);
        secret = Ui.id(new Text(body, SWT.BORDER | SWT.PASSWORD), id + ".secret");
        Ui.name(secret, Messages.open_secretName);
        secret.setLayoutData(rest(columns));
        secret.addListener(SWT.Modify, e -> changed.run());
        Ui.label(body, "");
        visible = Ui.id(new Button(body, SWT.CHECK), id + ".visible");
        visible.setText(Messages.open_visible);
        visible.setLayoutData(rest(columns));
        visible.addListener(SWT.Selection, e -> secret.setEchoChar(visible.getSelection() ? '\0' : DOT));
    }

    private static GridData rest(int columns) {
        return new GridData(SWT.FILL, SWT.CENTER, true, false, columns - 1, 1);
    }

    private Button kind(Composite parent, String id, String text) {
        var button = Ui.id(new Button(parent, SWT.RADIO), id);
        button.setText(text);
        button.addListener(SWT.Selection, e -> {
            if (button.getSelection()) {
                boolean key = isRecoveryKey();
                label.setText(key ? Messages.open_recoveryKey : Messages.open_passphrase);
                visible.setSelection(key);
                secret.setEchoChar(key ? '\0' : DOT);
                label.requestLayout();
            }
        });
        return button;
    }

    /** Whether it is a recovery key. */
    boolean isRecoveryKey() {
        return byRecoveryKey.getSelection();
    }

    /** Whether nothing was typed. */
    boolean isEmpty() {
        return secret.getCharCount() == 0;
    }

    /** What was typed, to be wiped by the caller. */
    char[] typed() {
        return secret.getTextChars();
    }

    /** Lets the person type again. */
    void again() {
        secret.selectAll();
        secret.setFocus();
    }

    /** Gives the field the focus. */
    void setFocus() {
        secret.setFocus();
    }

    void setEnabled(boolean enabled) {
        Stream.<Control>of(byPassphrase, byRecoveryKey, secret, visible).forEach(c -> c.setEnabled(enabled));
    }
}
