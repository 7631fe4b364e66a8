package org.holdfast.azure.signin;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.signin.EntraTokens.Offer;
import org.holdfast.azure.AzureErrors;

import com.microsoft.aad.msal4j.MsalException;

/**
 * What the refusals of Entra ID mean for somebody who signs in, by the numbers in
 * <a href="https://learn.microsoft.com/entra/identity-platform/reference-error-codes">the reference</a>.
 */
final class Refusals {
    private static final Pattern NUMBER = Pattern.compile("AADSTS(\\d+)");
    private static final String AGAIN = "Sign in again.";

    private Refusals() {
    }

    /** A failure of MSAL or of the Azure SDK. */
    static HoldfastException of(Throwable failure, Offer offer) {
        String code = "";
        String message = "";
        boolean network = false;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof HoldfastException ours) {
                return ours;
            }
            if (each instanceof MsalException msal) {
                code = String.valueOf(msal.errorCode());
            }
            network |= each instanceof IOException;
            if (each.getMessage() != null && NUMBER.matcher(each.getMessage()).find()) {
                message = each.getMessage();
            }
        }
        Matcher number = NUMBER.matcher(message);
        if (number.find()) {
            return known(number.group(1), message.lines().findFirst().orElse(""), offer, failure);
        }
        String line = AzureErrors.sentence(failure);
        return switch (code) {
            case "code_expired", "expired_token" -> expired(failure);
            case "authorization_declined", "access_denied" -> declined(line, failure);
            case "invalid_authorization_result" -> refused("The browser came back without a sign-in, or not at all.",
                    "The page in the browser tells why. Sign in again and finish all of its steps.", failure);
            default -> network || !AzureErrors.isAuthentication(failure)
                    ? new HoldfastException(Problem.STORE_UNAVAILABLE, "Entra ID cannot be reached at "
                            + offer.authority() + ": " + line, "Check the network and the proxy.", failure)
                    : refused("Entra ID does not sign you in: " + line, AGAIN, failure);
        };
    }

    private static HoldfastException known(String number, String line, Offer offer, Throwable failure) {
        String app = offer.clientId();
        String tail = " (" + line + ")";
        return switch (number) {
            case "65001", "90094", "65004" -> refused("Nobody has consented to the application " + app + tail,
                    "An administrator of the tenant does it with: az ad app permission admin-consent --id " + app,
                    failure);
            case "50105", "501051" -> refused("You are not assigned to the application " + app + tail,
                    "Have one of its app roles assigned to you.", failure);
            case "50076", "50079", "50074", "50072", "50158", "500121", "50203", "16000" ->
                refused("Entra ID wants a second factor, and has not got it" + tail,
                        "Sign in again with the browser and finish all of its steps.", failure);
            case "53000", "53001", "53003", "530002", "530003", "530035" ->
                refused("A rule of the tenant (conditional access) does not allow this sign-in" + tail,
                        "Sign in from a computer that the tenant allows; many forbid device codes: use --browser.",
                        failure);
            case "50020", "50034", "51004" -> refused("That account is not in the tenant " + offer.tenant() + tail,
                    "Sign in with an account of that tenant, or have it invited.", failure);
            case "700016", "650057", "500011" -> refused("The application " + app + " is not in the tenant "
                    + offer.tenant() + tail, "Look at tenant and client id in the sign-in settings of the vault.",
                    failure);
            case "90002", "900023", "50059" -> refused("There is no tenant " + offer.tenant() + " at "
                    + offer.authority() + tail, "Look at the sign-in settings of the vault.", failure);
            case "7000218" -> refused("The application " + app + " does not allow public clients" + tail,
                    "az ad app update --id " + app + " --is-fallback-public-client true", failure);
            case "50011", "500113" -> refused("The application " + app + " does not know the address http://localhost"
                    + tail, "az ad app update --id " + app + " --public-client-redirect-uris http://localhost",
                    failure);
            case "70018" -> declined(line, failure);
            case "70019", "70020" -> expired(failure);
            case "70008", "70043", "700082", "50173", "50078", "700084", "50132", "50133" ->
                refused("The sign-in with Entra ID is over" + tail, AGAIN, failure);
            case "50057" -> refused("Your account in Entra ID is disabled" + tail, "Ask its administrator.", failure);
            case "500133", "700024", "50013" -> refused("Entra ID says that a time is wrong" + tail,
                    "Set the clock of this computer.", failure);
            default -> refused(AzureErrors.sentence(failure), "Look the number up in the documentation of Entra ID.",
                    failure);
        };
    }

    private static HoldfastException declined(String line, Throwable failure) {
        return refused("The sign-in was declined (" + line + ")", AGAIN, failure);
    }

    private static HoldfastException expired(Throwable failure) {
        return refused("The code has expired before it was used.", "Ask for a new one: sign in again.", failure);
    }

    private static HoldfastException refused(String message, String advice, Throwable failure) {
        return new HoldfastException(Problem.ACCESS_DENIED, message.endsWith(".") ? message : message + ".", advice,
                failure);
    }
}
