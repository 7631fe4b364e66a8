package org.holdfast.console.client.fleet;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.PointInfo;
import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.fleet.PinPoint;

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

    /** Lets the policy decide about a point again. */
    public CompletableFuture<PointInfo> unpin(String vault, String point) {
        return caller.press(PointInfo.class, VAULTS, vault, POINTS, point, "unpin");
    }
}
