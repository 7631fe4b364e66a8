package org.holdfast.vault.notify;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.protocol.common.Json;

import com.fasterxml.jackson.core.type.TypeReference;

/** Values of rows in the form they have on the wire, and back. */
final class Words {
    /** What names of targets and rules are. */
    static final Pattern NAME = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9._]{0,63}");
    /** The same for people. */
    static final String NAME_RULE = "A name has 1 to 64 letters, digits, dots, underscores and hyphens,"
            + " and starts with a letter or digit.";
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {
    };

    private Words() {
    }

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> E to(Class<E> type, String wire) {
        return Enum.valueOf(type, wire.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    static Map<String, String> texts(String json) {
        try {
            return Json.mapper().readValue(json, TEXTS);
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

    /** A text as both databases can keep it. */
    static String plain(@Nullable String text, int most) {
        if (text == null) {
            return "";
        }
        String clean = text.replace("\0", "");
        if (clean.length() <= most) {
            return clean;
        }
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(most - 1)) ? most - 1 : most);
    }
}
