package org.holdfast.console.recovery.internal.restore;

import java.util.concurrent.Executor;

import org.eclipse.jface.dialogs.IDialogConstants;
import org.eclipse.jface.dialogs.IMessageProvider;
import org.eclipse.jface.dialogs.TitleAreaDialog;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Shell;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.RawPath;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.recover.AgentFolders;
import org.holdfast.console.recovery.internal.Messages;
import org.holdfast.console.ui.Buttons;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;

/** Lets a person choose a folder of a registered server; its agent lists what is opened. */
public final class ServerFolderDialog extends TitleAreaDialog {
    private static final String PATH = "path";
    private static final int ROWS = 16;

    private final String server;
    private final AgentFolders folders;
    private final Executor ui;
    private RawPath wanted;
    private RawPath chosen = RawPath.ROOT;
    private Tree tree;

    /**
     * @param server name of the server
     * @param folders its folders; closed with the dialog
     * @param proposed a path to begin at, or what a person has typed so far
     */
    public ServerFolderDialog(Shell parent, String server, AgentFolders folders, Executor ui, String proposed) {
        super(parent);
        this.server = server;
        this.folders = folders;
        this.ui = ui;
        this.wanted = path(proposed);
        setHelpAvailable(false);
        setShellStyle(getShellStyle() | SWT.RESIZE);
    }

    private static RawPath path(String typed) {
        try {
            return AgentFolders.beginning(RawPath.of(typed));
        } catch (HoldfastException e) {
            return RawPath.ROOT; // not a path yet
        }
    }

    /** The folder that was chosen. */
    public RawPath chosen() {
        return chosen;
    }

    @Override
    protected void configureShell(Shell shell) {
        super.configureShell(shell);
        shell.setText(Messages.folders_title);
        Ui.id(shell, "folders");
    }

    @Override
    protected Control createDialogArea(Composite parent) {
        setTitle(NLS.bind(Messages.folders_heading, server));
        setMessage(Messages.folders_prompt);
        var area = (Composite) super.createDialogArea(parent);
        var body = new Composite(area, SWT.NONE);
        body.setLayout(Ui.grid(1, 8));
        body.setLayoutData(Ui.fill());
        tree = Ui.name(Ui.id(new Tree(body, SWT.BORDER | SWT.SINGLE), "folders.tree"), Messages.folders_tree);
        var data = Ui.fill();
        data.heightHint = ROWS * tree.getItemHeight();
        data.widthHint = convertWidthInCharsToPixels(60);
        tree.setLayoutData(data);
        tree.addListener(SWT.Expand, e -> open((TreeItem) e.item));
        tree.addListener(SWT.Selection, e -> update());
        tree.addListener(SWT.DefaultSelection, e -> {
            var item = (TreeItem) e.item;
            item.setExpanded(!item.getExpanded());
            open(item);
        });
        tree.addListener(SWT.Dispose, e -> folders.close());
        TreeItem root = item(new TreeItem(tree, SWT.NONE), RawPath.ROOT, "/");
        root.setImage(Icon.SERVER.image());
        tree.setSelection(root);
        Ui.async(tree, () -> {
            tree.setFocus();
            open(root);
        });
        return area;
    }

    private TreeItem item(TreeItem item, RawPath path, String name) {
        item.setData(PATH, path);
        item.setText(name);
        item.setImage(Icon.FOLDER.image());
        // stands for what is not known yet
        note(item, Messages.browse_treeLoading);
        return item;
    }

    private void note(TreeItem below, String text) {
        var note = new TreeItem(below, SWT.NONE);
        note.setText(text);
        note.setForeground(Tone.MUTED.on(tree));
    }

    private static boolean isUnknown(TreeItem item) {
        return item.getItemCount() == 1 && item.getItem(0).getData(PATH) == null && item.getData("asked") == null;
    }

    private void open(TreeItem item) {
        if (item.getData(PATH) instanceof RawPath path && isUnknown(item)) {
            item.setData("asked", Boolean.TRUE);
            folders.list(path).whenCompleteAsync((inside, thrown) -> {
                if (!item.isDisposed()) {
                    show(item, path, inside, thrown == null ? null : Failure.of(thrown));
                }
            }, ui);
        }
    }

    private void show(TreeItem item, RawPath path, AgentFolders.Inside inside, Failure failure) {
        tree.setRedraw(false);
        item.removeAll();
        if (failure != null) {
            item.setData("asked", null);
            note(item, NLS.bind(Messages.browse_treeFailed, failure.message()));
            setMessage((failure.message() + ' ' + failure.advice()).strip(), IMessageProvider.ERROR);
        } else {
            setMessage(Messages.folders_prompt);
            for (RawPath folder : inside.folders()) {
                item(new TreeItem(item, SWT.NONE), folder, RawPath.of(folder.name()).toString());
            }
            if (inside.more()) {
                note(item, NLS.bind(Messages.folders_more, Formats.local().count(AgentFolders.MOST)));
            }
            item.setExpanded(true);
        }
        tree.setRedraw(true);
        reveal(item, path);
        update();
    }

    /** Goes on towards the folder that was proposed. */
    private void reveal(TreeItem item, RawPath path) {
        RawPath to = wanted;
        if (to == null || !to.startsWith(path)) {
            return;
        }
        tree.setSelection(item);
        for (TreeItem below : item.getItems()) {
            if (below.getData(PATH) instanceof RawPath next && to.startsWith(next)) {
                tree.setSelection(below);
                if (!to.equals(next)) {
                    open(below);
                    return;
                }
            }
        }
        wanted = null;
    }

    private void update() {
        boolean some = tree.getSelectionCount() == 1 && tree.getSelection()[0].getData(PATH) instanceof RawPath;
        if (some) {
            chosen = (RawPath) tree.getSelection()[0].getData(PATH);
        }
        var ok = getButton(IDialogConstants.OK_ID);
        if (ok != null) {
            ok.setEnabled(some);
        }
    }

    @Override
    protected void createButtonsForButtonBar(Composite parent) {
        Ui.id(createButton(parent, IDialogConstants.OK_ID, Messages.folders_ok, true), "folders.ok");
        Ui.id(createButton(parent, IDialogConstants.CANCEL_ID, Buttons.cancel(), false), "folders.cancel");
        update();
    }

    @Override
    protected boolean isResizable() {
        return true;
    }
}
