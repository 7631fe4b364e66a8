package org.holdfast.vault.http.internal;

import java.nio.channels.ClosedChannelException;

import org.eclipse.jetty.io.EofException;

/** Knows the failures that only mean that the other side has gone. */
final class Disconnects {
    private Disconnects() {
    }

    static boolean isOne(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof EofException || t instanceof ClosedChannelException) {
                return true;
            }
        }
        return false;
    }
}
