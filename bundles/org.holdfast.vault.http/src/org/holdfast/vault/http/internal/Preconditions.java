package org.holdfast.vault.http.internal;

import org.eclipse.jetty.http.HttpHeader;
import org.holdfast.vault.Refusal;

/** Conditions on versions (RFC 9110, section 13). */
final class Preconditions {
    private Preconditions() {
    }

    /**
     * The version that a change is meant for.
     *
     * @throws Refusal when none is said, or one that never was
     */
    static long ifMatch(HttpCall call) {
        String tag = call.header("If-Match").orElseThrow(() -> new Refusal(Refusal.Kind.CONDITION_REQUIRED,
                "etag-required", "It must be said which version is to be changed.",
                "Read it first and send its ETag as If-Match.")).trim();
        try {
            if (tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"")) {
                return Long.parseLong(tag.substring(1, tag.length() - 1));
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new Refusal(Refusal.Kind.CHANGED, "changed-meanwhile", "There is no such version.",
                "Read it again and repeat.");
    }

    /** Answers without the body when the reader has the same version already. */
    static Answers.Ready ifNoneMatch(HttpCall call, Answers.Ready ready) {
        String tag = ready.headers().get(HttpHeader.ETAG);
        if (tag == null || call.route().method().changes()
                || !tag.equals(call.header("If-None-Match").map(String::trim).orElse(null))) {
            return ready;
        }
        return new Answers.Ready(304, "", new byte[0], ready.headers());
    }
}
