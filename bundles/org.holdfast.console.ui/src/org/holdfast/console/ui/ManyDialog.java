package org.holdfast.console.ui;

import java.util.List;
import java.util.function.Function;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.Subscription;
import org.holdfast.console.client.recover.RowSource;
import org.holdfast.console.model.ManyAction;
import org.holdfast.console.model.ManyResult;
import org.holdfast.console.model.ManyResult.State;

/**
 * Shows an action on many things while it runs, with a result for each; those that failed can be tried again alone. It
 * is not modal: the work goes on when it is closed. Its action is made with {@code Ui.executor} and started by opening.
 *
 * @param <T> the things
 */
public final class ManyDialog<T> extends Dialog {
    private static final int COPY = IDialogConstants.CLIENT_ID + 1;
    private static final int RETRY = IDialogConstants.CLIENT_ID + 2;

    private final String title;
    private final String heading;
    private final ManyAction<T> action;
    private final Function<T, String> name;
    private List<ManyResult<T>> results = List.of();
    private Subscription subscription = () -> {
    };
    private Label summary;
    private ProgressBar progress;
    private DataTable<ManyResult<T>> table;

    /**
     * @param title of the window
     * @param heading what is done, one sentence
     * @param name of a thing
     */
    public ManyDialog(Shell parent, String title, String heading, ManyAction<T> action, Function<T, String> name) {
        super(parent);
        this.title = title;
        this.heading = heading;
        this.action = action;
        this.name = name;
        setShellStyle(SWT.SHELL_TRIM | SWT.MODELESS);
        setBlockOnOpen(false);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(title);
        Ui.id(shell, "many");
    }

    @Override
    protected Point getInitialSize() {
        Point wanted = super.getInitialSize();
        return new Point(Math.max(wanted.x, 700), Math.max(wanted.y, 460));
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        var label = Ui.label(area, Ui.plain(heading));
        label.setLayoutData(Ui.wide());
        progress = Ui.name(Ui.id(new ProgressBar(area, SWT.HORIZONTAL), "many.progress"), heading);
        progress.setMaximum(Math.max(1, action.results().size()));
        progress.setLayoutData(Ui.wide());
        summary = Ui.id(new Label(area, SWT.NONE), "many.summary");
        summary.setLayoutData(Ui.wide());
        table = new DataTable<>(area, SWT.MULTI | SWT.BORDER, "many.table", title, List.of(
                Column.<ManyResult<T>>text("result", Messages.many_result, 16, r -> word(r.state()))
                        .with(r -> icon(r.state())),
                Column.text("name", Messages.many_name, 26, r -> name.apply(r.target())),
                Column.<ManyResult<T>>text("detail", Messages.many_detail, 40, ManyDialog::detail).growing()));
        table.toolTip(ManyDialog::detail);
        table.onOpen(r -> {
            Failure failure = r.failure();
            if (failure != null) {
                new FailureDialog(getShell(), failure).open();
            }
        });
        table.locateBy(value -> {
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i).target().equals(value.target())) {
                    return i;
                }
            }
            return -1;
        });
        var data = Ui.fill();
        data.heightHint = 260;
        table.setLayoutData(data);
        table.setSource(new RowSource<>() {
            @Override
            public int size() {
                return results.size();
            }

            @Override
            public ManyResult<T> row(int index) {
                return results.get(index);
            }
        });
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, RETRY, Messages.many_retry, false), "many.retry");
        Ui.id(createButton(parent, COPY, Messages.many_copy, false), "many.copy");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.close(), true), "many.close");
        ((GridData) getButton(RETRY).getLayoutData()).widthHint = SWT.DEFAULT;
    }

    @Override
    protected void buttonPressed(int id) {
        if (id == RETRY) {
            if (action.isOver()) {
                action.retryFailed();
            } else {
                action.cancel();
            }
        } else if (id == COPY) {
            Ui.copy(getShell().getDisplay(), text());
        } else {
            super.buttonPressed(id);
        }
    }

    @Override
    public int open() {
        create();
        subscription = action.changes().add(a -> show());
        action.start();
        show();
        return super.open();
    }

    @Override
    public boolean close() {
        subscription.close();
        return super.close();
    }

    private void show() {
        if (getShell() == null || getShell().isDisposed()) {
            return;
        }
        results = action.results();
        int done = (int) results.stream().filter(ManyResult::isOver).count();
        progress.setSelection(done);
        Ui.setText(summary, NLS.bind(Messages.many_summary, new Object[] { count(State.DONE), results.size(),
                count(State.SKIPPED), count(State.FAILED) }));
        table.shapeChanged();
        boolean over = done == results.size();
        Button retry = getButton(RETRY);
        retry.setText(over ? Messages.many_retry : Messages.many_stop);
        retry.setEnabled(!over || count(State.FAILED) + count(State.CANCELLED) > 0);
        retry.requestLayout();
    }

    private long count(State state) {
        return results.stream().filter(r -> r.state() == state).count();
    }

    private String text() {
        var text = new StringBuilder(heading).append('\n');
        results.forEach(r -> text.append(name.apply(r.target())).append('\t').append(word(r.state())).append('\t')
                .append(detail(r)).append('\n'));
        return text.toString();
    }

    private static String detail(ManyResult<?> result) {
        Failure failure = result.failure();
        if (failure == null) {
            return result.reason();
        }
        return failure.advice().isEmpty() ? failure.message() : failure.message() + ' ' + failure.advice();
    }

    private static String word(State state) {
        return switch (state) {
            case WAITING -> Messages.many_waiting;
            case RUNNING -> Messages.many_running;
            case DONE -> Messages.many_done;
            case SKIPPED -> Messages.many_skipped;
            case FAILED -> Messages.many_failed;
            case CANCELLED -> Messages.many_cancelled;
        };
    }

    private static Icon icon(State state) {
        return switch (state) {
            case WAITING -> Icon.HISTORY;
            case RUNNING -> Icon.REFRESH;
            case DONE -> Icon.COMPLETED;
            case SKIPPED -> Icon.INFO;
            case FAILED -> Icon.ERROR;
            case CANCELLED -> Icon.INTERRUPTED;
        };
    }
}
