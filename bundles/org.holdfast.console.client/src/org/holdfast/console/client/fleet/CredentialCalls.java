package org.holdfast.console.client.fleet;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.protocol.people.CredentialsFile;
import org.holdfast.protocol.people.CredentialsView;

/** Files of vault credentials. Calls are made in the background and fail with a {@code HoldfastException}. */
public final class CredentialCalls {
    private static final String VAULTS = "vaults";
    private static final String CREDENTIALS = "credentials";

    private final Caller caller;

    CredentialCalls(Caller caller) {
        this.caller = caller;
    }

    /** What was given out. */
    public CompletableFuture<List<CredentialsView>> list(String vault) {
        return caller.all(ListQuery.all().sortedBy("-created"), CredentialsView.class, VAULTS, vault, CREDENTIALS);
    }

    /** Gives out a file; it can be read this once only. */
    public CompletableFuture<CredentialsFile> create(String vault, CreateCredentials wanted) {
        return caller.post(wanted, CredentialsFile.class, VAULTS, vault, CREDENTIALS);
    }

    /** Makes a file worthless. */
    public CompletableFuture<@Nullable Void> revoke(String vault, String id) {
        return caller.delete(null, VAULTS, vault, CREDENTIALS, id);
    }
}
