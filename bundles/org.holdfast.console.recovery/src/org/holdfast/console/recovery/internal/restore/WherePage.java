package org.holdfast.console.recovery.internal.restore;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.Executor;

import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.window.Window;
import org.eclipse.jface.wizard.WizardPage;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.DirectoryDialog;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.RawPath;
import org.holdfast.console.client.ServerPlace;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.Vaults;
import org.holdfast.console.client.recover.AgentFolders;
import org.holdfast.console.recovery.internal.Messages;
import org.holdfast.console.recovery.internal.ServerChooser;
import org.holdfast.console.ui.Ui;

/** Second page: which computer, when the data is that of a registered server; the original place or a folder. */
final class WherePage extends WizardPage {
    private final VaultConnection connection;
    private final ServerChooser chooser;
    private final Vaults vaults;
    private final Executor ui;
    private TargetServer computer;
    private Button original;
    private Label originalText;
    private Button elsewhere;
    private Text folder;
    private Button browse;

    /**
     * @param chooser lets a person choose another server, or null without any
     * @param vaults opens the data of another server, or null without any
     */
    WherePage(VaultConnection connection, ServerChooser chooser, Vaults vaults, Executor ui) {
        super("where", Messages.where_title, null);
        this.connection = connection;
        this.chooser = chooser;
        this.vaults = vaults;
        this.ui = ui;
        setDescription(Messages.where_description);
        setPageComplete(false);
    }

    @Override
    public void createControl(Composite parent) {
        initializeDialogUnits(parent);
        var body = new Composite(parent, SWT.NONE);
        body.setLayout(Ui.grid(2, 10));
        Composite place = body;
        if (connection.place() != null) {
            computer = new TargetServer(body, connection, chooser, indent(), this::update);
            var group = new Group(body, SWT.NONE);
            group.setText(Messages.where_place);
            group.setLayout(Ui.grid(2, 8));
            group.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
            place = group;
        }
        elsewhere = radio(place, "where.folder",
                computer == null ? Messages.where_folder : Messages.where_folderOfServer);
        folder = Ui.name(Ui.id(new Text(place, SWT.BORDER), "where.path"), Messages.where_folderName);
        folder.setMessage(Messages.where_folderHint);
        var data = Ui.wide();
        data.horizontalIndent = indent();
        folder.setLayoutData(data);
        folder.addListener(SWT.Modify, e -> update());
        browse = Ui.button(place, "where.browse", Messages.open_browse, this::browse);
        explain(place, Messages.where_folderText);
        original = radio(place, "where.original", Messages.where_original);
        originalText = explain(place, Messages.where_originalText);
        elsewhere.setSelection(true);
        setControl(body);
        update();
    }

    private Button radio(Composite body, String id, String text) {
        var button = Ui.id(new Button(body, SWT.RADIO), id);
        button.setText(text);
        button.setLayoutData(new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1));
        button.addListener(SWT.Selection, e -> update());
        return button;
    }

    private Label explain(Composite body, String text) {
        var label = new Label(body, SWT.WRAP);
        label.setText(text);
        var data = new GridData(SWT.FILL, SWT.CENTER, true, false, 2, 1);
        data.horizontalIndent = indent();
        data.widthHint = convertWidthInCharsToPixels(80);
        label.setLayoutData(data);
        return label;
    }

    private int indent() {
        return convertWidthInCharsToPixels(3);
    }

    private void browse() {
        if (isAgent()) {
            browseServer();
            return;
        }
        var dialog = new DirectoryDialog(getShell());
        dialog.setText(Messages.where_title);
        dialog.setFilterPath(folder.getText());
        String chosen = dialog.open();
        if (chosen != null) {
            folder.setText(chosen);
        }
    }

    /** Lets the agent list the folders of its server; its passphrase proves that somebody may ask. */
    private void browseServer() {
        ServerPlace server = computer.chosen();
        var folders = new AgentFolders(vaults, connection, server, computer.passphrase());
        var dialog = new ServerFolderDialog(getShell(), server.server().name(), folders, ui, folder.getText().strip());
        if (dialog.open() == Window.OK) {
            folder.setText(dialog.chosen().toString());
        }
    }

    @Override
    public void setVisible(boolean visible) {
        super.setVisible(visible);
        if (visible && folder.isEnabled()) {
            folder.setFocus();
        }
    }

    private void update() {
        if (originalText == null) {
            return; // the page is being made
        }
        boolean other = elsewhere.getSelection();
        boolean here = !isAgent();
        folder.setEnabled(other);
        browse.setEnabled(other && (here || computer.isComplete() && computer.chosen().now().connected()));
        Ui.setText(originalText, here ? Messages.where_originalText : Messages.where_originalServer);
        String error = null;
        boolean complete = computer == null || computer.isComplete();
        if (other) {
            String text = folder.getText().strip();
            if (text.isEmpty()) {
                complete = false;
            } else if (!(here ? isAbsoluteHere(text) : isAbsolute(text))) {
                error = Messages.where_notAbsolute;
                complete = false;
            }
        }
        explainComputer(here);
        setErrorMessage(error);
        setPageComplete(complete);
    }

    private void explainComputer(boolean here) {
        if (computer != null) {
            String refusal = computer.refusal();
            setMessage(refusal != null ? refusal
                    : here ? Messages.where_thisComputerText : Messages.where_agentText,
                    refusal != null ? IMessageProvider.WARNING : IMessageProvider.NONE);
        }
    }

    private static boolean isAbsoluteHere(String text) {
        try {
            RawPath.of(text);
            return Path.of(text).isAbsolute();
        } catch (InvalidPathException | HoldfastException e) {
            return false;
        }
    }

    private static boolean isAbsolute(String text) {
        try {
            return RawPath.of(text).isAbsolute();
        } catch (HoldfastException e) {
            return false;
        }
    }

    /** Whether an agent restores, not this computer. */
    boolean isAgent() {
        return computer != null && computer.isAgent();
    }

    /** The server whose agent restores, or null for this computer and while none is chosen. */
    ServerPlace server() {
        return computer == null ? null : computer.chosen();
    }

    /** The choice of the computer, or null when there is none. */
    TargetServer computer() {
        return computer;
    }

    /** Whether files go back to where they were. */
    boolean isOriginal() {
        return original != null && original.getSelection();
    }

    /** The folder, or null for the original place. */
    RawPath target() {
        return isOriginal() ? null : RawPath.of(folder.getText().strip());
    }
}
