package org.holdfast.console.client.fleet;

import java.util.concurrent.CompletableFuture;

import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.people.AuditVerification;
import org.holdfast.protocol.people.AuditView;

/** The audit. Calls are made in the background and fail with a {@code HoldfastException}. */
public final class AuditCalls {
    private static final String AUDIT = "audit";

    private final Caller caller;

    AuditCalls(Caller caller) {
        this.caller = caller;
    }

    /** Part of the audit, the newest first; columns: seq, at, actor, origin, action, target, vault, result. */
    public CompletableFuture<Page<AuditView>> list(ListQuery query) {
        return caller.page(query, AuditView.class, AUDIT);
    }

    /** Checks the chain of hashes from its beginning. */
    public CompletableFuture<AuditVerification> verify() {
        return caller.get(AuditVerification.class, AUDIT, "verify");
    }
}
