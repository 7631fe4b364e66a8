package org.holdfast.console.app.internal;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.jface.resource.JFaceResources;
import org.eclipse.jface.resource.LocalResourceManager;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.ProgressBar;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Text;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.local.LocalVault;
import org.holdfast.console.client.local.LocalVault.Started;
import org.holdfast.console.client.local.LocalVault.Step;
import org.holdfast.console.client.local.LocalVaultException;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Ui;

/** Starts a vault server on this computer as soon as it opens, shows the steps, and says where everything is. */
public final class LocalVaultDialog extends TitleAreaDialog {
    private final LocalVault vault;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final Map<Step, Label> icons = new EnumMap<>(Step.class);
    private final Map<Step, Label> words = new EnumMap<>(Step.class);
    private LocalResourceManager resources;
    private ProgressBar progress;
    private Text result;
    private Step current;
    private boolean over;

    /** @param vault is started when the dialog opens */
    public LocalVaultDialog(Shell parent, LocalVault vault) {
        super(parent);
        this.vault = vault;
        setHelpAvailable(false);
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.local_title);
        Ui.id(shell, "local");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        resources = new LocalResourceManager(JFaceResources.getResources(), parent);
        setTitleImage(resources.create(Icon.VAULT_BANNER.descriptor()));
        var area = (Composite) super.createDialogArea(parent);
        setTitle(Messages.local_heading);
        setMessage(Messages.local_prompt);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(2, 12));
        body.setLayoutData(Ui.fill());
        for (Step step : Step.values()) {
            var icon = new Label(body, SWT.NONE);
            icon.setImage(Icon.NEW.image());
            icon.setVisible(false);
            icons.put(step, icon);
            var word = Ui.id(Ui.label(body, LocalVaults.steps().get(step)), "local." + step);
            word.setLayoutData(Ui.wide());
            word.setEnabled(false);
            words.put(step, word);
        }
        result = Ui.name(Ui.id(new Text(body, SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.BORDER | SWT.V_SCROLL),
                "local.result"), Messages.local_result);
        var data = new GridData(SWT.FILL, SWT.FILL, true, true, 2, 1);
        data.widthHint = convertWidthInCharsToPixels(76);
        data.heightHint = result.getLineHeight() * 8;
        result.setLayoutData(data);
        progress = Ui.id(new ProgressBar(area, SWT.INDETERMINATE), "local.progress");
        progress.setLayoutData(Ui.wide());
        return area;
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), true), "local.close");
    }

    @Override
    public void create() {
        super.create();
        start();
    }

    private void start() {
        Shell shell = getShell();
        vault.start(Messages.local_name, new LocalVault.Progress() {
            @Override
            public void begins(Step step) {
                Ui.async(shell, () -> show(step));
            }

            @Override
            public boolean isCancelled() {
                return cancelled.get();
            }
        }).whenComplete((started, thrown) -> Ui.async(shell, () -> {
            if (thrown == null) {
                done(started);
            } else {
                failed(thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown);
            }
        }));
    }

    private void show(Step step) {
        for (Step each : Step.values()) {
            boolean now = each == step;
            words.get(each).setEnabled(each.ordinal() <= step.ordinal());
            set(each, now ? Icon.REFRESH : Icon.COMPLETED, each.ordinal() <= step.ordinal());
        }
        current = step;
    }

    private void set(Step step, Icon icon, boolean visible) {
        icons.get(step).setImage(icon.image());
        icons.get(step).setVisible(visible);
        icons.get(step).requestLayout();
    }

    private void done(Started started) {
        over();
        for (Step step : Step.values()) {
            words.get(step).setEnabled(true);
            set(step, Icon.COMPLETED, true);
        }
        setMessage(Messages.local_done, IMessageProvider.INFORMATION);
        result.setText(NLS.bind(Messages.local_where, new Object[] { started.session().connection().address(),
                started.data(), started.session().connection().user(), started.password() }));
    }

    private void failed(Throwable thrown) {
        over();
        if (current != null) {
            set(current, Icon.ERROR, true);
        }
        if (thrown instanceof LocalVaultException e) {
            setMessage(Messages.local_failed, IMessageProvider.ERROR);
            boolean more = e.reason() == LocalVaultException.Reason.DID_NOT_START && !e.details().isEmpty();
            result.setText(LocalVaults.explain(e) + (more ? "\n\n" + e.details() : ""));
        } else {
            Failure failure = Failure.of(thrown);
            setMessage(Messages.local_failed, IMessageProvider.ERROR);
            result.setText(failure.message() + (failure.advice().isEmpty() ? "" : '\n' + failure.advice()));
        }
    }

    private void over() {
        over = true;
        progress.setVisible(false);
        getButton(IDialogConstants.CANCEL_ID).setText(Buttons.close());
        getButton(IDialogConstants.CANCEL_ID).setFocus();
    }

    /** Whether it has come to an end, good or bad. */
    public boolean isOver() {
        return over;
    }

    @Override
    public boolean close() {
        cancelled.set(true);
        return super.close();
    }
}
