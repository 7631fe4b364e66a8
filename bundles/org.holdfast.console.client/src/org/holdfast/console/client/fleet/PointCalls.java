package org.holdfast.console.client.fleet;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.PointInfo;
import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.fleet.DeletedPoint;
import org.holdfast.protocol.fleet.PinPoint;
import org.holdfast.protocol.fleet.PointForecast;

/** Recovery points, as a vault knows them. Calls are made in the background, fail with a {@code HoldfastException}. */
public final class PointCalls {
    private static final String VAULTS = "vaults";
    private static final String POINTS = "points";

    private final Caller caller;

    PointCalls(Caller caller) {
        this.caller = caller;
    }

    /** Part of the points of a vault. */
    public CompletableFuture<Page<PointInfo>> list(String vault, ListQuery query) {
        return caller.page(query, PointInfo.class, VAULTS, vault, POINTS);
    }

    /** All points of a server, the newest first. */
    public CompletableFuture<List<PointInfo>> ofServer(String vault, String server) {
        return caller.all(ListQuery.all().sortedBy("-time"), PointInfo.class, VAULTS, vault, "servers", server,
                POINTS);
    }

    /** A point. */
    public CompletableFuture<PointInfo> read(String vault, String point) {
        return caller.get(PointInfo.class, VAULTS, vault, POINTS, point);
    }

    /**
     * Keeps a point whatever the policy says.
     *
     * @param until null for ever
     */
    public CompletableFuture<PointInfo> pin(String vault, String point, @Nullable Instant until, String remark) {
        return caller.post(new PinPoint(until, remark), PointInfo.class, VAULTS, vault, POINTS, point, "pin");
    }

    /** What will become of the points of a server, the newest first. */
    public CompletableFuture<List<PointForecast>> forecast(String vault, String server) {
        return caller.all(ListQuery.all(), PointForecast.class, VAULTS, vault, "servers", server, "forecast");
    }

    /** Part of the deleted points of a vault that can be brought back. */
    public CompletableFuture<Page<DeletedPoint>> deleted(String vault, ListQuery query) {
        return caller.page(query, DeletedPoint.class, VAULTS, vault, "deleted-points");
    }

    /** Deletes a point; it can be brought back as long as the vault says. */
    public CompletableFuture<@Nullable Void> delete(String vault, String point) {
        return caller.delete(null, VAULTS, vault, POINTS, point);
    }

    /** Brings a deleted point back. */
    public CompletableFuture<PointInfo> undelete(String vault, String point) {
        return caller.press(PointInfo.class, VAULTS, vault, POINTS, point, "undelete");
    }

    /** Lets the policy decide about a point again. */
    public CompletableFuture<PointInfo> unpin(String vault, String point) {
        return caller.press(PointInfo.class, VAULTS, vault, POINTS, point, "unpin");
    }
}
