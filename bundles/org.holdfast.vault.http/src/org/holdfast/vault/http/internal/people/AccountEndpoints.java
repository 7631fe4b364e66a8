package org.holdfast.vault.http.internal.people;

import java.util.List;

import org.holdfast.protocol.people.AuditVerification;
import org.holdfast.protocol.people.AuditView;
import org.holdfast.protocol.people.ChangePassword;
import org.holdfast.protocol.people.ChangeUser;
import org.holdfast.protocol.people.CreateUser;
import org.holdfast.protocol.people.UserView;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Reply;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.Accounts;
import org.holdfast.vault.people.AddressThrottle;
import org.holdfast.vault.people.AuditLog;
import org.holdfast.vault.people.Permissions;
import org.holdfast.vault.people.SignIn;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Accounts and the audit. */
@Component(service = Endpoints.class)
public final class AccountEndpoints implements Endpoints {

    private static final String USERS = "/api/v1/users";
    private static final String USER = USERS + "/{user}";
    private static final String NAME = "user";
    private static final int MOST_BYTES = 8192;

    private final Accounts accounts;
    private final SignIn signIn;
    private final AuditLog audit;
    private final AddressThrottle throttle;

    /** Over accounts and audit. */
    @Activate
    public AccountEndpoints(@Reference Accounts accounts, @Reference SignIn signIn, @Reference AuditLog audit,
            @Reference AddressThrottle throttle) {
        this.accounts = accounts;
        this.signIn = signIn;
        this.audit = audit;
        this.throttle = throttle;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("list-users", USERS).person(Permissions.USER_READ).summary("Lists accounts.")
                        .lists(UserView.class, "name", "fullName", "roles", "disabled", "lastLogin", "created")
                        .handle(call -> Pages.wire(accounts.list(call.list()))),
                Route.post("create-user", USERS).person(Permissions.USER_MANAGE)
                        .summary("Makes an account whose password has to be changed at the first sign-in.")
                        .takes(CreateUser.class, MOST_BYTES).gives(201, UserView.class).handle(this::create),
                Route.get("read-user", USER).person(Permissions.USER_READ).summary("Reads an account.")
                        .gives(UserView.class).versioned().handle(call -> versioned(accounts.get(call.path(NAME)))),
                Route.patch("change-user", USER).person(Permissions.USER_MANAGE)
                        .summary("Changes full name, roles or state of an account.")
                        .takes(ChangeUser.class, MOST_BYTES).gives(UserView.class).versioned().handle(this::change),
                Route.delete("delete-user", USER).person(Permissions.USER_MANAGE).summary("Removes an account.")
                        .versioned().handle(call -> {
                            accounts.delete(call.path(NAME), call.version(), PeopleDoor.roles(call.person()));
                            return null;
                        }),
                Route.post("set-password", USER + "/password").signedIn()
                        .summary("Sets one's own password, or that of somebody else.")
                        .takes(ChangePassword.class, MOST_BYTES).handle(this::setPassword),
                Route.get("list-audit", "/api/v1/audit").person(Permissions.AUDIT_READ)
                        .summary("Lists who did what, the latest first.")
                        .lists(AuditView.class, "seq", "at", "actor", "origin", "action", "target", "vault", "result")
                        .handle(call -> Pages.wire(audit.list(call.list()))),
                Route.get("verify-audit", "/api/v1/audit/verify").person(Permissions.AUDIT_READ)
                        .summary("Computes the chain of the audit again.").gives(AuditVerification.class)
                        .handle(call -> audit.verify()));
    }

    private Reply setPassword(Call call) {
        throttle.require(call.address());
        try {
            accounts.setPassword(call.path(NAME), call.body(ChangePassword.class),
                    signIn.byHash(call.person().token()));
            return Reply.empty();
        } catch (Refusal e) {
            throttle.failed(call.address());
            throw e;
        }
    }

    private Reply create(Call call) {
        CreateUser wanted = call.body(CreateUser.class);
        call.audit("user " + wanted.name() + ", roles " + String.join(",", wanted.roles()));
        UserView made = accounts.create(wanted, PeopleDoor.roles(call.person()));
        return versioned(made).location(USERS + "/" + made.name());
    }

    private Reply change(Call call) {
        ChangeUser wanted = call.body(ChangeUser.class);
        call.audit((wanted.roles() == null ? "" : "roles " + String.join(",", wanted.roles()) + " ")
                + (wanted.disabled() == null ? "" : "disabled " + wanted.disabled()));
        return versioned(accounts.change(call.path(NAME), wanted, call.version(),
                PeopleDoor.roles(call.person())));
    }

    private static Reply versioned(UserView view) {
        return Reply.of(view).version(view.version());
    }
}
