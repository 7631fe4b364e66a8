package org.holdfast.vault.http;

import java.util.concurrent.Callable;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;

/** Takes down who changed what, or tried to. */
public interface AuditSink {
    /** Takes down one call; when it returns, the entry is stored. */
    void record(Entry entry);

    /**
     * Does what a call asks for; where that changes something, the entry is stored together with the change.
     *
     * @param entry the entry, made when the change is about to be committed
     * @param pin the security PIN that came with the call, empty for none
     * @param stored called when the entry is there; when it is not called, nothing was taken down
     */
    default <T extends @Nullable Object> T with(Supplier<Entry> entry, String pin, Runnable stored,
            Callable<T> work) throws Exception {
        return work.call();
    }

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
