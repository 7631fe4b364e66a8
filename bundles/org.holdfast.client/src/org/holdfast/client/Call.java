package org.holdfast.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A call to the vault.
 *
 * @param method HTTP method
 * @param path from the slash on, with query, already encoded
 * @param headers besides those the client adds
 * @param body what it carries
 * @param timeout for the answer to begin, null for the client's
 * @param repeatable whether doing it twice is as good as once, so that it may be tried again after a broken connection
 */
public record Call(String method, String path, Map<String, String> headers, Body body, @Nullable Duration timeout,
        boolean repeatable) {
    private static final String KEY = "Idempotency-Key";

    public Call {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("Not a path: " + path);
        }
        headers = Map.copyOf(headers);
    }

    private static Call of(String method, String path, Body body) {
        return new Call(method, path, Map.of(), body, null, true);
    }

    /** Reads. */
    public static Call get(String path) {
        return of("GET", path, new Body.Nothing());
    }

    /** Asks for the headers only. */
    public static Call head(String path) {
        return of("HEAD", path, new Body.Nothing());
    }

    /** Makes or does something; with a fresh idempotency key, so that it may be repeated. */
    public static Call post(String path, Object value) {
        return post(path, new Body.Value(value));
    }

    /** Makes or does something; with a fresh idempotency key, so that it may be repeated. */
    public static Call post(String path, Body body) {
        return of("POST", path, body).header(KEY, UUID.randomUUID().toString());
    }

    /** Sets something. */
    public static Call put(String path, Object value) {
        return of("PUT", path, new Body.Value(value));
    }

    /** Sets something. */
    public static Call put(String path, Body body) {
        return of("PUT", path, body);
    }

    /** Changes part of something. Repeated only with {@link #ifMatch}. */
    public static Call patch(String path, Object value) {
        return of("PATCH", path, new Body.Value(value)).once();
    }

    /** Removes something. */
    public static Call delete(String path) {
        return of("DELETE", path, new Body.Nothing());
    }

    /** The same with another header. */
    public Call header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Call(method, path, all, body, timeout, repeatable);
    }

    /** The same with another parameter in the query. */
    public Call query(String name, Object value) {
        String more = URLEncoder.encode(name, StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
        return new Call(method, path + (path.indexOf('?') < 0 ? "?" : "&") + more, headers, body, timeout, repeatable);
    }

    /** The same, done only when the thing is still as it was read. */
    public Call ifMatch(String etag) {
        return header("If-Match", etag);
    }

    /** The same with a key under which the vault knows repetitions. */
    public Call idempotencyKey(String key) {
        return header(KEY, key);
    }

    /** The same, waiting longer or shorter for the answer to begin. */
    public Call within(Duration limit) {
        return new Call(method, path, headers, body, limit, repeatable);
    }

    /** The same, never repeated once it may have arrived. */
    public Call once() {
        return new Call(method, path, headers, body, timeout, false);
    }
}
