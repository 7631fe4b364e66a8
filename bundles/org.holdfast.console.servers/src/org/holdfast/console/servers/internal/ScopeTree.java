package org.holdfast.console.servers.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Tree;
import org.eclipse.swt.widgets.TreeItem;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.console.model.Row;
import org.holdfast.console.model.TagTree;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.console.ui.Ui;

/** All servers, those of a vault, and those with a tag, as a tree to choose from. Keeps what is open and chosen. */
final class ScopeTree {
    /**
     * A place in the tree.
     *
     * @param key stays the same when counts change
     * @param label with the count
     * @param name of the scope, empty for everything
     * @param test which servers are in it
     * @param icon beside the label
     */
    private record Place(String key, String label, String name, Predicate<Row<ServerSummary>> test, Icon icon,
            List<Place> children) {
    }

    private final Tree tree;
    private final Formats formats = Formats.local();
    private List<Place> shown = List.of();
    private String chosen = "";

    /** @param choose told name and test of what was chosen */
    ScopeTree(Composite parent, BiConsumer<String, Predicate<Row<ServerSummary>>> choose) {
        tree = Ui.name(Ui.id(new Tree(parent, SWT.SINGLE | SWT.FULL_SELECTION), "servers.scopes"),
                Messages.scope_tree);
        tree.addListener(SWT.Selection, e -> {
            if (e.item != null && e.item.getData() instanceof Place place && !place.key().equals(chosen)) {
                chosen = place.key();
                choose.accept(place.name(), place.test());
            }
        });
    }

    Tree control() {
        return tree;
    }

    /** Goes back to all servers without telling. */
    void reset() {
        chosen = "";
        shown = List.of();
    }

    /** Finds the scopes of these servers, on any thread; what it returns shows them. */
    Runnable scopesOf(List<Row<ServerSummary>> all) {
        List<Place> next = places(all.stream().filter(r -> r.value().state() != ServerState.RETIRED).toList());
        return () -> show(next);
    }

    private void show(List<Place> next) {
        if (labels(next).equals(labels(shown)) && tree.getItemCount() > 0) {
            return;
        }
        Set<String> open = new HashSet<>();
        boolean first = tree.getItemCount() == 0;
        for (TreeItem item : tree.getItems()) {
            remember(item, open);
        }
        shown = next;
        tree.setRedraw(false);
        tree.removeAll();
        TreeItem selected = null;
        for (Place place : next) {
            TreeItem item = make(new TreeItem(tree, SWT.NONE), place);
            selected = fill(item, place, open, first, selected);
        }
        if (selected == null && tree.getItemCount() > 0) {
            selected = tree.getItem(0);
        }
        if (selected != null) {
            tree.setSelection(selected);
        }
        tree.setRedraw(true);
    }

    private TreeItem fill(TreeItem item, Place place, Set<String> open, boolean first, TreeItem found) {
        TreeItem selected = place.key().equals(chosen) ? item : found;
        for (Place child : place.children()) {
            selected = fill(make(new TreeItem(item, SWT.NONE), child), child, open, first, selected);
        }
        item.setExpanded(first && !place.children().isEmpty() || open.contains(place.key()));
        return selected;
    }

    private static TreeItem make(TreeItem item, Place place) {
        item.setText(place.label());
        item.setImage(place.icon().image());
        item.setData(place);
        return item;
    }

    private static void remember(TreeItem item, Set<String> open) {
        if (item.getExpanded() && item.getData() instanceof Place place) {
            open.add(place.key());
            for (TreeItem child : item.getItems()) {
                remember(child, open);
            }
        }
    }

    private List<Place> places(List<Row<ServerSummary>> rows) {
        List<Place> places = new ArrayList<>();
        places.add(new Place("", label(Messages.scope_all, rows.size()), "", row -> true, Icon.SERVER, List.of()));
        Map<String, Map<String, Integer>> vaults = new TreeMap<>();
        rows.forEach(row -> vaults.computeIfAbsent(row.session().connection().name(), k -> new TreeMap<>())
                .merge(row.value().vault(), 1, Integer::sum));
        vaults.forEach((server, counts) -> counts.forEach((vault, count) -> {
            String name = vaults.size() == 1 ? vault : NLS.bind(Messages.scope_vaultOf, vault, server);
            places.add(new Place("v:" + server + '/' + vault, label(name, count), name,
                    row -> row.value().vault().equals(vault) && row.session().connection().name().equals(server),
                    Icon.VAULT, List.of()));
        }));
        TagTree.of(rows, row -> row.value().tags()).forEach(node -> places.add(place(node, "")));
        return places;
    }

    private Place place(TagTree.Node node, String above) {
        String name = above.isEmpty() ? node.label() : above + ':' + node.label();
        return new Place("t:" + name, label(node.label(), node.count()), name,
                row -> node.holds(row.value().tags()), node.children().isEmpty() ? Icon.TAG : Icon.FOLDER,
                node.children().stream().map(child -> place(child, name)).toList());
    }

    private String label(String name, int count) {
        return NLS.bind(Messages.scope_label, name, formats.count(count));
    }

    private static List<String> labels(List<Place> places) {
        List<String> labels = new ArrayList<>();
        places.forEach(place -> {
            labels.add(place.key() + ' ' + place.label());
            labels.addAll(labels(place.children()));
        });
        return labels;
    }
}
