package org.holdfast.vault.http.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.common.ProblemBody;
import org.holdfast.vault.http.Reply;
import org.holdfast.vault.http.Route;

/** Writes answers to the wire. */
final class Answers {
    private static final String JSON = "application/json";

    private Answers() {
    }

    /** The parts of an answer whose body is in memory, as it may also be kept for a repetition. */
    record Ready(int status, String type, byte[] body, HttpFields headers) {
    }

    /** Turns what an endpoint gave into bytes. */
    static Ready ready(Route route, Reply reply) {
        Object body = reply.body();
        HttpFields.Mutable headers = HttpFields.build();
        reply.headers().forEach(headers::put);
        if (body instanceof Page<?> page) {
            if (page.next() != null) {
                headers.put("Holdfast-Next", page.next());
            }
            if (page.total() != null) {
                headers.put("Holdfast-Total", page.total());
            }
        }
        int status = reply.status() != 0 ? reply.status() : route.status();
        byte[] bytes = body == null ? new byte[0] : Json.bytes(body);
        return new Ready(status, body == null ? "" : JSON, bytes, headers.asImmutable());
    }

    /** Sends an answer. */
    static void send(Response response, Callback callback, Ready ready) {
        HttpFields.Mutable headers = begin(response, ready.status(), ready.headers());
        if (ready.body().length > 0) {
            headers.put(HttpHeader.CONTENT_TYPE, ready.type());
        }
        if (ready.status() != 204 && ready.status() != 304) {
            headers.put(HttpHeader.CONTENT_LENGTH, ready.body().length);
        }
        response.write(true, ByteBuffer.wrap(ready.body()), callback);
    }

    /** Sends a problem. */
    static void send(Response response, Callback callback, ProblemBody problem, HttpField... more) {
        HttpFields.Mutable headers = begin(response, problem.status(), HttpFields.EMPTY);
        byte[] body = Json.bytes(problem);
        headers.put(HttpHeader.CONTENT_TYPE, ProblemBody.MEDIA_TYPE);
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        for (HttpField field : more) {
            headers.put(field);
        }
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** Sends bytes while they are written; when it returns all have been handed over. */
    static void stream(Response response, int status, Reply reply, Reply.Stream stream, boolean headOnly)
            throws IOException {
        HttpFields.Mutable headers = begin(response, status, HttpFields.EMPTY);
        reply.headers().forEach(headers::put);
        if (stream.length() >= 0) {
            headers.put(HttpHeader.CONTENT_LENGTH, stream.length());
        }
        if (!headOnly) {
            OutputStream out = Content.Sink.asOutputStream(response);
            stream.writer().write(out);
            out.close();
        }
    }

    private static HttpFields.Mutable begin(Response response, int status, @Nullable HttpFields more) {
        response.setStatus(status);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put("X-Content-Type-Options", "nosniff");
        if (more != null) {
            more.forEach(headers::put);
        }
        return headers;
    }
}
