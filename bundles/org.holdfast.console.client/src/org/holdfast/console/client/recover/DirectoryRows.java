package org.holdfast.console.client.recover;

import java.util.BitSet;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.Listing;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.VaultConnection;

/**
 * Contents of one directory of one recovery point, fetched by the page as rows come into view. A directory that fits
 * on one page is shown with folders first; a larger one in the order it is stored in, so that its first rows are
 * there at once whatever its size. Filter and order are worked out by a {@link DirectoryScan} in the background.
 */
public final class DirectoryRows implements RowSource<Entry> {
    /** Most entries that are sorted; beyond it only the stored order (by name) is offered. */
    public static final int SORT_LIMIT = 100_000;

    /** Told on the presenter's thread. */
    public interface Listener {
        /** Number or order of rows, or the state, changed. */
        void shapeChanged();

        /** Rows that were not there have come. */
        void rowsArrived();
    }

    /** How far it is. */
    public enum State {
        LOADING, READY, FAILED
    }

    private final VaultConnection connection;
    private final String pointId;
    private final RawPath directory;
    private final Executor ui;
    private final Listener listener;
    private final BitSet requested = new BitSet();
    private State state = State.LOADING;
    private @Nullable Failure failure;
    private boolean listed;
    private int total;
    private RowOrder order = RowOrder.BY_NAME;
    private String filter = "";
    private boolean reversed;
    /** Row to stored position, or null when rows are in stored order. */
    private int @Nullable [] view;
    private @Nullable DirectoryScan scan;
    private boolean disposed;

    /** Asks for nothing until {@link #start()}. */
    public DirectoryRows(VaultConnection connection, String pointId, RawPath directory, Executor ui,
            Listener listener) {
        this.connection = connection;
        this.pointId = pointId;
        this.directory = directory;
        this.ui = ui;
        this.listener = listener;
    }

    /** Fetches the first page. */
    public void start() {
        state = State.LOADING;
        listed = false;
        failure = null;
        fetch(0);
    }

    /** Stops background work and tells the listener nothing more. */
    public void dispose() {
        disposed = true;
        stopScan();
    }

    /** The directory shown. */
    public RawPath directory() {
        return directory;
    }

    /** The point it belongs to. */
    public String pointId() {
        return pointId;
    }

    /** Whether rows can be shown. */
    public State state() {
        return state;
    }

    /** Why there are none, when {@link State#FAILED}. */
    public @Nullable Failure failure() {
        return failure;
    }

    /** Entries of the directory, filtered or not. */
    public int total() {
        return total;
    }

    /** Filter in force; empty for none. */
    public String filter() {
        return filter;
    }

    /** Order in force. */
    public RowOrder order() {
        return order;
    }

    /** Whether a filter or order is still being worked out. */
    public boolean isScanning() {
        return scan != null;
    }

    /** Entries looked at by the running scan. */
    public int scanned() {
        DirectoryScan running = scan;
        return running == null ? total : running.scanned();
    }

    /** Keeps only names that match; see {@link NameFilter#matching}. */
    public void setFilter(String text) {
        if (!text.strip().equals(filter)) {
            filter = text.strip();
            arrange();
        }
    }

    /**
     * Orders the rows.
     *
     * @return false when the directory has too many entries for that order; nothing changes then
     */
    public boolean setOrder(RowOrder wanted) {
        if (wanted.column() != RowOrder.Column.NAME && total > SORT_LIMIT && filter.isEmpty()) {
            return false;
        }
        if (!wanted.equals(order)) {
            order = wanted;
            arrange();
        }
        return true;
    }

    @Override
    public int size() {
        int @Nullable [] v = view;
        return state != State.READY ? 0 : v == null ? total : v.length;
    }

    @Override
    public @Nullable Entry row(int index) {
        if (index < 0 || index >= size()) {
            return null;
        }
        int stored = stored(index);
        int page = stored / VaultConnection.PAGE;
        Listing listing = connection.cachedPage(pointId, directory, page);
        if (listing == null) {
            fetch(page);
            return null;
        }
        int at = stored % VaultConnection.PAGE;
        return at < listing.entries().size() ? listing.entries().get(at) : null;
    }

    /** The row of an entry in the present order, or -1; only pages that are at hand are looked at. */
    public int find(RawPath path) {
        for (int i = 0; i < size(); i++) {
            Listing listing = connection.cachedPage(pointId, directory, stored(i) / VaultConnection.PAGE);
            if (listing == null) {
                if (view == null && !reversed) {
                    i = (i / VaultConnection.PAGE + 1) * VaultConnection.PAGE - 1;
                }
                continue;
            }
            int at = stored(i) % VaultConnection.PAGE;
            if (at < listing.entries().size() && listing.entries().get(at).path().equals(path)) {
                return i;
            }
        }
        return -1;
    }

    private int stored(int index) {
        int @Nullable [] v = view;
        return v != null ? v[index] : reversed ? total - 1 - index : index;
    }

    private void fetch(int page) {
        if (requested.get(page)) {
            return;
        }
        requested.set(page);
        CompletableFuture<Listing> answer = connection.page(pointId, directory, page);
        answer.whenCompleteAsync((listing, thrown) -> arrived(page, listing, thrown), ui);
    }

    private void arrived(int page, @Nullable Listing listing, @Nullable Throwable thrown) {
        requested.clear(page);
        if (disposed) {
            return;
        }
        if (thrown != null) {
            failure = Failure.of(thrown);
            state = State.FAILED;
            stopScan();
            listener.shapeChanged();
        } else if (state == State.LOADING) {
            total = Objects.requireNonNull(listing).total();
            listed = true;
            // a small directory is shown only in its order, which takes one more turn
            state = total > VaultConnection.PAGE ? State.READY : State.LOADING;
            arrange();
        } else {
            listener.rowsArrived();
        }
    }

    /** Works out the view for the present filter and order. */
    private void arrange() {
        stopScan();
        if (!listed || state == State.FAILED) {
            return;
        }
        boolean large = total > VaultConnection.PAGE;
        reversed = false;
        if (filter.isEmpty() && large && order.column() == RowOrder.Column.NAME) {
            view = null;
            reversed = order.descending();
            listener.shapeChanged();
            return;
        }
        boolean keepStoredOrder = large && order.equals(RowOrder.BY_NAME);
        var fresh = new DirectoryScan(connection, pointId, directory, total, NameFilter.matching(filter),
                keepStoredOrder ? null : order.comparator());
        scan = fresh;
        if (!large) {
            // All of it is at hand or one question away: no flicker of an unordered view in between.
            fresh.run(part -> ui.execute(() -> scanned(fresh, part)));
            return;
        }
        view = filter.isEmpty() ? view : new int[0];
        CompletableFuture.runAsync(() -> fresh.run(part -> ui.execute(() -> scanned(fresh, part))));
        listener.shapeChanged();
    }

    private void scanned(DirectoryScan from, DirectoryScan.Part part) {
        if (disposed || scan != from) {
            return;
        }
        Failure failed = part.failure();
        if (failed != null) {
            failure = failed;
            state = State.FAILED;
        }
        int[] rows = part.rows();
        if (rows != null) {
            view = rows;
            state = State.READY;
        }
        if (part.done()) {
            scan = null;
        }
        listener.shapeChanged();
    }

    private void stopScan() {
        DirectoryScan running = scan;
        scan = null;
        if (running != null) {
            running.cancel();
        }
    }
}
