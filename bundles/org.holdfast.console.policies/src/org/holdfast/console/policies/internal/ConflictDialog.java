package org.holdfast.console.policies.internal;

import java.util.List;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Column;
import org.holdfast.console.ui.DataTable;
import org.holdfast.console.ui.Ui;

/** Somebody else stored another version meanwhile: shows the difference and lets a person choose. */
final class ConflictDialog extends TitleAreaDialog {
    private static final int MINE = IDialogConstants.CLIENT_ID + 1;
    private static final int THEIRS = IDialogConstants.CLIENT_ID + 2;

    private final List<PolicyDiff.Line> lines;
    private final Policy theirs;
    private final Runnable overwrite;
    private final Runnable reload;

    /**
     * @param theirs what is stored
     * @param overwrite stores what the person edited all the same
     * @param reload takes what is stored
     */
    ConflictDialog(Shell parent, PolicyWords words, Policy mine, Policy theirs, Runnable overwrite, Runnable reload) {
        super(parent);
        this.theirs = theirs;
        this.overwrite = overwrite;
        this.reload = reload;
        lines = PolicyDiff.between(words, mine, theirs);
        setHelpAvailable(false);
        setBlockOnOpen(false);
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.conflict_title);
        Ui.id(shell, "conflict");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(NLS.bind(Messages.conflict_heading, theirs.name(), theirs.version()));
        setMessage(lines.isEmpty() ? Messages.conflict_same : Messages.conflict_prompt);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(1, 12));
        body.setLayoutData(Ui.fill());
        var table = new DataTable<PolicyDiff.Line>(body, SWT.SINGLE | SWT.BORDER, "conflict.table",
                Messages.conflict_heading, List.of(
                        Column.text("what", Messages.conflict_what, 24, PolicyDiff.Line::what),
                        Column.text("mine", Messages.conflict_mine, 40, l -> l.mine().replace('\n', ' ')),
                        Column.<PolicyDiff.Line>text("theirs", Messages.conflict_theirs, 40,
                                l -> l.theirs().replace('\n', ' ')).growing()));
        table.toolTip(l -> l.mine() + "\n\n" + l.theirs());
        var data = Ui.fill();
        data.heightHint = 220;
        table.setLayoutData(data);
        table.setSource(new ListSource<>(() -> lines));
        Ui.async(table.control(), table::enter);
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, MINE, Messages.conflict_overwrite, false), "conflict.overwrite");
        Ui.id(createButton(parent, THEIRS, Messages.conflict_reload, false), "conflict.reload");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), true), "conflict.cancel");
    }

    @Override
    protected void buttonPressed(int id) {
        if (id == MINE || id == THEIRS) {
            close();
            (id == MINE ? overwrite : reload).run();
        } else {
            super.buttonPressed(id);
        }
    }
}
