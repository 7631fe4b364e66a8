package org.holdfast.console.ui.pages;

import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.client.Failure;
import org.holdfast.console.ui.Approvals;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Ui;

/** A dialog that stays until the vault has taken what was entered; when it does not, everything is still there. */
public abstract class SavingDialog extends TitleAreaDialog {
    private static final int HEAD = 120;
    private static final int MARGIN = 12;

    private final String id;
    private final String title;
    private final Runnable saved;
    private boolean asked;
    private Label whole;

    /**
     * @param id for tests; the buttons have it with {@code .ok} and {@code .cancel}
     * @param saved run after the vault has taken it
     */
    protected SavingDialog(Shell parent, String id, String title, Runnable saved) {
        super(parent);
        this.id = id;
        this.title = title;
        this.saved = saved;
        setHelpAvailable(false);
        setBlockOnOpen(false);
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    /** What is wrong with what was entered, null when nothing is. */
    protected abstract @Nullable String problem();

    /** What the person is asked for. */
    protected abstract String prompt();

    /** Whether everything has been entered that is needed; what is missing is not yet wrong. */
    protected boolean isReady() {
        return true;
    }

    /** What the button that does it says. */
    protected String verb() {
        return Messages.dialog_save;
    }

    /** Whether it cannot be undone, so that Enter alone does not do it. */
    protected boolean isGrave() {
        return false;
    }

    /** Sends it to the vault. */
    protected abstract CompletableFuture<?> save();

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(title);
        Ui.id(shell, id);
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, verb(), !isGrave()), id + ".ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), isGrave()), id + ".cancel");
        check();
    }

    /** What was entered changed. */
    protected final void check() {
        var ok = getButton(IDialogConstants.OK_ID);
        if (ok == null) {
            return;
        }
        if (asked) {
            asked = false;
            ok.setText(verb());
        }
        showWhole("");
        String problem = problem();
        setMessage(problem == null ? prompt() : problem,
                problem == null ? IMessageProvider.NONE : IMessageProvider.ERROR);
        ok.setEnabled(problem == null && isReady());
    }

    @Override
    protected final void okPressed() {
        if (asked) {
            close();
            Approvals.show();
            return;
        }
        var ok = getButton(IDialogConstants.OK_ID);
        ok.setEnabled(false);
        setMessage(Messages.dialog_saving, IMessageProvider.INFORMATION);
        save().whenComplete((value, thrown) -> Ui.async(getShell(), () -> {
            if (thrown == null) {
                setReturnCode(OK);
                close();
                saved.run();
            } else {
                refused(ok, Failure.of(thrown));
            }
        }));
    }

    /** Everything entered is still there; what waits for a second person can be looked at. */
    private void refused(Button ok, Failure failure) {
        asked = failure.needsApproval() && Approvals.canShow();
        ok.setEnabled(true);
        ok.setText(asked ? Messages.dialog_approvals : verb());
        setButtonLayoutData(ok);
        ok.requestLayout();
        String text = (failure.message() + ' ' + failure.advice()).strip();
        setMessage(failure.needsApproval() ? Messages.dialog_asked + ' ' + text : text,
                failure.needsApproval() ? IMessageProvider.WARNING : IMessageProvider.ERROR);
        showWhole(text.length() > HEAD ? text : "");
    }

    @Override
    protected Control createButtonBar(Composite parent) {
        whole = Ui.id(new Label(parent, SWT.WRAP), id + ".refusal");
        var data = new GridData(SWT.FILL, SWT.CENTER, true, false);
        data.exclude = true;
        data.horizontalIndent = MARGIN;
        data.widthHint = Ui.chars(whole, HEAD / 2);
        whole.setLayoutData(data);
        whole.setVisible(false);
        return super.createButtonBar(parent);
    }

    /** The head has two lines; what says a rule and a date is worth being read as a whole. */
    private void showWhole(String text) {
        boolean needed = !text.isEmpty();
        if (needed || whole.getVisible()) {
            whole.setText(Ui.plain(text));
            whole.setVisible(needed);
            ((GridData) whole.getLayoutData()).exclude = !needed;
            var shell = getShell();
            shell.layout(new Control[] { whole });
            var size = shell.getSize();
            shell.setSize(size.x, Math.max(size.y, shell.computeSize(size.x, SWT.DEFAULT).y));
        }
    }
}
