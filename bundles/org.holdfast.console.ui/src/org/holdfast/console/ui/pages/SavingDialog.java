package org.holdfast.console.ui.pages;

import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.client.Failure;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Ui;

/** A dialog that stays until the vault has taken what was entered; when it does not, everything is still there. */
public abstract class SavingDialog extends TitleAreaDialog {
    private final String id;
    private final String title;
    private final Runnable saved;

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
        String problem = problem();
        setMessage(problem == null ? prompt() : problem,
                problem == null ? IMessageProvider.NONE : IMessageProvider.ERROR);
        ok.setEnabled(problem == null && isReady());
    }

    @Override
    protected final void okPressed() {
        var ok = getButton(IDialogConstants.OK_ID);
        ok.setEnabled(false);
        setMessage(Messages.dialog_saving, IMessageProvider.INFORMATION);
        save().whenComplete((value, thrown) -> Ui.async(getShell(), () -> {
            if (thrown == null) {
                setReturnCode(OK);
                close();
                saved.run();
            } else {
                Failure failure = Failure.of(thrown);
                ok.setEnabled(true);
                setMessage((failure.message() + ' ' + failure.advice()).strip(), IMessageProvider.ERROR);
            }
        }));
    }
}
