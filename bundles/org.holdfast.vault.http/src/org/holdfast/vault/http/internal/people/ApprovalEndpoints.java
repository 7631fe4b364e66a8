package org.holdfast.vault.http.internal.people;

import java.util.List;

import org.holdfast.protocol.people.ApprovalView;
import org.holdfast.protocol.people.DecideApproval;
import org.holdfast.vault.catalog.people.ApprovalTable;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.Approvals;
import org.holdfast.vault.people.Permissions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What waits for a second person. Requests are made by the calls that need one. */
@Component(service = Endpoints.class)
public final class ApprovalEndpoints implements Endpoints {
    private static final String ALL = "/api/v1/approvals";
    private static final String ONE = ALL + "/{approval}";
    private static final String ID = "approval";

    private final Approvals approvals;

    /** Over the requests. */
    @Activate
    public ApprovalEndpoints(@Reference Approvals approvals) {
        this.approvals = approvals;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("list-approvals", ALL).person(Permissions.APPROVAL_READ)
                        .summary("Lists what waited or waits for approval, the latest first.")
                        .lists(ApprovalView.class, ApprovalTable.LISTING.names())
                        .handle(call -> Pages.wire(approvals.list(call.list()))),
                Route.get("read-approval", ONE).person(Permissions.APPROVAL_READ)
                        .summary("Reads a request for approval.").gives(ApprovalView.class)
                        .handle(call -> approvals.get(call.path(ID))),
                decide("approve", "Approves a request of another person; it can be used for a day.", true),
                decide("deny", "Denies a request of another person.", false),
                Route.post("withdraw-approval", ONE + "/withdraw").person(Permissions.APPROVAL_READ)
                        .summary("Takes one's own request back.").gives(ApprovalView.class)
                        .handle(call -> approvals.withdraw(call.path(ID), call.person().name())));
    }

    private Route decide(String how, String summary, boolean approve) {
        return Route.post(how + "-approval", ONE + "/" + how).person(Permissions.APPROVE).summary(summary)
                .takes(DecideApproval.class).gives(ApprovalView.class).handle(call -> {
                    ApprovalView asked = approvals.get(call.path(ID));
                    call.audit(asked.what() + " (asked for by " + asked.requestedBy() + ")");
                    return approvals.decide(asked.id(), approve, call.body(DecideApproval.class).remark(),
                            call.person().name());
                });
    }
}
