package org.holdfast.vault.http.internal.people;

import java.util.List;

import org.holdfast.protocol.people.RequestPin;
import org.holdfast.protocol.people.SecurityPin;
import org.holdfast.protocol.people.SecuritySettings;
import org.holdfast.protocol.people.SecurityView;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.Approvals;
import org.holdfast.vault.people.Permissions;
import org.holdfast.vault.people.SecurityPins;
import org.holdfast.vault.people.SignIn;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Security PINs, and whether they are needed. */
@Component(service = Endpoints.class)
public final class SecurityEndpoints implements Endpoints {
    private static final String SECURITY = "/api/v1/security";
    private static final int MOST_BYTES = 8192;

    private final SecurityPins pins;
    private final Approvals approvals;
    private final SignIn signIn;

    /** Takes what it works with. */
    @Activate
    public SecurityEndpoints(@Reference SecurityPins pins, @Reference Approvals approvals, @Reference SignIn signIn) {
        this.pins = pins;
        this.approvals = approvals;
        this.signIn = signIn;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("read-security", SECURITY).signedIn()
                        .summary("Tells what stands between one person and what is critical.")
                        .gives(SecurityView.class).handle(call -> view()),
                Route.put("set-security", SECURITY).person(Permissions.USER_MANAGE)
                        .summary("Decides whether what is critical needs a security PIN.")
                        .takes(SecuritySettings.class).gives(SecurityView.class).handle(call -> {
                            boolean required = call.body(SecuritySettings.class).pinRequired();
                            call.audit(required ? "security PINs are needed" : "no security PINs");
                            pins.setRequired(required);
                            return view();
                        }),
                Route.post("request-security-pin", SECURITY + "/pin").signedIn()
                        .summary("Gives a one-time security PIN for the password.")
                        .takes(RequestPin.class, MOST_BYTES).gives(SecurityPin.class)
                        .handle(call -> pins.issue(signIn.byHash(call.person().token()),
                                call.body(RequestPin.class).password(), call.address())));
    }

    private SecurityView view() {
        return new SecurityView(pins.required(), approvals.inForce());
    }
}
