package org.holdfast.vault.fleet;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.common.Json;
import org.holdfast.vault.Refusal;

import com.fasterxml.jackson.core.type.TypeReference;

/** Values of rows in the form they have on the wire, and back. */
final class Wire {
    private static final TypeReference<List<String>> WORDS = new TypeReference<>() {
    };
    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {
    };
    private static final TypeReference<Map<String, Long>> NUMBERS = new TypeReference<>() {
    };

    private Wire() {
    }

    /** A constant as it is on the wire. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A constant from what {@link #of} made of it. */
    static <E extends Enum<E>> E to(Class<E> type, String wire) {
        return Enum.valueOf(type, wire.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    static List<String> words(String json) {
        return read(json, WORDS);
    }

    static Map<String, String> labels(String json) {
        return read(json, LABELS);
    }

    static Map<String, Long> numbers(String json) {
        return read(json, NUMBERS);
    }

    static <T> T read(String json, TypeReference<T> type) {
        try {
            return Json.mapper().readValue(json, type);
        } catch (IOException e) {
            throw new IllegalStateException("a document of the catalogue cannot be read", e);
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return Json.read(json, type);
        } catch (IOException e) {
            throw new IllegalStateException("a document of the catalogue cannot be read", e);
        }
    }

    static <T> @Nullable T readOrNull(@Nullable String json, Class<T> type) {
        return json == null ? null : read(json, type);
    }

    static @Nullable String textOrNull(@Nullable Object value) {
        return value == null ? null : Json.text(value);
    }

    /** An identity that somebody names; what is none names nothing. */
    static UUID id(String text, String what) {
        UUID id = idOrNull(text);
        if (id == null) {
            throw Refusal.notFound(what);
        }
        return id;
    }

    /** An identity, or null when the text is none; only the usual form of 36 characters counts. */
    static @Nullable UUID idOrNull(@Nullable String text) {
        if (text == null || text.length() != 36) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The beginning of a text, so that it fits its column; no half of a surrogate pair. */
    static String clip(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    /** Text as both databases can keep it. */
    static String plain(@Nullable String text, int most) {
        return text == null ? "" : clip(text.replace("\0", ""), most);
    }
}
