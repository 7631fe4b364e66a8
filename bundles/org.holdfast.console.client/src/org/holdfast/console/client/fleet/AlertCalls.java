package org.holdfast.console.client.fleet;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.fleet.AcknowledgeAlert;
import org.holdfast.protocol.fleet.MuteAlert;

/** Alerts. Calls are made in the background and fail with a {@code HoldfastException}. */
public final class AlertCalls {
    private static final String ALERTS = "alerts";

    private final Caller caller;

    AlertCalls(Caller caller) {
        this.caller = caller;
    }

    /** Part of all alerts, closed ones as well; {@link LiveFleet#alerts()} has the others at hand. */
    public CompletableFuture<Page<AlertSummary>> list(ListQuery query) {
        return caller.page(query, AlertSummary.class, ALERTS);
    }

    /** Says that somebody takes care. */
    public CompletableFuture<AlertSummary> acknowledge(String alert, String remark) {
        return caller.post(new AcknowledgeAlert(remark), AlertSummary.class, ALERTS, alert, "acknowledge");
    }

    /** Tells nobody of it until then; null ends that. */
    public CompletableFuture<AlertSummary> mute(String alert, @Nullable Instant until) {
        return caller.post(new MuteAlert(until), AlertSummary.class, ALERTS, alert, "mute");
    }
}
