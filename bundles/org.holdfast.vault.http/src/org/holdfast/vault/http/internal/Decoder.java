package org.holdfast.vault.http.internal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.Refusal;

/**
 * Takes paths and queries apart, percent encoding included (RFC 3986). It is strict on purpose: what different programs
 * read differently (encoded slashes, dot segments, path parameters, malformed UTF-8, control characters) is refused and
 * never repaired.
 */
final class Decoder {
    private static final int MAX_PARAMETERS = 64;

    private Decoder() {
    }

    /**
     * The segments of a path, decoded.
     *
     * @throws Refusal when it has anything ambiguous in it
     */
    static List<String> segments(String rawPath) {
        if (!rawPath.startsWith("/")) {
            throw badPath();
        }
        List<String> segments = new ArrayList<>();
        for (String raw : rawPath.substring(1).split("/", -1)) {
            String segment = decode(raw, false);
            if (segment == null || segment.equals(".") || segment.equals("..") || raw.indexOf(';') >= 0
                    || segment.indexOf('/') >= 0 || segment.indexOf('\\') >= 0) {
                throw badPath();
            }
            segments.add(segment);
        }
        return segments;
    }

    /**
     * The parameters of a query, decoded.
     *
     * @throws Refusal when it is malformed or has very many parameters
     */
    static Map<String, List<String>> query(@Nullable String rawQuery) {
        if (rawQuery == null || rawQuery.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        int count = 0;
        for (String part : rawQuery.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = decode(equals < 0 ? part : part.substring(0, equals), true);
            String value = equals < 0 ? "" : decode(part.substring(equals + 1), true);
            if (name == null || value == null || ++count > MAX_PARAMETERS) {
                throw new Refusal(Refusal.Kind.INVALID, "invalid-query", "The query of the address is malformed.",
                        "Encode it as UTF-8 with percent signs; at most " + MAX_PARAMETERS + " parameters.");
            }
            parameters.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
        }
        return parameters;
    }

    private static Refusal badPath() {
        return new Refusal(Refusal.Kind.INVALID, "invalid-path",
                "The path has parts that could be read in more than one way.",
                "Names must not contain slashes, backslashes, semicolons or control characters.");
    }

    private static @Nullable String decode(String raw, boolean plusIsSpace) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int high = i + 2 <= raw.length() - 1 ? Character.digit(raw.charAt(i + 1), 16) : -1;
                int low = i + 2 <= raw.length() - 1 ? Character.digit(raw.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                bytes.write(high << 4 | low);
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                bytes.write(' ');
            } else if (c < 0x80) {
                bytes.write(c);
            } else {
                return null;
            }
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
            return text.chars().anyMatch(c -> c < 0x20 || c == 0x7f) ? null : text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
