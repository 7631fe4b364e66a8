package org.holdfast.console.monitor.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.client.RemoteException;
import org.holdfast.console.client.Failure;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.client.fleet.ListQuery;
import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.people.AuditView;

/** The audit of a vault server, read part after part as somebody looks at it. On the user interface's thread only. */
final class AuditPages {
    private final Executor ui;
    private final Runnable changed;
    private final List<AuditView> rows = new ArrayList<>();
    private @Nullable FleetSession session;
    private ListQuery query = ListQuery.all();
    private @Nullable String next;
    private long total = -1;
    private boolean loading;
    private @Nullable Failure failure;
    private boolean noRight;
    private int asked;

    /** @param changed told on the user interface's thread after anything came */
    AuditPages(Executor ui, Runnable changed) {
        this.ui = ui;
        this.changed = changed;
    }

    /** Reads anew from the newest entry; what was shown stays until the answer. */
    void ask(FleetSession of, ListQuery wanted) {
        boolean other = session != of;
        session = of;
        query = wanted;
        if (other) {
            rows.clear();
            total = -1;
        }
        read(null);
    }

    /** Reads the next part, unless it is on its way or there is none. */
    void more() {
        if (!loading && next != null && failure == null) {
            read(next);
        }
    }

    private void read(@Nullable String after) {
        FleetSession from = session;
        if (from == null) {
            return;
        }
        int mine = ++asked;
        loading = true;
        failure = null;
        noRight = false;
        CompletableFuture<Page<AuditView>> answer = from.api().audit().list(query.after(after));
        answer.whenComplete((page, thrown) -> ui.execute(() -> {
            if (mine == asked) {
                arrived(after, page, thrown);
            }
        }));
        changed.run();
    }

    private void arrived(@Nullable String after, @Nullable Page<AuditView> page, @Nullable Throwable thrown) {
        loading = false;
        if (page == null) {
            Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
            noRight = cause instanceof RemoteException remote && remote.status() == 403;
            failure = Failure.of(cause);
        } else {
            if (after == null) {
                rows.clear();
            }
            rows.addAll(page.items());
            next = page.next();
            Long all = page.total();
            total = all == null ? -1 : all;
        }
        changed.run();
    }

    List<AuditView> rows() {
        return rows;
    }

    /** Whether there are more than have been read. */
    boolean hasMore() {
        return next != null && failure == null;
    }

    /** How many there are in all, -1 while not known. */
    long total() {
        return total;
    }

    boolean isLoading() {
        return loading;
    }

    /** Whose audit it is, null before the first question. */
    @Nullable
    FleetSession session() {
        return session;
    }

    @Nullable
    Failure failure() {
        return failure;
    }

    boolean isForbidden() {
        return noRight;
    }
}
