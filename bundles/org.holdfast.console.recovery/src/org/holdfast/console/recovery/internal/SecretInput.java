package org.holdfast.console.recovery.internal;

import java.util.Objects;
import java.util.stream.Stream;

import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.ui.Ui;

/**
 * Asks for a passphrase or a recovery key, or for a sealed file with passphrases of many servers and what opens it, in
 * rows of a grid of its parent; keeps none of it.
 */
final class SecretInput {
    private static final char DOT = '\u2022';

    private final Button byPassphrase;
    private final Button byRecoveryKey;
    private final Button byFile;
    private final Button byKeyVault;
    private final Text file;
    private final Button browse;
    private final Label fileLabel;
    private final Composite fileRow;
    private final Label label;
    private final Text secret;
    private final Button visible;

    /**
     * @param columns of the parent's grid, from 2
     * @param id what ids of its widgets begin with
     * @param files whether a sealed file will do as well
     * @param changed told after each keystroke
     */
    SecretInput(Composite body, int columns, String id, boolean files, Runnable changed) {
        this(body, columns, id, files, false, changed);
    }

    /** @param keyVault whether a Key Vault will do as well; only where files do */
    SecretInput(Composite body, int columns, String id, boolean files, boolean keyVault, Runnable changed) {
        Ui.label(body, Messages.open_with);
        var kinds = new Composite(body, SWT.NONE);
        kinds.setLayout(Ui.grid(2 + (files ? 1 : 0) + (keyVault ? 1 : 0)));
        kinds.setLayoutData(rest(columns));
        byPassphrase = kind(kinds, id + ".byPassphrase", Messages.open_byPassphrase);
        byRecoveryKey = kind(kinds, id + ".byRecoveryKey", Messages.open_byRecoveryKey);
        byFile = files ? kind(kinds, id + ".byFile", Messages.open_byFile) : null;
        byKeyVault = keyVault ? kind(kinds, id + ".byKeyVault", Messages.open_byKeyVault) : null;
        byPassphrase.setSelection(true);
        fileLabel = files ? Ui.label(body, Messages.open_file) : null;
        fileRow = files ? new Composite(body, SWT.NONE) : null;
        file = files ? Ui.name(Ui.id(new Text(fileRow, SWT.BORDER), id + ".file"), Messages.open_fileName) : null;
        browse = files ? Ui.button(fileRow, id + ".browseFile", Messages.open_browse, this::browse) : null;
        if (files) {
            fileRow.setLayout(Ui.grid(2));
            fileRow.setLayoutData(rest(columns));
            file.setLayoutData(Ui.wide());
            file.addListener(SWT.Modify, e -> changed.run());
            showFile();
        }
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
                showFile();
                secret.setEnabled(!isKeyVault());
                visible.setEnabled(!isKeyVault());
                label.setText(isFile() ? Messages.open_fileSecret
                        : key ? Messages.open_recoveryKey : Messages.open_passphrase);
                visible.setSelection(key);
                secret.setEchoChar(key ? '\0' : DOT);
                label.requestLayout();
            }
        });
        return button;
    }

    private void showFile() {
        if (file != null) {
            for (Control control : new Control[] { fileLabel, fileRow }) {
                control.setVisible(isFile() || isKeyVault());
                var data = control.getLayoutData() instanceof GridData there ? there : new GridData();
                data.exclude = !isFile() && !isKeyVault();
                control.setLayoutData(data);
            }
            fileLabel.setText(isKeyVault() ? Messages.open_keyVault : Messages.open_file);
            Ui.name(file, isKeyVault() ? Messages.open_keyVaultName : Messages.open_fileName);
            file.setMessage(isKeyVault() ? "https://NAME.vault.azure.net" : "");
            browse.setEnabled(!isKeyVault());
            fileRow.requestLayout();
        }
    }

    private void browse() {
        var dialog = new FileDialog(file.getShell(), SWT.OPEN);
        dialog.setText(Messages.open_fileName);
        dialog.setFileName(file.getText());
        String chosen = dialog.open();
        if (chosen != null) {
            file.setText(chosen);
        }
    }

    /** Whether it is a sealed file with passphrases. */
    boolean isFile() {
        return byFile != null && byFile.getSelection();
    }

    /** Whether it is in a Key Vault. */
    boolean isKeyVault() {
        return byKeyVault != null && byKeyVault.getSelection();
    }

    /** Path of the sealed file, or URL of the Key Vault. */
    String file() {
        return file.getText().strip();
    }

    /** Whether it is a recovery key. */
    boolean isRecoveryKey() {
        return byRecoveryKey.getSelection();
    }

    /** Whether nothing was typed. */
    boolean isEmpty() {
        return isKeyVault() ? file.getText().isBlank()
                : secret.getCharCount() == 0 || isFile() && file.getText().isBlank();
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
        Stream.<Control>of(byPassphrase, byRecoveryKey, byFile, byKeyVault, file, browse, secret, visible)
                .filter(Objects::nonNull).forEach(c -> c.setEnabled(enabled));
        if (enabled && isKeyVault()) {
            Stream.of(browse, secret, visible).forEach(c -> c.setEnabled(false));
        }
    }
}
