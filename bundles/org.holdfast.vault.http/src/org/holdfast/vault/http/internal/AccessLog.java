package org.holdfast.vault.http.internal;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.server.Request;
import org.holdfast.vault.http.Caller;
import org.holdfast.vault.http.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each request: who, what, how it ended, how long it took. Neither headers nor queries nor bodies are
 * written, so no secret can get in. What agents do all day long is written only when it fails or is asked for.
 */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("org.holdfast.vault.access");
    private static final int MAX_PATH = 200;

    void answered(@Nullable HttpCall call, @Nullable Route route, Request request, int status, long nanos) {
        boolean quiet = status < 400 && (call == null || !(call.caller() instanceof Caller.Person));
        if (quiet ? !LOG.isDebugEnabled() : !LOG.isInfoEnabled()) {
            return;
        }
        String line = "%s %s %s %s %d %.1f ms".formatted(Request.getRemoteAddr(request),
                call == null ? "nobody" : call.caller().name(), shown(request.getMethod(), 20),
                shown(String.valueOf(request.getHttpURI().getPath()), MAX_PATH), status, nanos / 1e6);
        if (quiet) {
            LOG.debug("{}", line);
        } else {
            LOG.info("{}", line);
        }
    }

    private static String shown(String text, int most) {
        StringBuilder clean = new StringBuilder();
        text.chars().limit(most).forEach(c -> clean.append(c > 0x20 && c < 0x7f ? (char) c : '?'));
        return clean.toString();
    }
}
