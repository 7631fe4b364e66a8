package org.holdfast.vault.http.internal.people;

import java.util.List;
import java.util.Locale;

import org.holdfast.protocol.people.LoginAnswer;
import org.holdfast.protocol.people.LoginRequest;
import org.holdfast.protocol.people.Me;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.Permissions;
import org.holdfast.vault.people.Role;
import org.holdfast.vault.people.SignIn;
import org.holdfast.vault.people.SignedIn;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Signing in and out. */
@Component(service = Endpoints.class)
public final class SignInEndpoints implements Endpoints {

    private static final int MOST_BYTES = 8192;

    private final SignIn signIn;

    /** Over the accounts. */
    @Activate
    public SignInEndpoints(@Reference SignIn signIn) {
        this.signIn = signIn;
    }

    @Override
    public List<Route> routes() {
        // Signing in writes its own entries of the audit: who it is shows only there.
        return List.of(
                Route.post("login", "/api/v1/login").open().summary("Signs somebody in and gives a token.")
                        .takes(LoginRequest.class, MOST_BYTES).gives(LoginAnswer.class).audited(false)
                        .handle(this::login),
                Route.post("logout", "/api/v1/logout").signedIn().summary("Ends the token of the call.")
                        .audited(false).handle(call -> {
                            signIn.logout(signIn.byHash(call.person().token()), call.address());
                            return null;
                        }),
                Route.get("read-me", "/api/v1/me").signedIn().summary("Tells who is signed in, and what they may.")
                        .gives(Me.class).handle(this::me));
    }

    private LoginAnswer login(Call call) {
        LoginRequest request = call.body(LoginRequest.class);
        return signIn.login(request.user().toLowerCase(Locale.ROOT), request.password(), call.address());
    }

    private Me me(Call call) {
        SignedIn who = signIn.byHash(call.person().token());
        return new Me(who.user(), who.fullName(), who.roles().stream().map(Role::wireName).sorted().toList(),
                who.mustChange() ? List.of() : Permissions.of(who.roles()), who.mustChange(), who.expires());
    }
}
