package org.holdfast.vault.http.internal;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.http.internal.document.RecordShape;

/**
 * Looks through a body that has been read for what no endpoint wants to meet: required properties that are missing, NUL
 * in text (which databases refuse) and times outside of the years that databases can store.
 */
final class BodyCheck {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private BodyCheck() {
    }

    /** @throws Refusal naming the property that does not fit */
    static void check(Object value) {
        check(value, "");
    }

    private static void check(@Nullable Object value, String path) {
        switch (value) {
            case null -> {
            }
            case String text -> text(text, path);
            case Instant time -> {
                if (time.isBefore(FIRST) || time.isAfter(LAST)) {
                    throw Refusal.invalid(path, "The time \"" + path + "\" is outside of the years 1 to 9999.");
                }
            }
            case Record part -> components(part, path);
            case Collection<?> many -> {
                int index = 0;
                for (Object each : many) {
                    if (each == null) {
                        throw Refusal.invalid(path, "The list \"" + path + "\" has an empty place.");
                    }
                    check(each, path + "[" + index++ + "]");
                }
            }
            case Map<?, ?> map -> map.forEach((key, each) -> {
                check(key, path);
                check(each, path.isEmpty() ? String.valueOf(key) : path + "." + key);
            });
            default -> {
            }
        }
    }

    private static void text(String text, String path) {
        if (text.indexOf('\0') >= 0) {
            throw Refusal.invalid(path, "The text \"" + path + "\" contains NUL.");
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i)) || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw Refusal.invalid(path, "The text \"" + path + "\" is no valid Unicode.");
                }
                i++;
            }
        }
    }

    private static void components(Record part, String path) {
        for (RecordShape.Component component : RecordShape.of(part.getClass()).components()) {
            String name = path.isEmpty() ? component.name() : path + "." + component.name();
            Object value;
            try {
                value = component.accessor().invoke(part);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + name, e);
            }
            if (value == null && !component.optional()) {
                throw Refusal.invalid(name, "The property \"" + name + "\" is missing.");
            }
            check(value, name);
        }
    }
}
