package org.holdfast.protocol.common;

import org.eclipse.jdt.annotation.Nullable;

/**
 * A refusal or failure as it travels, in the form of RFC 9457 ({@code application/problem+json}).
 *
 * @param type URI made of {@link #TYPE_PREFIX} and the code
 * @param title the code in words
 * @param status HTTP status
 * @param detail what happened, one sentence
 * @param code stable, lower case with hyphens; programs decide by it
 * @param advice what to do next, may be empty
 * @param field the input it is about, null when it is about none
 */
public record ProblemBody(String type, String title, int status, String detail, String code, String advice,
        @Nullable String field) {
    /** Media type of such a body. */
    public static final String MEDIA_TYPE = "application/problem+json";
    /** What the type of every problem begins with. */
    public static final String TYPE_PREFIX = "https://holdfast.example/problems/";

    /** A problem by its code. */
    public static ProblemBody of(int status, String code, String detail, String advice) {
        return of(status, code, detail, advice, null);
    }

    /** A problem with an input. */
    public static ProblemBody of(int status, String code, String detail, String advice, @Nullable String field) {
        String words = code.replace('-', ' ');
        String title = words.isEmpty() ? "Problem" : Character.toUpperCase(words.charAt(0)) + words.substring(1);
        return new ProblemBody(TYPE_PREFIX + code, title, status, detail, code, advice, field);
    }
}
