package org.holdfast.cli.internal.output;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.RawPath;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/**
 * Writes JSON to a stream as it comes, never holding a document. Only Jackson's generator is used: binding objects
 * would cost more at start than all else a listing does.
 */
public final class Json {
    /** A piece of output. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private final JsonGenerator generator;

    /** Writes to a stream that is not closed. */
    public Json(OutputStream out) {
        try {
            generator = new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            generator.setRootValueSeparator(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins a list, as a document or inside one. */
    public Json array() {
        return write(generator::writeStartArray);
    }

    /** Begins a list as a field. */
    public Json array(String name) {
        return write(() -> generator.writeArrayFieldStart(name));
    }

    /** Ends a list. */
    public Json endArray() {
        return write(generator::writeEndArray);
    }

    /** Begins an object. */
    public Json object() {
        return write(generator::writeStartObject);
    }

    /** Begins an object as a field. */
    public Json object(String name) {
        return write(() -> generator.writeObjectFieldStart(name));
    }

    /** Ends an object. */
    public Json endObject() {
        return write(generator::writeEndObject);
    }

    /** A text, or null. */
    public Json text(String name, @Nullable String value) {
        return write(() -> generator.writeStringField(name, value));
    }

    /** A list of texts. */
    public Json texts(String name, List<String> values) {
        array(name);
        for (var value : values) {
            write(() -> generator.writeString(value));
        }
        return endArray();
    }

    /** A whole number. */
    public Json number(String name, long value) {
        return write(() -> generator.writeNumberField(name, value));
    }

    /** Seconds with three decimals, or null. */
    public Json seconds(String name, @Nullable Duration value) {
        if (value == null) {
            return text(name, null);
        }
        return write(() -> {
            generator.writeFieldName(name);
            generator.writeNumber(value.toMillis() / 1000.0);
        });
    }

    /** True or false. */
    public Json flag(String name, boolean value) {
        return write(() -> generator.writeBooleanField(name, value));
    }

    /** A time in UTC, ISO 8601 (RFC 3339 for years of four digits), or null. */
    public Json time(String name, @Nullable Instant value) {
        return text(name, value == null ? null : value.toString());
    }

    /**
     * A path. One that is not valid UTF-8 is written as text for people, and exactly in a second field whose name
     * ends in {@code Base64}.
     */
    public Json path(String name, @Nullable RawPath path) {
        if (path == null) {
            return text(name, null);
        }
        text(name, textOf(path));
        return path.isText() ? this : text(name + "Base64", base64(path));
    }

    /** A list of paths; when one of them is not valid UTF-8, a second list has all of them exactly. */
    public Json paths(String name, List<RawPath> paths) {
        texts(name, paths.stream().map(Json::textOf).toList());
        return paths.stream().allMatch(RawPath::isText) ? this
                : texts(name + "Base64", paths.stream().map(Json::base64).toList());
    }

    private static String textOf(RawPath path) {
        return path.isText() ? new String(path.bytes(), StandardCharsets.UTF_8) : path.toString();
    }

    private static String base64(RawPath path) {
        return Base64.getEncoder().encodeToString(path.bytes());
    }

    /** Ends a line and hands everything on. */
    public Json line() {
        return write(() -> {
            generator.writeRaw('\n');
            generator.flush();
        });
    }

    private Json write(Step step) {
        try {
            step.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the streams below us do not fail, so this is a wrong nesting
        }
    }
}
