package org.holdfast.console.model;

import java.time.Instant;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.console.client.Failure;

/** What a data part shows, rows or the reason why there are none. */
public sealed interface PartState {
    /** No vault server is known yet. */
    record NoVault() implements PartState {
    }

    /**
     * Nobody is signed in anywhere.
     *
     * @param vaultServers names of those that are known
     */
    record SignedOut(List<String> vaultServers) implements PartState {
    }

    /**
     * Asked, and nothing has come yet.
     *
     * @param answered vault servers that have answered
     * @param asked vault servers that were asked
     */
    record Loading(int answered, int asked) implements PartState {
    }

    /** There is nothing of the kind. */
    record Empty() implements PartState {
    }

    /**
     * The filter leaves nothing.
     *
     * @param total rows without the filter
     */
    record Filtered(int total) implements PartState {
    }

    /** Rows, all of them, fresh. */
    record Content() implements PartState {
    }

    /**
     * Rows of some vault servers.
     *
     * @param answered vault servers whose rows are shown
     * @param asked vault servers in all
     * @param missing names of those that did not answer
     */
    record Partial(int answered, int asked, List<String> missing) implements PartState {
    }

    /**
     * Rows as they were when the connection was lost.
     *
     * @param since when
     * @param retryAt when it is tried again, or null
     * @param missing names of the vault servers
     * @param failure why, or null
     */
    record Stale(Instant since, @Nullable Instant retryAt, List<String> missing,
            @Nullable Failure failure) implements PartState {
    }

    /**
     * No rows, for a reason.
     *
     * @param failure why
     */
    record Failed(Failure failure) implements PartState {
    }

    /**
     * The account may not see it.
     *
     * @param accounts names of the accounts
     */
    record NoRight(List<String> accounts) implements PartState {
    }

    /** Whether rows are shown. */
    default boolean hasRows() {
        return this instanceof Content || this instanceof Partial || this instanceof Stale;
    }
}
