package org.holdfast.console.vaults.internal.editor;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.ui.pages.SavingDialog;

/** Says what something means that cannot be undone, before it is done. */
final class ConfirmDialog extends SavingDialog {
    private final Question question;
    private final Supplier<CompletableFuture<?>> action;
    private @Nullable Text name;

    /**
     * What is asked.
     *
     * @param id for tests
     * @param title of the window
     * @param text what it means
     * @param verb what the button says
     * @param typed what has to be typed before, null for nothing
     * @param label of the field for that
     */
    record Question(String id, String title, String text, String verb, @Nullable String typed, String label) {
    }

    ConfirmDialog(Shell parent, Question question, Supplier<CompletableFuture<?>> action, Runnable done) {
        super(parent, question.id(), question.title(), done);
        this.question = question;
        this.action = action;
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(question.title());
        var fields = new Fields(area, this::check);
        fields.note(question.id() + ".text", question.text());
        if (question.typed() != null) {
            name = fields.text(question.id() + ".name", question.label(), "");
        }
        return area;
    }

    @Override
    protected String verb() {
        return question.verb();
    }

    @Override
    protected boolean isGrave() {
        return true;
    }

    @Override
    protected @Nullable String problem() {
        return null;
    }

    @Override
    protected String prompt() {
        return Messages.confirm_prompt;
    }

    @Override
    protected boolean isReady() {
        Text field = name;
        return field == null || field.getText().strip().equals(question.typed());
    }

    @Override
    protected CompletableFuture<?> save() {
        return action.get();
    }
}
