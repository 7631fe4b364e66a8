package org.holdfast.console.client.fleet;

import java.time.Instant;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.console.client.Failure;

/**
 * How a session stands with its vault server.
 *
 * @param kind what it is
 * @param since when it became so, by this computer's clock
 * @param failure why, null when nothing is wrong
 * @param retryAt when it is tried again by itself, null when it is not
 */
public record LinkState(Kind kind, Instant since, @Nullable Failure failure, @Nullable Instant retryAt) {
    /** Kinds of states. */
    public enum Kind {
        /** Nobody is signed in, or the sign-in is over. */
        SIGNED_OUT,
        /** The first answer has not come yet. */
        CONNECTING,
        /** Events come in. */
        CONNECTED,
        /** Was connected; the lists are as they were then, and it is tried again. */
        STALE,
        /** Has not been reached since the console started, and is tried again. */
        UNREACHABLE,
        /** Not the vault server that was pinned, or it will not have this account: a person has to do something. */
        REFUSED,
        /** The session was closed for good. */
        CLOSED
    }

    /** Whether calls can be made. */
    public boolean isConnected() {
        return kind == Kind.CONNECTED;
    }
}
