package org.holdfast.console.recovery.internal.restore;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.RawPath;
import org.holdfast.console.recovery.internal.Messages;
import org.holdfast.console.ui.Ui;

/** Second page: the original place, or a folder of this computer. */
final class WherePage extends WizardPage {
    private Button original;
    private Button elsewhere;
    private Text folder;
    private Button browse;

    WherePage() {
        super("where", Messages.where_title, null);
        setDescription(Messages.where_description);
        setPageComplete(false);
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(2, 10));
        elsewhere = radio(body, "where.folder", Messages.where_folder);
        folder = Ui.name(Ui.id(new Text(body, SWT.BORDER), "where.path"), Messages.where_folderName);
        folder.setMessage(Messages.where_folderHint);
        var data = Ui.wide();
        data.horizontalIndent = indent();
        folder.setLayoutData(data);
        folder.addListener(SWT.Modify, e -> update());
        browse = Ui.button(body, "where.browse", Messages.open_browse, this::browse);
        explain(body, Messages.where_folderText);
        original = radio(body, "where.original", Messages.where_original);
        explain(body, Messages.where_originalText);
        elsewhere.setSelection(true);
        setControl(body);
        update();
    }

    private Button radio(Composite body, String id, String text) {
        var button = Ui.id(new Button(body, SWT.RADIO), id);
        button.setText(text);
        button.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
        button.addListener(SWT.Selection, e -> update());
        return button;
    }

    private void explain(Composite body, String text) {
        var label = new Label(body, SWT.WRAP);
        label.setText(text);
        var data = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
        data.horizontalIndent = indent();
        data.widthHint = convertWidthInCharsToPixels(80);
        label.setLayoutData(data);
    }

    private int indent() {
        return convertWidthInCharsToPixels(3);
    }

    private void browse() {
        var dialog = new DirectoryDialog(getShell());
        dialog.setText(Messages.where_title);
        dialog.setFilterPath(folder.getText());
        String chosen = dialog.open();
        if (chosen != null) {
            folder.setText(chosen);
        }
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible && folder.isEnabled()) {
            folder.setFocus();
        }
    }

    private void update() {
        boolean other = elsewhere.getSelection();
        folder.setEnabled(other);
        browse.setEnabled(other);
        String error = null;
        boolean complete = true;
        if (other) {
            String text = folder.getText().strip();
            complete = !text.isEmpty();
            if (complete && !isAbsolute(text)) {
                error = Messages.where_notAbsolute;
                complete = false;
            }
        }
        setErrorMessage(error);
        setPageComplete(complete);
    }

    private static boolean isAbsolute(String text) {
        try {
            RawPath.of(text);
            return Path.of(text).isAbsolute();
        } catch (InvalidPathException | HoldfastException e) {
            return false;
        }
    }

    /** Whether files go back to where they were. */
    boolean isOriginal() {
        return original != null && original.getSelection();
    }

    /** The folder, or null for the original place. */
    RawPath target() {
        return isOriginal() ? null : RawPath.of(folder.getText().strip());
    }
}
