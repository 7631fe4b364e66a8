package org.holdfast.architecture.tests;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java source as the rules see it.
 *
 * @param path relative to the bundle, with slashes
 * @param code the text with comments and the contents of literals blanked out, lines kept, so that a word in a comment
 *            is never taken for a call
 */
record SourceFile(String path, String code) {

    private static final Pattern NOT_CODE = Pattern.compile(
            "//[^\\n]*" // to the end of the line
                    + "|/\\*.*?\\*/" // comment
                    + "|\"\"\".*?(?<!\\\\)\"\"\"" // text block
                    + "|\"(?:\\\\.|[^\"\\\\\\n])*\"" // string
                    + "|'(?:\\\\.|[^'\\\\\\n])+'", // character
            Pattern.DOTALL);
    private static final Pattern IMPORT = Pattern.compile("(?m)^import\\s+(?:static\\s+)?([\\w.]+(?:\\.\\*)?)\\s*;");

    static SourceFile of(String path, String text) {
        Matcher matcher = NOT_CODE.matcher(text);
        String code = matcher.replaceAll(found -> Matcher.quoteReplacement(found.group().replaceAll("[^\\n]", " ")));
        return new SourceFile(path, code);
    }

    /** The folder below {@code src} or {@code src_test} as a package name. */
    String packageName() {
        int first = path.indexOf('/') + 1;
        int last = path.lastIndexOf('/');
        return last < first ? "" : path.substring(first, last).replace('/', '.');
    }

    List<String> imports() {
        return IMPORT.matcher(code).results().map(found -> found.group(1)).toList();
    }

    /** Every match of a pattern in the code, as {@code path:line}. */
    List<String> places(Pattern pattern) {
        return pattern.matcher(code).results().map(found -> path + ":" + lineOf(found.start())).toList();
    }

    private long lineOf(int offset) {
        return code.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    }
}
