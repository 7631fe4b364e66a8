package org.holdfast.console.client.fleet;

import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.signin.EntraTokens;
import org.holdfast.api.spi.signin.EntraTokens.DeviceCode;
import org.holdfast.api.spi.signin.EntraTokens.Offer;
import org.holdfast.api.spi.signin.EntraTokens.Tokens;
import org.holdfast.client.Call;
import org.holdfast.client.RemoteException;
import org.holdfast.client.VaultClient;
import org.holdfast.console.client.fleet.TokenStore.Token;
import org.holdfast.protocol.people.EntraLogin;
import org.holdfast.protocol.people.EntraOffer;
import org.holdfast.protocol.people.LoginAnswer;
import org.holdfast.protocol.people.SignInMethods;

/** Signs in to vault servers with Entra ID. Every method waits. */
final class EntraSignIns {
    private final AtomicReference<@Nullable EntraTokens> tokens = new AtomicReference<>();

    /** Takes what gets tokens from now on. */
    void use(EntraTokens other) {
        tokens.set(other);
    }

    /** Does without it, unless there is another one already. */
    void drop(EntraTokens gone) {
        tokens.compareAndSet(gone, null);
    }

    /** The ways in which a vault server lets people in, and this console can. */
    SignInMethods methods(String address, String fingerprint) {
        try (VaultClient client = Clients.nobody(address, fingerprint)) {
            SignInMethods all = client.get(Caller.path("sign-in", "methods"), SignInMethods.class);
            return tokens.get() == null ? new SignInMethods(all.password(), null) : all;
        } catch (RemoteException e) {
            if (e.status() == 404) {
                return new SignInMethods(true, null); // an older vault server
            }
            throw e;
        }
    }

    /** With the browser of this computer. */
    EntraSession browser(String address, String fingerprint, EntraOffer offered, Consumer<URI> open,
            CancelToken cancel) {
        Offer offer = checked(offered);
        return exchange(address, fingerprint, offer, required().browser(offer, open, cancel));
    }

    /** With a code that is typed elsewhere. */
    EntraSession deviceCode(String address, String fingerprint, EntraOffer offered, Consumer<DeviceCode> show,
            CancelToken cancel) {
        Offer offer = checked(offered);
        return exchange(address, fingerprint, offer, required().deviceCode(offer, show, cancel));
    }

    /** A new session without a question. */
    Token renew(SavedConnection at, EntraGrant grant) {
        EntraSession fresh = exchange(at.address(), at.fingerprint(), grant.offer(),
                required().renew(grant.offer(), grant.cache(), new CancelToken()));
        if (!fresh.login().user().equals(at.user())) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "Entra ID knows somebody else now: "
                    + fresh.login().user() + ".", "Sign in again.");
        }
        return new Token(fresh.login().token(), fresh.login().expires(), fresh.grant());
    }

    private static EntraSession exchange(String address, String fingerprint, Offer offer, Tokens token) {
        try (VaultClient client = Clients.nobody(address, fingerprint)) {
            LoginAnswer login = client.send(Call.post(Caller.path("sign-in", "entra"),
                    new EntraLogin(token.accessToken())).once(), LoginAnswer.class).body();
            String cache = token.cache();
            return new EntraSession(login, cache == null ? null
                    : new EntraGrant(offer.authority(), offer.tenant(), offer.clientId(), cache));
        }
    }

    private static Offer checked(EntraOffer offered) {
        Offer offer = new Offer(offered.authority(), offered.tenant(), offered.clientId());
        if (!offer.scope().equals(offered.scope())) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "The vault asks for a token for something else: "
                    + offered.scope() + ".", "Somebody may have changed it; tell its administrator.");
        }
        return offer;
    }

    private EntraTokens required() {
        EntraTokens there = tokens.get();
        if (there == null) {
            throw new HoldfastException(Problem.STORE_UNAVAILABLE, "This console cannot sign in with Entra ID.",
                    "Install the part of Holdfast for Azure.");
        }
        return there;
    }
}
