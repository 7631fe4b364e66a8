package org.holdfast.console.client.recover;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a person types into a filter or search field, and what is meant by it. */
public final class NameFilter {
    private NameFilter() {
    }

    /**
     * A test for names: part of the name, or all of it when the text has {@code *} or {@code ?}. Capitals count only
     * when the text has one.
     */
    public static Predicate<String> matching(String text) {
        String wanted = text.strip();
        boolean sensitive = hasCapital(wanted);
        if (wanted.indexOf('*') < 0 && wanted.indexOf('?') < 0) {
            return sensitive ? name -> name.contains(wanted)
                    : name -> name.toLowerCase(Locale.ROOT).contains(wanted);
        }
        var regex = new StringBuilder();
        wanted.codePoints().forEach(c -> regex.append(switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(Character.toString(c));
        }));
        Pattern pattern = Pattern.compile(regex.toString(),
                Pattern.DOTALL | (sensitive ? 0 : Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
        return name -> pattern.matcher(name).matches();
    }

    /** The glob for a search: text without wildcards means names (or, with a slash, paths) that contain it. */
    public static String toGlob(String text) {
        String wanted = text.strip();
        boolean glob = wanted.indexOf('*') >= 0 || wanted.indexOf('?') >= 0 || wanted.indexOf('[') >= 0;
        if (glob || wanted.startsWith("/")) {
            return wanted;
        }
        return wanted.indexOf('/') < 0 ? "*" + wanted + "*" : "**/*" + wanted + "*";
    }

    private static boolean hasCapital(String text) {
        return text.codePoints().anyMatch(Character::isUpperCase);
    }
}
