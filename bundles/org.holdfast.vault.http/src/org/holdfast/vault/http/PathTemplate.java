package org.holdfast.vault.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The path of a route: fixed segments and variables, of which the last may stand for several segments.
 *
 * @param text as it was written
 * @param segments its parts
 */
public record PathTemplate(String text, List<Segment> segments) {
    private static final Pattern FIXED = Pattern.compile("[a-z0-9.:_-]+");
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-zA-Z]+)(\\.\\.\\.)?}");

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static PathTemplate parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("a path begins with a slash: " + text);
        }
        List<Segment> segments = new ArrayList<>();
        for (String part : text.substring(1).split("/", -1)) {
            var variable = VARIABLE.matcher(part);
            if (variable.matches()) {
                segments.add(new Segment(variable.group(1), true, variable.group(2) != null));
            } else if (FIXED.matcher(part).matches()) {
                segments.add(new Segment(part, false, false));
            } else {
                throw new IllegalArgumentException("\"" + part + "\" in " + text);
            }
        }
        if (segments.stream().limit(segments.size() - 1L).anyMatch(Segment::rest)) {
            throw new IllegalArgumentException("only the last variable may stand for several segments: " + text);
        }
        return new PathTemplate(text, List.copyOf(segments));
    }

    /** The variables in their order. */
    public List<String> variables() {
        return segments.stream().filter(Segment::variable).map(Segment::name).toList();
    }

    /** The template as OpenAPI writes it, which knows no variable for several segments. */
    public String forDocument() {
        return text.replace("...}", "}");
    }

    @Override
    public String toString() {
        return text;
    }

    /**
     * A part between slashes.
     *
     * @param name the fixed text, or the name of the variable
     * @param variable which of both
     * @param rest whether it takes all that follows
     */
    public record Segment(String name, boolean variable, boolean rest) {
    }
}
