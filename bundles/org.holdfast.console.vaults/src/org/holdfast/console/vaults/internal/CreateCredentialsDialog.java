package org.holdfast.console.vaults.internal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Combo;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.StepJob;
import org.holdfast.console.ui.Ui;
import org.holdfast.protocol.people.CreateCredentials;

/** Asks for how many servers and how long a file counts, gets it from the vault and stores it. */
final class CreateCredentialsDialog extends TitleAreaDialog {
    private static final int MOST_USES = 100_000;
    private static final int MOST_DAYS = 3650;
    private static final int DAYS = 10;

    private final FleetSession session;
    private final VaultSummary vault;
    private final Executor background;
    private final Consumer<Path> saved;
    private final List<String> policies = new ArrayList<>();
    private Composite body;
    private Spinner uses;
    private Spinner days;
    private Combo policy;
    private Text tags;
    private Text file;
    private StepJob<Path> job;

    CreateCredentialsDialog(Shell parent, FleetSession session, VaultSummary vault, Executor background,
            Consumer<Path> saved) {
        super(parent);
        this.session = session;
        this.vault = vault;
        this.background = background;
        this.saved = saved;
        setHelpAvailable(false);
        setBlockOnOpen(false);
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.newFile_title);
        Ui.id(shell, "newFile");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        var area = (Composite) super.createDialogArea(parent);
        setTitle(NLS.bind(Messages.newFile_heading, vault.name()));
        setMessage(Messages.newFile_prompt);
        body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(3, 12));
        body.setLayoutData(Ui.fill());
        uses = spinner("newFile.uses", Messages.newFile_uses, 1, MOST_USES);
        days = spinner("newFile.days", Messages.newFile_days, DAYS, MOST_DAYS);
        Ui.label(body, Messages.newFile_policy);
        policy = Ui.name(Ui.id(new Combo(body, SWT.DROP_DOWN | SWT.READ_ONLY), "newFile.policy"),
                Messages.newFile_policy.replace("&", ""));
        policy.setLayoutData(two());
        policy.add(Messages.newFile_default);
        session.live().policies().snapshot().stream().filter(p -> p.vault().equals(vault.name()))
                .map(p -> p.policy().name()).sorted(String.CASE_INSENSITIVE_ORDER).forEach(name -> {
                    policies.add(name);
                    policy.add(name);
                });
        policy.select(0);
        tags = text("newFile.tags", Messages.newFile_tags);
        tags.setMessage(Messages.newFile_tagsHint);
        tags.setLayoutData(two());
        file = text("newFile.file", Messages.newFile_file);
        file.setMessage(Messages.newFile_fileHint);
        var wide = Ui.wide();
        wide.widthHint = convertWidthInCharsToPixels(56);
        file.setLayoutData(wide);
        file.addListener(SWT.Modify, e -> update());
        Ui.button(body, "newFile.browse", Messages.newFile_browse, this::browse);
        return area;
    }

    private Spinner spinner(String id, String label, int value, int most) {
        Ui.label(body, label);
        var spinner = Ui.name(Ui.id(new Spinner(body, SWT.BORDER), id), label.replace("&", ""));
        spinner.setValues(value, 1, most, 0, 1, 10);
        spinner.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
        return spinner;
    }

    private Text text(String id, String label) {
        Ui.label(body, label);
        return Ui.name(Ui.id(new Text(body, SWT.BORDER), id), label.replace("&", ""));
    }

    private static GridData two() {
        return new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.newFile_ok, true), "newFile.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), false), "newFile.cancel");
        update();
    }

    private void browse() {
        var dialog = new FileDialog(getShell(), SWT.SAVE);
        dialog.setText(Messages.newFile_title);
        dialog.setFileName(vault.name() + ".creds");
        String chosen = dialog.open();
        if (chosen != null) {
            file.setText(chosen);
        }
    }

    private @Nullable Path path() {
        try {
            Path path = Path.of(file.getText().strip());
            return path.isAbsolute() && path.getFileName() != null ? path : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private void update() {
        Button ok = getButton(IDialogConstants.OK_ID);
        if (ok != null) {
            ok.setEnabled(job == null && path() != null);
        }
        if (job == null && path() == null && !file.getText().isBlank()) {
            setMessage(Messages.newFile_notAbsolute, IMessageProvider.WARNING);
        } else if (job == null) {
            setMessage(Messages.newFile_prompt);
        }
    }

    private CreateCredentials wanted() {
        List<String> words = Stream.of(tags.getText().split("[\\s,]+")).filter(w -> !w.isEmpty()).distinct().toList();
        int index = policy.getSelectionIndex();
        return new CreateCredentials(index <= 0 ? null : policies.get(index - 1), words, days.getSelection(),
                uses.getSelection());
    }

    @Override
    protected void okPressed() {
        Path target = path();
        if (target == null || job != null) {
            return;
        }
        CreateCredentials wanted = wanted();
        var mine = new StepJob<>(NLS.bind(Messages.newFile_working, vault.name()), CredentialsSaver.save(target,
                () -> session.api().credentials().create(vault.name(), wanted), background));
        job = mine;
        setMessage(mine.getName());
        busy(true);
        mine.answer().whenCompleteAsync((path, thrown) -> {
            job = null;
            boolean open = getShell() != null && !getShell().isDisposed();
            if (open) {
                busy(false);
            }
            if (thrown == null) {
                // Also told when the person did not wait for it: the file is there, and counts.
                if (open) {
                    super.okPressed();
                }
                saved.accept(path);
            } else if (open) {
                Failure failure = Failure.of(thrown);
                setMessage(failure.message() + (failure.advice().isEmpty() ? "" : '\n' + failure.advice()),
                        IMessageProvider.ERROR);
            }
        }, Ui.executor(getShell().getDisplay()));
        mine.schedule();
    }

    private void busy(boolean busy) {
        body.setEnabled(!busy);
        getButton(IDialogConstants.OK_ID).setEnabled(!busy);
    }
}
