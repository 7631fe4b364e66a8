package org.holdfast.console.client.recover;

import java.util.concurrent.Executor;

import org.holdfast.api.Progress;
import org.holdfast.api.vault.FindHit;
import org.holdfast.api.vault.FindRequest;
import org.holdfast.console.client.VaultConnection;

/** A search through recovery points whose hits are shown while it runs. */
public final class SearchModel extends Gathering<FindHit, Progress> {
    /** A search ends here. */
    public static final int MAX_HITS = 100_000;

    /** @param changed told when hits, progress or state changed, at most about five times a second */
    public SearchModel(Executor ui, Runnable changed) {
        super(MAX_HITS, ui, changed);
    }

    /** Starts a search in place of the one that may be running. */
    public void start(VaultConnection connection, FindRequest request) {
        begin(run -> connection.find(request, run::take, run::reached, run.cancel()));
    }
}
