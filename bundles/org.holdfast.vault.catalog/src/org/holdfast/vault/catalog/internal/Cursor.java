package org.holdfast.vault.catalog.internal;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import org.holdfast.vault.catalog.Listing.Type;

/** The place in a list where the next page begins, as text that tells nobody how it is made. */
final class Cursor {

    private static final int MAX_LENGTH = 8000;
    private static final String SEPARATOR = "\u0000";

    private Cursor() {
    }

    static String encode(String signature, List<String> place) {
        String joined = signature + SEPARATOR + String.join(SEPARATOR, place);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(joined.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> decode(String cursor, String signature, int size) {
        if (cursor.length() <= MAX_LENGTH) {
            try {
                String joined = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                List<String> parts = List.of(joined.split(SEPARATOR, -1));
                if (parts.size() == size + 1 && parts.getFirst().equals(signature)) {
                    return parts.subList(1, parts.size());
                }
            } catch (IllegalArgumentException e) {
                throw ListQuery.invalid("the cursor is malformed");
            }
        }
        throw ListQuery.invalid("the cursor belongs to another list or order");
    }

    /** A value of a row as text. */
    static String text(ResultSet result, String column, Type type) throws SQLException {
        return switch (type) {
            case TEXT -> result.getString(column);
            case NUMBER -> Long.toString(result.getLong(column));
            case TIME -> result.getObject(column, OffsetDateTime.class).toInstant().toString();
            case BOOLEAN -> Boolean.toString(result.getBoolean(column));
            case ID -> result.getObject(column, UUID.class).toString();
        };
    }

    /** Text as a value that can be bound. */
    static Object value(String text, Type type) {
        try {
            return switch (type) {
                case TEXT -> clean(text);
                case NUMBER -> Long.valueOf(text);
                case TIME -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
                case BOOLEAN -> bool(text);
                case ID -> UUID.fromString(text);
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            throw ListQuery.invalid("not a value of its column: "
                    + (text.length() <= 60 ? text : text.substring(0, 60) + "..."));
        }
    }

    /** PostgreSQL takes no U+0000 in text, and nothing that is stored has one. */
    private static String clean(String text) {
        if (text.indexOf('\u0000') >= 0) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }
}
