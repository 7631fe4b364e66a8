package org.holdfast.console.monitor.internal;

import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.osgi.util.NLS;
import org.holdfast.console.client.fleet.FleetSession;
import org.holdfast.console.model.Row;
import org.holdfast.protocol.people.ApprovalView;

/** What can be done about requests for approval. */
public enum ApprovalAction {
    /** Lets who asks do it, once. */
    APPROVE,
    /** Does not. */
    DENY,
    /** Who asks no longer wants it. */
    WITHDRAW;

    private static final String PERMISSION = "critical.approve";

    /** What its button says. */
    String button() {
        return switch (this) {
            case APPROVE -> Messages.approval_approveButton;
            case DENY -> Messages.approval_denyButton;
            case WITHDRAW -> Messages.approval_withdrawButton;
        };
    }

    /** What it is called. */
    String title() {
        return switch (this) {
            case APPROVE -> Messages.approval_approve;
            case DENY -> Messages.approval_deny;
            case WITHDRAW -> Messages.approval_withdraw;
        };
    }

    /** Whether it can be done to one of them at least. */
    boolean isPossible(List<Row<ApprovalView>> requests) {
        return requests.stream().anyMatch(request -> skip(request) == null);
    }

    /** Why it cannot be done to a request, null when it can. */
    @Nullable
    String skip(Row<ApprovalView> row) {
        FleetSession session = row.session();
        boolean own = row.value().requestedBy().equals(session.connection().user());
        if (this == WITHDRAW) {
            return !own ? Messages.approval_notOwn : isOpen(row.value()) ? null : Messages.approval_over;
        }
        if (session.state().isConnected() && !session.may(PERMISSION)) {
            return NLS.bind(Messages.skip_noRight, session.connection().user(), PERMISSION);
        }
        return own ? Messages.approval_own
                : row.value().state().equals(ApprovalWords.PENDING) ? null : Messages.approval_over;
    }

    private static boolean isOpen(ApprovalView request) {
        return request.state().equals(ApprovalWords.PENDING) || request.state().equals(ApprovalWords.APPROVED);
    }
}
