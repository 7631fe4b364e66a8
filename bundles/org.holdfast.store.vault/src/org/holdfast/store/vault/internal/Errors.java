package org.holdfast.store.vault.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.store.StoreFullException;
import org.holdfast.client.RemoteException;
import org.holdfast.store.vault.SessionLostException;

/** What the vault says, in terms of stores. */
public final class Errors {
    private Errors() {
    }

    /** The failure a user of a store expects. */
    public static IOException of(String name, HoldfastException e) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof RemoteException remote) {
            if (remote.status() == 404) {
                return missing(name, e);
            }
            if (remote.code().equals("session-lost")) {
                return new SessionLostException(message, e);
            }
        }
        if (e.problem() == Problem.STORE_FULL) {
            return new StoreFullException(message, e);
        }
        if (e.problem() == Problem.ACCESS_DENIED) {
            var denied = new AccessDeniedException(name, null, message);
            denied.initCause(e);
            return denied;
        }
        if (e.problem() == Problem.CANCELLED) {
            var interrupted = new InterruptedIOException(message);
            interrupted.initCause(e);
            return interrupted;
        }
        return new IOException(message, e);
    }

    private static NoSuchFileException missing(String name, HoldfastException e) {
        var missing = new NoSuchFileException(name);
        missing.initCause(e);
        return missing;
    }
}
