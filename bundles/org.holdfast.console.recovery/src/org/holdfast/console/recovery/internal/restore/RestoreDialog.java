package org.holdfast.console.recovery.internal.restore;

import java.util.concurrent.atomic.AtomicReference;

import org.eclipse.jface.dialogs.Dialog;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.custom.StackLayout;
import org.eclipse.swt.graphics.Point;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.program.Program;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.eclipse.swt.widgets.Shell;
import org.holdfast.api.Phase;
import org.holdfast.api.Progress;
import org.holdfast.api.RawPath;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.recover.RestoreReport;
import org.holdfast.console.recovery.internal.Messages;
import org.holdfast.console.recovery.internal.Wording;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.FailureDialog;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Problems;
import org.holdfast.console.ui.Texts;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;

/**
 * Follows a restore and then shows what it did. It blocks nothing: the console can be used meanwhile, and when the
 * dialog was closed the restore goes on; it comes back with the result.
 */
public final class RestoreDialog extends Dialog {
    private static final int BAR = 1000;

    private final RestoreJob job;
    private final Wording wording;
    private final AtomicReference<Progress> latest = new AtomicReference<>();
    private StackLayout stack;
    private Composite running;
    private Composite finished;
    private Label icon;
    private Label title;
    private Label phase;
    private Label current;
    private ProgressBar bar;
    private Label amount;
    private Label explanation;
    private ReportView report;
    private RestoreReport result;

    /** Opens without blocking. */
    RestoreDialog(Shell parent, RestoreJob job, Wording wording) {
        super(parent);
        this.job = job;
        this.wording = wording;
        setShellStyle(SWT.DIALOG_TRIM | SWT.RESIZE | SWT.MODELESS | SWT.MIN);
        setBlockOnOpen(false);
        var display = parent.getDisplay();
        job.progress().add(p -> {
            if (latest.getAndSet(p) == null) {
                Ui.async(parent, this::showProgress);
            }
        });
        job.answer().whenCompleteAsync((answer, thrown) -> {
            if (answer != null && !parent.isDisposed()) {
                result = answer;
                if (getShell() == null) {
                    open();
                } else {
                    showResult();
                }
            }
        }, Ui.executor(display));
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(job.getName());
        Ui.id(shell, "restore");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        var head = new Composite(area, SWT.NONE);
        head.setLayout(Ui.grid(2));
        head.setLayoutData(Ui.wide());
        icon = new Label(head, SWT.NONE);
        icon.setImage(Icon.RESTORE.image());
        title = Ui.id(new Label(head, SWT.NONE), "restore.title");
        title.setFont(JFaceResources.getFontRegistry().getBold(JFaceResources.DEFAULT_FONT));
        title.setLayoutData(Ui.wide());
        title.setText(job.getName());
        var body = new Composite(area, SWT.NONE);
        stack = new StackLayout();
        body.setLayout(stack);
        body.setLayoutData(Ui.fill());
        buildRunning(body);
        finished = new Composite(body, SWT.NONE);
        finished.setLayout(Ui.grid(1));
        explanation = Ui.id(new Label(finished, SWT.WRAP), "restore.explanation");
        var wide = Ui.wide();
        wide.widthHint = convertWidthInCharsToPixels(90);
        explanation.setLayoutData(wide);
        report = new ReportView(finished, wording.formats());
        report.control().setLayoutData(Ui.fill());
        stack.topControl = running;
        return area;
    }

    private void buildRunning(Composite body) {
        running = new Composite(body, SWT.NONE);
        running.setLayout(Ui.grid(1));
        phase = Ui.id(new Label(running, SWT.NONE), "restore.phase");
        phase.setLayoutData(Ui.wide());
        phase.setText(Messages.restore_starting);
        bar = Ui.name(Ui.id(new ProgressBar(running, SWT.SMOOTH), "restore.bar"), Messages.restore_barName);
        bar.setMaximum(BAR);
        bar.setLayoutData(Ui.wide());
        amount = Ui.id(new Label(running, SWT.NONE), "restore.amount");
        amount.setLayoutData(Ui.wide());
        current = new Label(running, SWT.NONE);
        var data = Ui.wide();
        data.widthHint = convertWidthInCharsToPixels(90);
        current.setLayoutData(data);
        current.setForeground(Tone.MUTED.on(running));
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        if (result == null) {
            Ui.id(createButton(parent, IDialogConstants.STOP_ID, Messages.restore_cancel, false), "restore.cancel");
            Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.restore_background, true), "restore.hide");
        } else {
            buttonsOfResult(parent);
        }
    }

    private void buttonsOfResult(Composite parent) {
        if (result.failure() != null && !result.failure().isCancelled()) {
            Ui.id(createButton(parent, IDialogConstants.DETAILS_ID, Messages.restore_details, false),
                    "restore.details");
        }
        if (job.plan().target() != null && result.files() + result.directories() > 0) {
            Ui.id(createButton(parent, IDialogConstants.OPEN_ID, Messages.restore_openFolder, false),
                    "restore.openFolder");
        }
        Ui.id(createButton(parent, IDialogConstants.CLOSE_ID, Buttons.close(), true), "restore.close");
    }

    @Override
    public void create() {
        super.create();
        if (result != null) {
            showResult();
        }
    }

    @Override
    protected void buttonPressed(int button) {
        switch (button) {
            case IDialogConstants.STOP_ID -> {
                job.cancel();
                getButton(IDialogConstants.STOP_ID).setEnabled(false);
                phase.setText(Messages.restore_cancelling);
            }
            case IDialogConstants.OPEN_ID -> Program.launch(job.plan().target().toString());
            case IDialogConstants.DETAILS_ID -> new FailureDialog(getShell(), result.failure()).open();
            default -> close();
        }
    }

    private void showProgress() {
        Progress p = latest.getAndSet(null);
        if (p == null || getShell() == null || result != null) {
            return;
        }
        Formats f = wording.formats();
        Button stop = getButton(IDialogConstants.STOP_ID);
        if (stop.isEnabled()) {
            phase.setText(phase(p.phase()));
        }
        if (p.bytesTotal() > 0) {
            bar.setSelection((int) (BAR * Math.min(p.bytes(), p.bytesTotal()) / p.bytesTotal()));
        }
        String done = p.bytesTotal() < 0
                ? Texts.bind(Messages.restore_amount, f.count(p.files()), f.size(p.bytes()))
                : NLS.bind(Messages.restore_amountOf, new Object[] { f.count(p.files()), f.count(p.filesTotal()),
                        f.size(p.bytes()), f.size(p.bytesTotal()) });
        String rate = p.bytesPerSecond() > 0 ? " \u00b7 " + f.rate(p.bytesPerSecond()) : "";
        String left = p.remaining() == null ? ""
                : " \u00b7 " + NLS.bind(Messages.restore_left, f.duration(p.remaining()));
        amount.setText(done + rate + left);
        current.setText(Ui.plain(p.current()));
    }

    private static String phase(Phase phase) {
        return switch (phase) {
            case OPENING, SCANNING, COLLECTING -> Messages.restore_phaseScanning;
            case TRANSFERRING -> Messages.restore_phaseTransferring;
            case VERIFYING -> Messages.restore_phaseVerifying;
            case COMMITTING, DONE -> Messages.restore_phaseCommitting;
        };
    }

    private void showResult() {
        switch (result.outcome()) {
            case DONE -> head(Icon.COMPLETED, Messages.restore_done);
            case DONE_WITH_WARNINGS -> head(Icon.WARNINGS, Messages.restore_doneWithWarnings);
            case CANCELLED -> head(Icon.INTERRUPTED, Messages.restore_cancelled);
            case FAILED -> head(Icon.ERROR, Messages.restore_failed);
        }
        explanation.setText(Ui.plain(explain()));
        report.show(result);
        stack.topControl = finished;
        Composite bar = (Composite) getButtonBar();
        for (Control button : bar.getChildren()) {
            button.dispose();
        }
        ((org.eclipse.swt.layout.GridLayout) bar.getLayout()).numColumns = 0;
        buttonsOfResult(bar);
        bar.getParent().layout(true, true);
        Point wanted = getShell().computeSize(SWT.DEFAULT, SWT.DEFAULT);
        Point now = getShell().getSize();
        getShell().setSize(Math.max(wanted.x, now.x), Math.max(wanted.y, now.y));
        getShell().layout(true, true);
    }

    private String explain() {
        Failure failure = result.failure();
        if (failure != null) {
            return failure.isCancelled() ? Messages.restore_cancelledText
                    : Problems.title(failure.problem()) + ": " + failure.message() + '\n' + failure.advice();
        }
        RawPath target = job.plan().target();
        return target == null ? Messages.restore_toOriginal : NLS.bind(Messages.restore_to, target);
    }

    private void head(Icon image, String text) {
        icon.setImage(image.image());
        title.setText(text);
        getShell().setText(text);
    }

    @Override
    protected Point getInitialSize() {
        Point size = super.getInitialSize();
        return new Point(Math.max(size.x, convertWidthInCharsToPixels(96)), size.y);
    }

    @Override
    protected boolean isResizable() {
        return true;
    }

    @Override
    protected void initializeBounds() {
        super.initializeBounds();
        var data = getButtonBar().getLayoutData();
        if (data instanceof GridData grid) {
            grid.horizontalAlignment = SWT.END;
        }
    }
}
