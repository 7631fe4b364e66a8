package org.holdfast.console.monitor.internal;

import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.console.model.Row;
import org.holdfast.console.ui.Formats;
import org.holdfast.console.ui.Icon;
import org.holdfast.protocol.people.ApprovalView;

/** Requests for approval in words. */
public final class ApprovalWords {
    /** State of a request that waits. */
    static final String PENDING = "pending";
    /** State of one that was approved and not yet used. */
    static final String APPROVED = "approved";
    /** States in the order in which they matter. */
    static final List<String> STATES = List.of(PENDING, APPROVED, "used", "denied", "withdrawn", "expired");

    private final Formats formats;

    /** In certain formats. */
    public ApprovalWords(Formats formats) {
        this.formats = formats;
    }

    Formats formats() {
        return formats;
    }

    /** Where it stands. */
    static String state(String state) {
        return switch (state) {
            case PENDING -> Messages.approval_pending;
            case APPROVED -> Messages.approval_approved;
            case "used" -> Messages.approval_used;
            case "denied" -> Messages.approval_denied;
            case "withdrawn" -> Messages.approval_withdrawn;
            case "expired" -> Messages.approval_expired;
            default -> state;
        };
    }

    /** The icon of that. */
    static @Nullable Icon icon(String state) {
        return switch (state) {
            case PENDING -> Icon.WARNINGS;
            case APPROVED, "used" -> Icon.COMPLETED;
            case "denied" -> Icon.ERROR;
            case "withdrawn" -> Icon.REMOVED;
            default -> Icon.HISTORY;
        };
    }

    String decided(ApprovalView request) {
        return request.decided() == null ? "" : formats.time(request.decided());
    }

    static String by(ApprovalView request) {
        return request.decidedBy() == null ? "" : request.decidedBy();
    }

    /** All that a filter finds it by, in lower case. */
    String searched(Row<ApprovalView> row) {
        ApprovalView r = row.value();
        return String.join(" ", state(r.state()), r.what(), r.requestedBy(), by(r), r.remark(), r.vault(), r.action(),
                r.id(), row.session().connection().name()).toLowerCase(Locale.ROOT);
    }

    /** Everything about it, a line each. */
    String explain(Row<ApprovalView> row) {
        ApprovalView r = row.value();
        var text = new StringBuilder(r.what());
        line(text, Messages.column_state, state(r.state()));
        line(text, Messages.approval_by, r.requestedBy());
        line(text, Messages.approval_since, formats.preciseTime(r.requested()));
        line(text, Messages.approval_until, formats.preciseTime(r.expires()));
        line(text, Messages.approval_decidedBy, by(r));
        line(text, Messages.approval_decided, decided(r));
        line(text, Messages.alert_remark, r.remark());
        line(text, Messages.column_vault, r.vault());
        line(text, Messages.audit_server, row.session().connection().name());
        line(text, Messages.approval_call, r.action() + " " + r.target());
        line(text, Messages.fact_id, r.id());
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append('\n').append(name).append(": ").append(value);
        }
    }
}
