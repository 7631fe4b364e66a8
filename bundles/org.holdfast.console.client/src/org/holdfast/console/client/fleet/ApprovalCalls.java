package org.holdfast.console.client.fleet;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.holdfast.protocol.people.ApprovalView;
import org.holdfast.protocol.people.DecideApproval;

/** What waits for a second person; calls that need one make the requests. Calls are made in the background. */
public final class ApprovalCalls {
    private static final String APPROVALS = "approvals";

    private final Caller caller;

    ApprovalCalls(Caller caller) {
        this.caller = caller;
    }

    /** All requests, the latest first. */
    public CompletableFuture<List<ApprovalView>> list() {
        return caller.all(ListQuery.all(), ApprovalView.class, APPROVALS);
    }

    /** Approves or denies a request of somebody else. */
    public CompletableFuture<ApprovalView> decide(String id, boolean approve, String remark) {
        return caller.post(new DecideApproval(remark), ApprovalView.class, APPROVALS, id,
                approve ? "approve" : "deny");
    }

    /** Takes one's own request back. */
    public CompletableFuture<ApprovalView> withdraw(String id) {
        return caller.press(ApprovalView.class, APPROVALS, id, "withdraw");
    }
}
