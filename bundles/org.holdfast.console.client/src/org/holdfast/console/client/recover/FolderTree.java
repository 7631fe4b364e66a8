package org.holdfast.console.client.recover;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Change;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.Listing;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.VaultConnection;

/**
 * Folders of a recovery point, found as they are expanded. A folder is looked through in batches, because one with a
 * million files may hold no folder at all: after {@link #BATCH} entries it says so and goes on only when asked.
 */
public final class FolderTree {
    /** Entries looked through before a person is asked whether to go on. */
    public static final int BATCH = 20 * VaultConnection.PAGE;
    /** Folders shown before a person is asked whether to go on. */
    public static final int MAX_NEW = 2000;

    /** How much is known of a folder's folders. */
    public enum State {
        /** Never asked. */
        UNKNOWN,
        /** Being asked. */
        LOADING,
        /** Some are known, and there may be more. */
        PARTIAL,
        /** All are known. */
        LOADED,
        /** The last question failed. */
        FAILED
    }

    /** A folder. */
    public static final class Node {
        private final @Nullable Node parent;
        private final RawPath path;
        private final Change change;
        private final List<Node> children = new ArrayList<>();
        private State state = State.UNKNOWN;
        private int seen;
        private int total;
        private @Nullable Failure failure;

        private Node(@Nullable Node parent, RawPath path, long entries, Change change) {
            this.parent = parent;
            this.path = path;
            this.change = change;
            if (entries == 0) {
                state = State.LOADED;
            }
        }

        /** The folder above, or null for the root. */
        public @Nullable Node parent() {
            return parent;
        }

        /** Absolute path. */
        public RawPath path() {
            return path;
        }

        /** For people: the name, or the whole path for the root. */
        public String label() {
            return parent == null ? path.toString() : RawPath.displayOf(path.name());
        }

        /** Against the previous recovery point. */
        public Change change() {
            return change;
        }

        /** Folders found so far. */
        public List<Node> children() {
            return children;
        }

        /** How much is known. */
        public State state() {
            return state;
        }

        /** Entries looked through so far. */
        public int seen() {
            return seen;
        }

        /** Entries in the folder, once {@link #seen()} is not 0. */
        public int total() {
            return total;
        }

        /** Why the last question failed, or null. */
        public @Nullable Failure failure() {
            return failure;
        }
    }

    private final VaultConnection connection;
    private final PointSummary point;
    private final Executor ui;
    private final Consumer<Node> changed;
    private final Node root;
    private boolean disposed;

    /** @param changed told when a folder's children or state changed */
    public FolderTree(VaultConnection connection, PointSummary point, Executor ui, Consumer<Node> changed) {
        this.connection = connection;
        this.point = point;
        this.ui = ui;
        this.changed = changed;
        this.root = new Node(null, point.base(), -1, Change.UNKNOWN);
    }

    /** The point's base. */
    public Node root() {
        return root;
    }

    /** Tells nothing more. */
    public void dispose() {
        disposed = true;
    }

    /** Looks for folders in a folder that is not fully known; does nothing when it is, or is being asked. */
    public void load(Node node) {
        if (node.state == State.LOADING || node.state == State.LOADED) {
            return;
        }
        node.state = State.LOADING;
        node.failure = null;
        changed.accept(node);
        next(node, node.seen + BATCH, node.children.size() + MAX_NEW);
    }

    private void next(Node node, int until, int most) {
        connection.page(point.id(), node.path, node.seen / VaultConnection.PAGE)
                .whenCompleteAsync((listing, thrown) -> {
                    if (disposed) {
                        return;
                    }
                    if (thrown != null) {
                        node.failure = Failure.of(thrown);
                        node.state = State.FAILED;
                    } else {
                        take(node, listing);
                        if (node.seen >= node.total || listing.entries().isEmpty()) {
                            node.state = State.LOADED;
                        } else if (node.seen >= until || node.children.size() >= most) {
                            node.state = State.PARTIAL;
                        } else {
                            next(node, until, most);
                            return;
                        }
                    }
                    changed.accept(node);
                }, ui);
    }

    private static void take(Node node, Listing listing) {
        node.total = listing.total();
        node.seen += listing.entries().size();
        for (Entry entry : listing.entries()) {
            if (entry.type() == EntryType.DIRECTORY && entry.change() != Change.REMOVED) {
                node.children.add(new Node(node, entry.path(), entry.size(), entry.change()));
            }
        }
    }
}
