package org.holdfast.api.spi.signin;

import java.net.URI;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;

/**
 * Gets access tokens of Entra ID for the application that stands for a vault. Every method waits, for a person or for
 * the authority, and ends with {@link org.holdfast.api.Problem#CANCELLED} soon after it is cancelled. Refusals say in
 * the person's words what Entra ID means and what to do. Thread-safe.
 */
public interface EntraTokens {
    /**
     * What a vault offers.
     *
     * @param authority where to sign in
     * @param tenant id of the tenant
     * @param clientId id of the application
     */
    record Offer(String authority, String tenant, String clientId) {
        /** The only scope that is asked for: the application's own. */
        public String scope() {
            return clientId + "/.default";
        }
    }

    /**
     * A code to be typed on any device with a browser.
     *
     * @param code to be typed
     * @param page where to type it
     * @param seconds until it expires
     */
    record DeviceCode(String code, String page, long seconds) {
    }

    /**
     * A token.
     *
     * @param accessToken for the vault
     * @param account name of the account, may be empty
     * @param cache what {@link #renew} needs, a secret like a password; null when nothing is to be kept
     */
    record Tokens(String accessToken, String account, @Nullable String cache) {
        @Override
        public String toString() {
            return "Tokens[" + account + "]";
        }
    }

    /**
     * Signs a person in with a browser on this computer: authorization code with PKCE, answered to this computer alone.
     *
     * @param open shows a page in the browser
     * @throws HoldfastException when it is refused
     */
    Tokens browser(Offer offer, Consumer<URI> open, CancelToken cancel);

    /**
     * Signs a person in who types a code elsewhere.
     *
     * @param show tells the person
     * @throws HoldfastException when it is refused, or the code expires
     */
    Tokens deviceCode(Offer offer, Consumer<DeviceCode> show, CancelToken cancel);

    /**
     * A new token without a question.
     *
     * @param cache of the last one
     * @throws HoldfastException with ACCESS_DENIED when the person has to sign in again
     */
    Tokens renew(Offer offer, String cache, CancelToken cancel);

    /**
     * The token of this program's own identity: managed identity, secret, certificate or workload, as the environment
     * says.
     *
     * @throws HoldfastException when it has none, or is refused
     */
    Tokens own(Offer offer);
}
