package org.holdfast.vault.fleet;

import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.Severity;

/**
 * Something that people should be told of.
 *
 * @param kind what it is about
 * @param severity how much it matters
 * @param vault the vault concerned, or null
 * @param server the server concerned, or null
 * @param subject tells causes of one kind, vault and server apart; mostly empty
 * @param message what happened, one sentence
 * @param advice what to do, may be empty
 * @param job the job that showed it, or null
 * @param code code of the problem behind it, or null
 */
public record Finding(AlertKind kind, Severity severity, @Nullable UUID vault, @Nullable UUID server, String subject,
        String message, String advice, @Nullable UUID job, @Nullable String code) {
    /** Something that its kind explains. */
    public Finding(AlertKind kind, Severity severity, @Nullable UUID vault, @Nullable UUID server, String subject,
            String message, String advice, @Nullable UUID job) {
        this(kind, severity, vault, server, subject, message, advice, job, null);
    }

    /** Something about a server. */
    public static Finding server(AlertKind kind, Severity severity, UUID vault, UUID server, String message,
            String advice) {
        return new Finding(kind, severity, vault, server, "", message, advice, null);
    }

    /** Name of the cause: there is one open alert for it. */
    public String cause() {
        return cause(kind, server != null ? server : vault, subject);
    }

    /** Name of a cause. */
    public static String cause(AlertKind kind, @Nullable UUID about, String subject) {
        return Wire.of(kind) + ":" + (about == null ? "" : about) + (subject.isEmpty() ? "" : ":" + subject);
    }
}
