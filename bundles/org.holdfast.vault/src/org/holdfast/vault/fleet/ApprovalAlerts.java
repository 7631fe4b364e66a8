package org.holdfast.vault.fleet;

import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.Severity;
import org.holdfast.protocol.people.ApprovalView;
import org.holdfast.vault.people.ApprovalListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells people of requests that wait for their approval. */
@Component(service = ApprovalListener.class)
public final class ApprovalAlerts implements ApprovalListener {
    private final Alerts alerts;

    /** Over alerts. */
    @Activate
    public ApprovalAlerts(@Reference Alerts alerts) {
        this.alerts = alerts;
    }

    @Override
    public void waiting(ApprovalView request) {
        alerts.raiseOnce(new Finding(AlertKind.APPROVAL_WAITING, Severity.WARNING, null, null, request.id(),
                request.requestedBy() + " asks for approval to " + request.what() + ".",
                "A security officer decides with 'holdfast approval approve' or 'holdfast approval deny'.", null));
    }

    @Override
    public void settled(String id) {
        alerts.settle(AlertKind.APPROVAL_WAITING, null, id);
    }
}
