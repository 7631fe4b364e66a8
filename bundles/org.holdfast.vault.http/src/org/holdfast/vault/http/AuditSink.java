package org.holdfast.vault.http;

import org.eclipse.jdt.annotation.Nullable;

/** Takes down who changed what, or tried to. */
public interface AuditSink {
    /** Takes down one call; when it returns, the entry is stored. */
    void record(Entry entry);

    /**
     * A call that changed something or was meant to.
     *
     * @param caller who
     * @param address from where
     * @param action name of the route
     * @param target what it was about, such as {@code vaults/main/policies/daily}
     * @param result {@code ok}, or the code of the problem
     * @param detail more about it in a few words, never a secret; may be null
     */
    record Entry(Caller caller, String address, String action, String target, String result,
            @Nullable String detail) {
    }
}
