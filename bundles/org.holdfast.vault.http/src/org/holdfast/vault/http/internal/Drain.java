package org.holdfast.vault.http.internal;

import java.io.IOException;
import java.io.InputStream;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.http.Caller;

/**
 * Reads what is left of the body of a refused request and throws it away. Many clients look for an answer only when
 * they have sent everything; closing the connection before would hide from them why they were refused. How much is read
 * depends on who calls.
 */
final class Drain {
    private static final long FROM_ANYBODY = 64 << 10;
    private static final long FROM_PEOPLE = 4 << 20;

    private Drain() {
    }

    /** Whether the body is at its end now, so that the connection can be used for another request. */
    static boolean rest(Request request, @Nullable HttpCall call) {
        if (request.getHeaders().contains(HttpHeader.EXPECT)) {
            return false;
        }
        long most = call == null ? FROM_ANYBODY : switch (call.caller()) {
            case Caller.Nobody nobody -> FROM_ANYBODY;
            case Caller.Person person -> FROM_PEOPLE;
            case Caller.Agent agent -> Math.max(FROM_PEOPLE, call.route().maxBody());
        };
        if (request.getLength() > most) {
            return false;
        }
        byte[] piece = new byte[16 << 10];
        try {
            InputStream in = new BoundedInput(Request.asInputStream(request), most);
            while (in.read(piece) >= 0) {
                // thrown away
            }
            return true;
        } catch (IOException | Refusal e) {
            return false;
        }
    }
}
