package org.holdfast.console.install.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableColumn;
import org.eclipse.swt.widgets.TableItem;
import org.holdfast.console.install.internal.run.AcceptedKeys;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Ui;

/** Shows keys of hosts by their fingerprints; the person ticks those that were compared. None is ticked at first. */
final class KeysDialog extends TitleAreaDialog {
    private static final int WIDTH = 135;
    private static final int ALL = IDialogConstants.CLIENT_ID;

    private final List<AcceptedKeys.Shown> keys;
    private final Consumer<List<AcceptedKeys.Shown>> accepted;
    private Table table;

    KeysDialog(Shell parent, List<AcceptedKeys.Shown> keys, Consumer<List<AcceptedKeys.Shown>> accepted) {
        super(parent);
        this.keys = keys.stream().sorted(Comparator.comparing(key -> key.host().name())).toList();
        this.accepted = accepted;
        setHelpAvailable(false);
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.keys_title);
        Ui.id(shell, "keys");
    }

    /** The text above would make it as wide as the screen. */
    @Override
    protected Point getInitialSize() {
        Point size = super.getInitialSize();
        return new Point(Math.min(size.x, convertWidthInCharsToPixels(WIDTH)), size.y);
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(Messages.keys_title);
        setMessage(Messages.keys_prompt);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(1, 10));
        body.setLayoutData(Ui.fill());
        table = Ui.name(Ui.id(new Table(body, SWT.CHECK | SWT.BORDER | SWT.FULL_SELECTION), "keys.table"),
                Messages.keys_title);
        table.setHeaderVisible(true);
        var room = Ui.fill();
        room.heightHint = convertHeightInCharsToPixels(14);
        table.setLayoutData(room);
        column(Messages.column_host, 30);
        column(Messages.column_kind, 22);
        column(Messages.column_key, 54);
        for (AcceptedKeys.Shown key : keys) {
            var item = new TableItem(table, SWT.NONE);
            item.setText(new String[] { InstallWords.host(key.host()), key.kind(), key.fingerprint() });
        }
        table.addListener(SWT.Selection, e -> update());
        return area;
    }

    private void column(String title, int chars) {
        var column = new TableColumn(table, SWT.NONE);
        column.setText(title);
        column.setWidth(Math.max(Ui.chars(table, chars), Ui.header(table, title)));
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, ALL, Messages.keys_all, false), "keys.all");
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.keys_accept, true), "keys.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), false), "keys.cancel");
        update();
    }

    private void update() {
        var ok = getButton(IDialogConstants.OK_ID);
        if (ok != null) {
            ok.setEnabled(!ticked().isEmpty());
        }
    }

    private List<AcceptedKeys.Shown> ticked() {
        var found = new ArrayList<AcceptedKeys.Shown>();
        for (int i = 0; i < table.getItemCount(); i++) {
            if (table.getItem(i).getChecked()) {
                found.add(keys.get(i));
            }
        }
        return found;
    }

    @Override
    protected void buttonPressed(int button) {
        if (button == ALL) {
            for (TableItem item : table.getItems()) {
                item.setChecked(true);
            }
            update();
        } else {
            super.buttonPressed(button);
        }
    }

    @Override
    protected void okPressed() {
        List<AcceptedKeys.Shown> chosen = ticked();
        super.okPressed();
        accepted.accept(chosen);
    }
}
