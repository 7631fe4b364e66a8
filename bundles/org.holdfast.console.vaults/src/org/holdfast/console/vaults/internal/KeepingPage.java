package org.holdfast.console.vaults.internal;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.holdfast.api.fleet.Immutability;
import org.holdfast.api.fleet.Redundancy;
import org.holdfast.api.fleet.SoftDelete;
import org.holdfast.console.ui.Ui;

/** Second page: copies, early deletion, and for how long deleted data can be brought back. */
final class KeepingPage extends WizardPage {
    private static final int LEAST_DAYS = 14;
    private static final int MOST_DAYS = 180;

    private Combo redundancy;
    private Combo immutability;
    private Button soft;
    private Spinner days;

    KeepingPage() {
        super("keeping", Messages.keeping_title, null);
        setDescription(Messages.keeping_prompt);
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(2, 10));
        redundancy = combo(body, "keeping.redundancy", Messages.keeping_redundancy);
        for (Redundancy value : Redundancy.values()) {
            redundancy.add(VaultWords.redundancy(value));
        }
        redundancy.select(Redundancy.LOCAL.ordinal());
        immutability = combo(body, "keeping.immutability", Messages.keeping_immutability);
        for (Immutability value : Immutability.values()) {
            immutability.add(VaultWords.immutability(value));
        }
        immutability.select(Immutability.OFF.ordinal());
        immutability.addListener(SWT.Selection, e -> update());
        soft = Ui.id(new Button(body, SWT.CHECK), "keeping.soft");
        soft.setText(Messages.keeping_soft);
        soft.setSelection(true);
        soft.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
        soft.addListener(SWT.Selection, e -> update());
        Ui.label(body, Messages.keeping_days);
        days = Ui.name(Ui.id(new Spinner(body, SWT.BORDER), "keeping.days"), Messages.keeping_days.replace("&", ""));
        days.setValues(SoftDelete.DEFAULT.days(), LEAST_DAYS, MOST_DAYS, 0, 1, LEAST_DAYS);
        var note = new Label(body, SWT.WRAP);
        note.setText(Ui.plain(Messages.keeping_note));
        var data = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
        data.verticalIndent = 8;
        data.widthHint = convertWidthInCharsToPixels(70);
        note.setLayoutData(data);
        setControl(body);
    }

    private Combo combo(Composite body, String id, String label) {
        Ui.label(body, label);
        var combo = Ui.name(Ui.id(new Combo(body, SWT.DROP_DOWN | SWT.READ_ONLY), id), label.replace("&", ""));
        combo.setLayoutData(Ui.wide());
        return combo;
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            redundancy.setFocus();
        }
    }

    private void update() {
        days.setEnabled(soft.getSelection());
        if (immutability() == Immutability.LOCKED) {
            setMessage(Messages.keeping_locked, IMessageProvider.WARNING);
        } else if (!soft.getSelection()) {
            setMessage(Messages.keeping_noSoft, IMessageProvider.WARNING);
        } else {
            setMessage(Messages.keeping_prompt);
        }
    }

    Redundancy redundancy() {
        return Redundancy.values()[redundancy.getSelectionIndex()];
    }

    Immutability immutability() {
        return Immutability.values()[immutability.getSelectionIndex()];
    }

    SoftDelete softDelete() {
        return new SoftDelete(soft.getSelection() ? days.getSelection() : 0, false);
    }
}
