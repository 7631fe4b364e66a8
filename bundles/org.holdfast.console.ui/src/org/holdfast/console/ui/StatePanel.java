package org.holdfast.console.ui;

import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.holdfast.console.client.Failure;

/**
 * Shows either a part's content or why there is none: not asked yet, loading (only when it takes longer than
 * {@value #PATIENCE} ms, so that quick answers do not flicker), empty, nothing left by the filter, or an error with
 * its code and what to do about it.
 */
public final class StatePanel extends Composite {
    /** Milliseconds until loading is shown. */
    public static final int PATIENCE = 200;
    private static final int TEXT_CHARS = 64;
    /** Below this height, in lines of text, the message stands beside its icon instead of under it. */
    private static final int LOW_LINES = 10;

    /** What is shown. */
    public enum State {
        CONTENT, PROMPT, LOADING, EMPTY, FILTERED, ERROR
    }

    /**
     * A button below a message.
     *
     * @param id for tests
     * @param text with mnemonic
     * @param run what it does
     */
    public record Action(String id, String text, Runnable run) {
    }

    private final StackLayout stack = new StackLayout();
    private final Composite content;
    private final Composite message;
    private State state = State.CONTENT;
    private int generation;

    /** An empty panel that shows its (still empty) content. */
    public StatePanel(Composite parent, String id) {
        super(parent, SWT.NONE);
        Ui.id(this, id);
        setLayout(stack);
        content = new Composite(this, SWT.NONE);
        content.setLayout(Ui.grid(1));
        message = Ui.id(new Composite(this, SWT.NONE), id + ".message");
        message.addListener(SWT.Resize, e -> arrange());
        message.setLayout(Ui.grid(1, 8));
        stack.topControl = content;
    }

    /** Where the part puts its widgets. */
    public Composite content() {
        return content;
    }

    /** What is shown now. */
    public State state() {
        return state;
    }

    /** Shows the content. */
    public void showContent() {
        generation++;
        change(State.CONTENT, content);
    }

    /** Shows that something is being asked, unless the answer comes soon. */
    public void showLoading(String text, Action... actions) {
        if (state == State.LOADING) {
            return;
        }
        int mine = ++generation;
        state = State.LOADING;
        Ui.after(PATIENCE, this, () -> {
            if (mine == generation) {
                show(State.LOADING, Icon.LOADING_LARGE, text, "", "", actions);
            }
        });
    }

    /** Asks the person to begin. */
    public void showPrompt(Icon icon, String title, String text, Action... actions) {
        show(State.PROMPT, icon, title, text, "", actions);
    }

    /** Says that there is nothing, and why. */
    public void showEmpty(Icon icon, String title, String text, Action... actions) {
        show(State.EMPTY, icon, title, text, "", actions);
    }

    /** Says that the filter leaves nothing. */
    public void showFiltered(String title, Runnable clear) {
        show(State.FILTERED, Icon.SEARCH_LARGE, title, "", "",
                new Action("state.clearFilter", Messages.state_clearFilter, clear));
    }

    /** Says what failed, what to do, and its code. */
    public void showError(Failure failure, Runnable retry) {
        String text = failure.advice().isEmpty() ? failure.message()
                : failure.message() + '\n' + failure.advice();
        show(State.ERROR, Icon.ERROR_LARGE, Problems.title(failure.problem()), text,
                org.eclipse.osgi.util.NLS.bind(Messages.state_code, failure.problem()),
                new Action("state.retry", Messages.state_retry, retry),
                new Action("state.details", Messages.state_details,
                        () -> new FailureDialog(getShell(), failure).open()),
                new Action("state.copy", Messages.state_copy,
                        () -> Ui.copy(getDisplay(), Problems.report(failure))));
    }

    private void show(State next, Icon icon, String title, String text, String footnote, Action... actions) {
        generation++;
        boolean focused = holdsFocus(message);
        for (Control child : message.getChildren()) {
            child.dispose();
        }
        var frame = new Composite(message, SWT.NONE);
        frame.setLayout(Ui.grid(1));
        frame.setLayoutData(new GridData(SWT.CENTER, SWT.CENTER, true, true));
        var image = new Label(frame, SWT.NONE);
        image.setImage(icon.image());
        image.setLayoutData(new GridData(SWT.CENTER, SWT.CENTER, true, false));
        var block = new Composite(frame, SWT.NONE);
        block.setLayout(Ui.grid(1));
        block.setLayoutData(new GridData(SWT.CENTER, SWT.CENTER, true, false));
        Label heading = line(block, title, "state.title");
        heading.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        if (!text.isEmpty()) {
            line(block, text, "state.text");
        }
        if (!footnote.isEmpty()) {
            line(block, footnote, "state.code").setForeground(Tone.MUTED.on(message));
        }
        if (actions.length > 0) {
            var row = new Composite(block, SWT.NONE);
            row.setLayout(Ui.grid(actions.length));
            row.setLayoutData(new GridData(SWT.CENTER, SWT.CENTER, true, false));
            for (Action action : actions) {
                Ui.button(row, action.id(), action.text(), action.run());
            }
        }
        change(next, message);
        arrange();
        if (focused) {
            setFocus();
        }
    }

    /** Under each other where there is room, side by side in a low part. */
    private void arrange() {
        if (message.getChildren().length == 0) {
            return;
        }
        var frame = (Composite) message.getChildren()[0];
        int height = message.getClientArea().height;
        int lines = height / Math.max(1, frame.getChildren()[0].computeSize(SWT.DEFAULT, SWT.DEFAULT).y / 3);
        var layout = Ui.grid(height > 0 && lines < LOW_LINES ? 2 : 1);
        layout.horizontalSpacing = 16;
        frame.setLayout(layout);
        message.layout(true, true);
    }

    private Label line(Composite block, String text, String id) {
        var label = Ui.id(new Label(block, SWT.WRAP | SWT.CENTER), id);
        label.setText(Ui.plain(text));
        var data = new GridData(SWT.CENTER, SWT.CENTER, true, false);
        int most = Ui.chars(label, TEXT_CHARS);
        data.widthHint = label.computeSize(SWT.DEFAULT, SWT.DEFAULT).x > most ? most : SWT.DEFAULT;
        label.setLayoutData(data);
        return label;
    }

    private static boolean holdsFocus(Composite composite) {
        for (Control c = composite.getDisplay().getFocusControl(); c != null; c = c.getParent()) {
            if (c == composite) {
                return true;
            }
        }
        return false;
    }

    private void change(State next, Composite top) {
        state = next;
        if (stack.topControl != top) {
            stack.topControl = top;
            layout();
        }
    }
}
