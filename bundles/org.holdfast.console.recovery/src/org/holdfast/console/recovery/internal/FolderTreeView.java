package org.holdfast.console.recovery.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.graphics.Image;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Event;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.VaultConnection;
import org.holdfast.console.client.recover.FolderTree;
import org.holdfast.console.client.recover.FolderTree.Node;
import org.holdfast.console.client.recover.FolderTree.State;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Problems;
import org.holdfast.console.ui.Tone;
import org.holdfast.console.ui.Ui;

/**
 * The folders of a recovery point. Nothing is asked for until it is expanded, items are made when they come into view,
 * and the last item below a folder tells what is still going on there.
 */
final class FolderTreeView {
    private static final String NODE = "node";
    private static final String MORE = "more";

    private final Tree tree;
    private final Formats formats;
    private final Consumer<RawPath> chosen;
    private final Map<Node, TreeItem> items = new HashMap<>();
    private final Set<RawPath> expanded = new HashSet<>();
    private FolderTree model;
    private RawPath wanted;
    private boolean emptying;

    FolderTreeView(Composite parent, Formats formats, Consumer<RawPath> chosen) {
        this.formats = formats;
        this.chosen = chosen;
        tree = Ui.id(new Tree(parent, SWT.VIRTUAL | SWT.SINGLE), "browse.tree");
        Ui.name(tree, Messages.browse_tree);
        tree.addListener(SWT.SetData, this::setData);
        tree.addListener(SWT.Expand, e -> expand((TreeItem) e.item));
        tree.addListener(SWT.Collapse, e -> collapsed((TreeItem) e.item));
        tree.addListener(SWT.Selection, e -> selected((TreeItem) e.item, false));
        tree.addListener(SWT.DefaultSelection, e -> selected((TreeItem) e.item, true));
        tree.addListener(SWT.Dispose, e -> dispose());
    }

    Tree control() {
        return tree;
    }

    /** Shows another point, with the same folders expanded as far as it has them. */
    void show(VaultConnection connection, PointSummary point, java.util.concurrent.Executor ui, RawPath folder) {
        empty();
        model = new FolderTree(connection, point, ui, this::changed);
        wanted = folder;
        expanded.add(point.base());
        tree.setItemCount(1);
        tree.clearAll(true);
        // Touching the item makes it, so that its folders can be asked for.
        tree.getItem(0).getText();
    }

    /** Selects a folder as soon as it is there. */
    void select(RawPath folder) {
        wanted = folder;
        if (model != null) {
            reveal(model.root());
        }
    }

    void clear() {
        empty();
        model = null;
    }

    private void empty() {
        dispose();
        emptying = true;
        tree.setItemCount(0);
        emptying = false;
        items.clear();
    }

    private void dispose() {
        if (model != null) {
            model.dispose();
        }
    }

    private void setData(Event e) {
        var item = (TreeItem) e.item;
        if (!Ui.virtual(e) || model == null || emptying) {
            return;
        }
        TreeItem above = item.getParentItem();
        if (above == null) {
            bind(item, model.root());
            return;
        }
        var parent = (Node) above.getData(NODE);
        if (parent == null) {
            return;
        }
        if (e.index < parent.children().size()) {
            bind(item, parent.children().get(e.index));
        } else {
            bindMore(item, parent);
        }
    }

    private void bind(TreeItem item, Node node) {
        item.setData(NODE, node);
        item.setData(MORE, null);
        item.setText(node.label());
        item.setImage(node.parent() == null ? Icon.SERVER.image() : icon(node));
        item.setForeground(null);
        item.setItemCount(childItems(node));
        items.put(node, item);
        if (expanded.contains(node.path()) && node.state() == State.UNKNOWN) {
            Ui.async(tree, () -> model.load(node));
        }
    }

    private static Image icon(Node node) {
        return Icon.FOLDER.image();
    }

    private void bindMore(TreeItem item, Node parent) {
        item.setData(NODE, null);
        item.setData(MORE, parent);
        item.setForeground(Tone.MUTED.on(tree));
        item.setItemCount(0);
        switch (parent.state()) {
            case PARTIAL -> {
                item.setText(NLS.bind(Messages.browse_more, formats.count(parent.seen()),
                        formats.count(parent.total())));
                item.setImage(Icon.SEARCH.image());
            }
            case FAILED -> {
                item.setText(NLS.bind(Messages.browse_treeFailed, Problems.title(parent.failure().problem())));
                item.setImage(Icon.ERROR.image());
            }
            default -> {
                item.setText(Messages.browse_treeLoading);
                item.setImage((Image) null);
            }
        }
    }

    private static int childItems(Node node) {
        return node.children().size() + (node.state() == State.LOADED ? 0 : 1);
    }

    /** The model learned something about a folder's folders. */
    private void changed(Node node) {
        TreeItem item = items.get(node);
        if (tree.isDisposed() || item == null || item.isDisposed()) {
            return;
        }
        int before = item.getItemCount();
        int now = childItems(node);
        if (before > 0 && before <= now) {
            // what was the last item may become a folder
            item.setItemCount(now);
            item.clear(before - 1, false);
            if (now > before) {
                item.clear(now - 1, false);
            }
        } else {
            item.setItemCount(now);
            item.clearAll(false);
        }
        if (expanded.contains(node.path()) && now > 0 && !item.getExpanded()) {
            item.setExpanded(true);
        }
        reveal(node);
    }

    private void expand(TreeItem item) {
        var node = (Node) item.getData(NODE);
        if (node != null) {
            expanded.add(node.path());
            if (node.state() == State.UNKNOWN || node.state() == State.FAILED) {
                model.load(node);
            }
        }
    }

    private void collapsed(TreeItem item) {
        var node = (Node) item.getData(NODE);
        if (node != null) {
            expanded.remove(node.path());
        }
    }

    private void selected(TreeItem item, boolean activated) {
        var node = (Node) item.getData(NODE);
        var more = (Node) item.getData(MORE);
        if (node != null) {
            wanted = null;
            chosen.accept(node.path());
            if (activated) {
                item.setExpanded(!item.getExpanded());
                expand(item);
            }
        } else if (more != null && activated) {
            model.load(more);
        }
    }

    /** Goes down from a folder towards the wanted one as far as folders are known, expanding what is on the way. */
    private void reveal(Node from) {
        RawPath target = wanted;
        if (target == null || !target.startsWith(from.path())) {
            return;
        }
        Node node = from;
        while (!node.path().equals(target)) {
            if (node.state() == State.UNKNOWN) {
                expanded.add(node.path());
                model.load(node);
                return;
            }
            Node below = node.children().stream().filter(c -> target.startsWith(c.path())).findFirst().orElse(null);
            if (below == null) {
                return;
            }
            TreeItem item = items.get(node);
            if (item == null || item.isDisposed()) {
                return;
            }
            expanded.add(node.path());
            if (!item.getExpanded()) {
                item.setExpanded(true);
            }
            // Touching makes the item even when it is out of view.
            item.getItem(node.children().indexOf(below)).getText();
            node = below;
        }
        TreeItem item = items.get(node);
        if (item != null && !item.isDisposed()) {
            wanted = null;
            tree.setSelection(item);
        }
    }
}
