package org.holdfast.vault.http.internal.people;

import java.util.List;
import java.util.Locale;

import org.holdfast.protocol.people.EntraCheck;
import org.holdfast.protocol.people.EntraLogin;
import org.holdfast.protocol.people.EntraSettings;
import org.holdfast.protocol.people.LoginAnswer;
import org.holdfast.protocol.people.LoginRequest;
import org.holdfast.protocol.people.Me;
import org.holdfast.protocol.people.SignInMethods;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Reply;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.EntraSignIn;
import org.holdfast.vault.people.Permissions;
import org.holdfast.vault.people.Role;
import org.holdfast.vault.people.SignIn;
import org.holdfast.vault.people.SignInSettings;
import org.holdfast.vault.people.SignedIn;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Signing in and out. */
@Component(service = Endpoints.class)
public final class SignInEndpoints implements Endpoints {

    private static final int MOST_BYTES = 8192;
    /** Tokens with many groups, certificates of private clouds. */
    private static final int MOST_LONG_BYTES = 65_536;
    private static final String ENTRA = "/api/v1/sign-in/entra";
    private static final String SETTINGS = ENTRA + "/settings";

    private final SignIn signIn;
    private final EntraSignIn entra;
    private final SignInSettings settings;

    /** Over the accounts. */
    @Activate
    public SignInEndpoints(@Reference SignIn signIn, @Reference EntraSignIn entra,
            @Reference SignInSettings settings) {
        this.signIn = signIn;
        this.entra = entra;
        this.settings = settings;
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
                        .gives(Me.class).handle(this::me),
                Route.get("list-sign-in-methods", "/api/v1/sign-in/methods").open()
                        .summary("Tells in which ways people can sign in, and what programs need for that.")
                        .gives(SignInMethods.class).handle(call -> settings.methods()),
                Route.post("login-with-entra", ENTRA).open()
                        .summary("Exchanges an access token of Entra ID for a token of the vault that ends with it.")
                        .takes(EntraLogin.class, MOST_LONG_BYTES).gives(LoginAnswer.class).audited(false)
                        .handle(call -> entra.login(call.body(EntraLogin.class).token(), call.address())),
                Route.get("read-sign-in-settings", SETTINGS).person(Permissions.SIGN_IN_READ)
                        .summary("Reads how people sign in with Entra ID.").gives(EntraSettings.class).versioned()
                        .handle(call -> versioned(settings.get())),
                Route.put("change-sign-in-settings", SETTINGS).person(Permissions.SIGN_IN_MANAGE)
                        .summary("Decides how people sign in with Entra ID; ends the sessions of those who did.")
                        .takes(EntraSettings.class, MOST_LONG_BYTES).gives(EntraSettings.class).versioned()
                        .handle(this::change),
                Route.post("check-sign-in", ENTRA + "/check").person(Permissions.SIGN_IN_READ)
                        .summary("Looks whether the vault reaches the authority and its keys.")
                        .gives(EntraCheck.class).audited(false).handle(call -> settings.check()));
    }

    private Reply change(Call call) {
        EntraSettings wanted = call.body(EntraSettings.class);
        call.audit(SignInSettings.describe(wanted));
        return versioned(settings.put(wanted, call.version()));
    }

    private static Reply versioned(SignInSettings.Versioned now) {
        return Reply.of(now.settings()).version(now.version());
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
