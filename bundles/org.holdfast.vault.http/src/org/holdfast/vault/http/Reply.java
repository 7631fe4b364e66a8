package org.holdfast.vault.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/** An answer that says more than a body. Immutable; each method gives another one. */
public final class Reply {
    private final int status;
    private final @Nullable Object body;
    private final Map<String, String> headers;
    private final @Nullable Stream stream;

    private Reply(int status, @Nullable Object body, Map<String, String> headers, @Nullable Stream stream) {
        this.status = status;
        this.body = body;
        this.headers = headers;
        this.stream = stream;
    }

    /** A record as JSON, with the status that the route promises. */
    public static Reply of(Object body) {
        return new Reply(0, body, Map.of(), null);
    }

    /** No body: 204 unless the route promises something else. */
    public static Reply empty() {
        return new Reply(0, null, Map.of(), null);
    }

    /**
     * Bytes that are written while they are sent.
     *
     * @param mediaType for {@code Content-Type}
     * @param length number of bytes, -1 when it is not known before
     * @param writer writes them; a failure of it breaks the connection, so that nobody takes a part for the whole
     */
    public static Reply stream(String mediaType, long length, Writer writer) {
        return new Reply(0, null, Map.of("Content-Type", mediaType), new Stream(length, writer));
    }

    /** Bytes that are in memory already. */
    public static Reply bytes(String mediaType, byte[] bytes) {
        return stream(mediaType, bytes.length, out -> out.write(bytes));
    }

    /** The same with another status; it must be one that the route tells of. */
    public Reply status(int other) {
        return new Reply(other, body, headers, stream);
    }

    /** The same with one header more. */
    public Reply header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, body, Map.copyOf(more), stream);
    }

    /** The same with the version of the thing, which becomes its {@code ETag}. */
    public Reply version(long version) {
        return header("ETag", "\"" + version + "\"");
    }

    /** The same with the place of what was made. */
    public Reply location(String path) {
        return header("Location", path);
    }

    /** The status, 0 for the one that the route promises. */
    public int status() {
        return status;
    }

    /** What becomes JSON, null when there is none. */
    public @Nullable Object body() {
        return body;
    }

    /** Headers by name. */
    public Map<String, String> headers() {
        return headers;
    }

    /** What is written while it is sent, null when there is none. */
    public @Nullable Stream stream() {
        return stream;
    }

    /** Writes the bytes of an answer. */
    @FunctionalInterface
    public interface Writer {
        /** Writes all of them; does not close. */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Bytes to be written.
     *
     * @param length how many, -1 when unknown
     * @param writer writes them
     */
    public record Stream(long length, Writer writer) {
    }
}
