package org.holdfast.engine.internal.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.engine.internal.Glob;

/** Exclusion globs, compiled. Thread-safe. */
public final class Exclusion {
    private final List<Rule> names = new ArrayList<>();
    private final List<Rule> paths = new ArrayList<>();

    private record Rule(String glob, Pattern pattern) {
    }

    /** @throws HoldfastException with {@link Problem#INVALID_REQUEST} for a pattern that makes no sense */
    public Exclusion(Exclusions exclusions) {
        for (String glob : exclusions.globs()) {
            if (glob.isBlank()) {
                continue;
            }
            String trimmed = glob.length() > 1 && glob.endsWith("/") ? glob.substring(0, glob.length() - 1) : glob;
            if (trimmed.indexOf('/') < 0) {
                names.add(new Rule(glob, Glob.compile(trimmed, "", Pattern.DOTALL)));
            } else {
                String prefix = trimmed.startsWith("/") ? "" : "(?:.*/)?";
                paths.add(new Rule(glob, Glob.compile(trimmed, prefix, Pattern.DOTALL)));
            }
        }
    }

    /** Whether there are no patterns at all. */
    boolean isEmpty() {
        return names.isEmpty() && paths.isEmpty();
    }

    /** Whether paths have to be made for {@link #match}. */
    boolean needsPaths() {
        return !paths.isEmpty();
    }

    /** The glob that leaves an entry out, or null. */
    String match(byte[] name, int at, int length, byte[] path) {
        if (!names.isEmpty()) {
            var text = Glob.decode(name, at, length);
            for (Rule rule : names) {
                if (rule.pattern().matcher(text).matches()) {
                    return rule.glob();
                }
            }
        }
        if (!paths.isEmpty()) {
            var text = Glob.decode(path, 0, path.length);
            for (Rule rule : paths) {
                if (rule.pattern().matcher(text).matches()) {
                    return rule.glob();
                }
            }
        }
        return null;
    }
}
