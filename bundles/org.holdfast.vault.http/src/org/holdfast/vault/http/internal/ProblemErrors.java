package org.holdfast.vault.http.internal;

import java.io.IOException;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.holdfast.protocol.common.ProblemBody;

/** What the server itself refuses (malformed heads, too long headers, shutting down) is a problem like any other. */
final class ProblemErrors extends ErrorHandler {
    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(Request request, Response response, int status, @Nullable String message,
            @Nullable Throwable cause, Callback callback) throws IOException {
        Answers.send(response, callback, problem(status));
    }

    private static ProblemBody problem(int status) {
        return switch (status) {
            case 408 -> ProblemBody.of(status, "request-too-slow", "The request came too slowly.", "");
            case 414 -> ProblemBody.of(status, "path-too-long", "The address is too long.", "");
            case 431 -> ProblemBody.of(status, "headers-too-large", "The headers of the request are too large.", "");
            case 503 -> ProblemBody.of(status, "shutting-down", "The vault is stopping.", "Try again in a moment.");
            case 505 -> ProblemBody.of(status, "http-version", "Only HTTP/1.1 is spoken here.", "");
            default -> status >= 500
                    ? ProblemBody.of(status, "internal", "The vault has failed at this request.", "")
                    : ProblemBody.of(status, "malformed-request", "The request is no valid HTTP.", "");
        };
    }
}
