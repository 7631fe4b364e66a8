package org.holdfast.console.install.internal;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.FileDialog;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Spinner;
import org.eclipse.swt.widgets.Text;
import org.holdfast.agent.install.OneLine;
import org.holdfast.console.client.Failure;
import org.holdfast.console.install.internal.run.NewFile;
import org.holdfast.console.install.internal.run.VaultAccess;
import org.holdfast.console.ui.Ui;

/** Makes the vault credentials file and shows the line to paste on a host. */
final class LinePage extends InstallPage {
    private static final int MOST_SERVERS = 100_000;

    private final LineWizard wizard;
    private final OptionsPage options;
    private Text file;
    private Spinner servers;
    private Button create;
    private Text line;
    private Button copy;
    private boolean working;
    private @Nullable Path made;

    LinePage(LineWizard wizard, OptionsPage options) {
        super("line", Messages.line_title, Messages.line_prompt);
        this.wizard = wizard;
        this.options = options;
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(3, 10));
        servers = spinner(body, "line.servers", Messages.line_servers, 1, MOST_SERVERS);
        new Label(body, SWT.NONE);
        file = text(body, "line.file", Messages.line_file, 1);
        file.setMessage(Messages.line_fileHint);
        Ui.button(body, "line.browse", Messages.browse, this::choose);
        new Label(body, SWT.NONE);
        create = Ui.button(body, "line.create", Messages.line_create, this::create);
        create.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 2, 1));
        var label = Ui.label(body, Messages.line_line);
        label.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 3, 1));
        line = Ui.name(Ui.id(new Text(body, SWT.MULTI | SWT.READ_ONLY | SWT.WRAP | SWT.BORDER | SWT.V_SCROLL),
                "line.line"), plain(Messages.line_line));
        line.addListener(SWT.Traverse, e -> e.doit = true);
        var room = new GridData(SWT.FILL, SWT.FILL, true, true, 3, 1);
        room.heightHint = convertHeightInCharsToPixels(7);
        room.widthHint = convertWidthInCharsToPixels(90);
        line.setLayoutData(room);
        copy = Ui.button(body, "line.copy", Messages.line_copy, () -> Ui.copy(line.getDisplay(), line.getText()));
        copy.setLayoutData(new GridData(SWT.BEGINNING, SWT.CENTER, false, false, 3, 1));
        var note = new Label(body, SWT.WRAP);
        note.setText(Messages.line_note);
        var wide = new GridData(SWT.FILL, SWT.CENTER, true, false, 3, 1);
        wide.widthHint = convertWidthInCharsToPixels(90);
        note.setLayoutData(wide);
        setControl(body);
        judge();
    }

    private void choose() {
        var dialog = new FileDialog(getShell(), SWT.SAVE);
        dialog.setText(plain(Messages.line_file));
        dialog.setFileName(options.choice().vault().name() + ".creds");
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

    private void create() {
        Path target = path();
        if (target == null || working) {
            return;
        }
        VaultAccess vault = wizard.vault();
        int count = servers.getSelection();
        int days = options.days();
        String policy = options.policy();
        var tags = options.tags();
        working = true;
        judge();
        setMessage(NLS.bind(Messages.line_working, vault.name()));
        CompletableFuture.runAsync(() -> NewFile.write(target, () -> vault.issue(count, days, policy, tags).bytes()),
                wizard.background()).whenComplete((done, thrown) -> Ui.async(line, () -> {
                    working = false;
                    setMessage(null);
                    if (thrown == null) {
                        made = target;
                    }
                    judge();
                    if (thrown != null) {
                        Failure failure = Failure.of(thrown);
                        setErrorMessage(failure.message() + ' ' + failure.advice());
                    }
                }));
    }

    @Override
    @Nullable
    String problem() {
        Path target = path();
        boolean there = target != null && Files.exists(target);
        create.setEnabled(!working && target != null && !there);
        boolean usable = there && target != null && !Files.isDirectory(target) && !working;
        String words = usable ? OneLine.of(Objects.requireNonNull(options.agent()), target, options.proxy()) : "";
        if (!line.getText().equals(words)) {
            line.setText(words);
        }
        copy.setEnabled(usable);
        setMessage(usable ? NLS.bind(target.equals(made) ? Messages.line_made : Messages.line_there, target) : null);
        if (target == null) {
            return file.getText().isBlank() ? "" : Messages.pass_notAbsolute;
        }
        return usable ? null : "";
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible) {
            judge();
            file.setFocus();
        }
    }
}
