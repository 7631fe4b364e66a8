package org.holdfast.azure.internal.arm;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;

import com.fasterxml.jackson.databind.JsonNode;

/** A refusal of Azure in its own words, with its code and what to do. */
final class ArmException extends HoldfastException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    private ArmException(Problem problem, int status, String code, String message, @Nullable Throwable cause) {
        super(problem, message, advice(status, code), cause);
        this.status = status;
        this.code = code;
    }

    /** Of an answer with an error in its body: {@code {"error": {"code", "message"}}} or without the outer object. */
    static ArmException of(String what, int status, JsonNode body) {
        JsonNode error = body.has("error") ? body.path("error") : body;
        String code = error.path("code").asText("");
        String message = error.path("message").asText("").lines().findFirst().orElse("").strip();
        Problem problem = status == 401 || status == 403 ? Problem.ACCESS_DENIED
                : status == 429 || status >= 500 ? Problem.STORE_UNAVAILABLE : Problem.INVALID_REQUEST;
        return new ArmException(problem, status, code, "Azure refuses " + what + ": "
                + (message.isEmpty() ? "status " + status : message) + (code.isEmpty() ? "" : " (" + code + ")"), null);
    }

    static ArmException unreachable(String what, String why, Throwable cause) {
        return new ArmException(Problem.STORE_UNAVAILABLE, 0, "", "Azure cannot be asked for " + what + ": " + why,
                cause);
    }

    int status() {
        return status;
    }

    boolean is(String other) {
        return code.equals(other);
    }

    // https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors
    private static String advice(int status, String code) {
        return switch (code) {
            case "AuthorizationFailed" -> "Have the role 'Contributor' given to this identity on the resource group, "
                    + "and 'Role Based Access Control Administrator' for role assignments.";
            case "InvalidAuthenticationToken", "ExpiredAuthenticationToken", "AuthenticationFailed" ->
                "The token does not count here: look at the cloud, the clock and the credential.";
            case "InvalidAuthenticationTokenTenant" -> "The subscription trusts another tenant: set AZURE_TENANT_ID.";
            case "SubscriptionNotFound", "InvalidSubscriptionId" ->
                "List the subscriptions that this identity sees with 'holdfast azure subscriptions'.";
            case "MissingSubscriptionRegistration" -> "Register the provider that is named, and run it again.";
            case "RequestDisallowedByPolicy" ->
                "A policy of the subscription forbids it: ask those who made the policy.";
            case "StorageAccountAlreadyTaken", "StorageAccountAlreadyExists" -> "Choose another name for the account.";
            case "SkuNotAvailable", "LocationNotAvailableForResourceType", "ZonesNotAvailableForRegion" ->
                "Choose another redundancy or another region.";
            case "ScopeLocked" -> "A lock on the group or the resource forbids it: have it taken off.";
            case "PrincipalNotFound" -> "Give the object id of the identity, and wait some minutes when it is new.";
            case "InvalidResourceGroupLocation" -> "The group is in another region; that does no harm, use its region.";
            default -> switch (status) {
                case 0 -> "Check the network with 'holdfast-agent check --azure', and run it again.";
                case 401 -> "Check the credential: see docs/azure.md.";
                case 403 -> "The identity lacks a right: ask the owner of the subscription.";
                case 429 -> "Azure is being asked too often by this subscription: wait some minutes.";
                default -> status >= 500 ? "Run it again; what was made stays." : "";
            };
        };
    }
}
