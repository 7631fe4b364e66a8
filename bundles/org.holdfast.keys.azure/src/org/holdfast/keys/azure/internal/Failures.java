package org.holdfast.keys.azure.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;

import javax.net.ssl.SSLException;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.azure.AzureSettings;
import org.holdfast.azure.IdentityException;

/** What can go wrong with a Key Vault, each with its own words and what to do about it. */
final class Failures {
    private static final byte UNIQUE_LOCAL = (byte) 0xfc;

    private Failures() {
    }

    private static HoldfastException denied(String message, String advice, @Nullable Throwable cause) {
        return new HoldfastException(Problem.ACCESS_DENIED, message, advice, cause);
    }

    private static HoldfastException away(String message, String advice, @Nullable Throwable cause) {
        return new HoldfastException(Problem.STORE_UNAVAILABLE, message, advice, cause);
    }

    static HoldfastException identity(AzureSettings settings, IdentityException e) {
        if (e.isNone()) {
            return denied("This program has no identity in Azure: it looked for " + settings.explain() + ", and found"
                    + " none.",
                    "On a virtual machine or Arc server turn its managed identity on; elsewhere set"
                            + " AZURE_TENANT_ID, AZURE_CLIENT_ID and HOLDFAST_AZURE_SECRET_FILE (docs/azure.md).",
                    e);
        }
        return denied("Entra ID gives no token to " + settings.explain() + ": " + e.getMessage(),
                "Check tenant, application and its secret or certificate.", e);
    }

    static HoldfastException configuration(Exception e) {
        return new HoldfastException(Problem.INVALID_REQUEST, String.valueOf(e.getMessage()),
                "docs/azure.md lists the variables that say who this program is.", e);
    }

    static HoldfastException noEntra(IOException e) {
        return away("Entra ID cannot be reached, so there is no token for the Key Vault: " + e.getMessage(),
                "Allow outgoing HTTPS to the authority (login.microsoftonline.com for the public cloud); it has no"
                        + " private endpoint.",
                e);
    }

    static HoldfastException otherCloud(Place place, AzureSettings settings, String expected) {
        return new HoldfastException(Problem.INVALID_REQUEST, "'" + place.host() + "' is not in the cloud that this"
                + " program signs in to (" + settings.authority().getHost() + "): Key Vaults there are called *."
                + expected + ".",
                "Set HOLDFAST_AZURE_CLOUD to public, usgovernment or china, or give the address of a"
                        + " Key Vault in this cloud.");
    }

    static HoldfastException otherAuthority(Place place, String wants, String has) {
        return new HoldfastException(Problem.INVALID_REQUEST, "The Key Vault '" + place.host() + "' trusts "
                + wants + ", and this program signs in to " + has + ".",
                "Use an identity of the Key Vault's tenant and"
                        + " cloud: look at AZURE_TENANT_ID and HOLDFAST_AZURE_CLOUD.");
    }

    static HoldfastException noKeyVault(Place place, String what) {
        return new HoldfastException(Problem.INVALID_REQUEST, "'" + place.url() + "' does not answer as a Key Vault: "
                + what + ".", "Copy the 'Vault URI' from the overview of the Key Vault in the portal.");
    }

    static HoldfastException tokenRefused(Place place, String message) {
        if (message.contains("AKV10032")) {
            return denied("The Key Vault '" + place.host() + "' belongs to another tenant than this program's identity:"
                    + " " + message, "Use an identity of its tenant, or a Key Vault of yours.", null);
        }
        return denied("The Key Vault '" + place.host() + "' does not take the token: " + message,
                "Check this computer's clock, tenant and cloud.", null);
    }

    /** A refusal with 403. */
    static HoldfastException forbidden(Place place, String action, String inner, String message,
            AzureSettings settings) {
        String who = settings.explain();
        return switch (inner) {
            case "ForbiddenByFirewall" -> denied("The firewall of the Key Vault '" + place.host() + "' does not let"
                    + " this address in.",
                    "Add the address or subnet of this computer under Networking of the Key"
                            + " Vault, or use its private endpoint.",
                    null);
            case "ForbiddenByConnection" -> denied("The Key Vault '" + place.host() + "' takes connections from its"
                    + " private endpoint alone, and this one came from outside.",
                    "Let the name resolve to the private"
                            + " endpoint (DNS zone privatelink.vaultcore.azure.net), or allow public access.",
                    null);
            case "SecretDisabled", "KeyDisabled" -> denied("'" + place.id() + "' is disabled.",
                    "Enable that version in the Key Vault, or name another one.", null);
            case "AccessDenied", "ForbiddenByPolicy" -> denied("The access policies of the Key Vault '" + place.host()
                    + "' do not let " + who + " " + action + ".",
                    "Add the permission: az keyvault set-policy --name "
                            + first(place.host()) + " --spn CLIENT-ID --secret-permissions get set list recover"
                            + " --key-permissions get wrapKey unwrapKey",
                    null);
            case "ForbiddenByRbac" -> denied("No role on the Key Vault '" + place.host() + "' lets " + who + " "
                    + action + ".",
                    "Assign 'Key Vault Secrets Officer' (for key slots 'Key Vault Crypto User') to it on"
                            + " the Key Vault; a new role takes some minutes.",
                    null);
            default -> denied("The Key Vault '" + place.host() + "' does not let " + who + " " + action + ": "
                    + message, "Look at roles and networking of the Key Vault.", null);
        };
    }

    private static String first(String host) {
        return host.replaceAll("\\..*", "");
    }

    static HoldfastException softDeleted(Place place) {
        return new HoldfastException(Problem.INVALID_REQUEST, "A deleted secret '" + place.name() + "' is kept in the"
                + " Key Vault '" + place.host() + "'; until it is gone its name cannot be used.",
                "Bring it back: give"
                        + " --recover-secret, or az keyvault secret recover --vault-name " + first(place.host())
                        + " --name " + place.name(),
                null);
    }

    static HoldfastException vaultDeleted(Place place, @Nullable Throwable cause) {
        return away("The Key Vault '" + place.host() + "' is deleted and can be recovered.",
                "az keyvault recover --name " + first(place.host()) + ", or choose another one.", cause);
    }

    static HoldfastException throttled(Place place) {
        return away("The Key Vault '" + place.host() + "' has too much to do and goes on refusing.",
                "Try again in some minutes; do not register very many servers at once.", null);
    }

    static HoldfastException other(Place place, String action, int status, String code, String message) {
        return away("The Key Vault '" + place.host() + "' refused to " + action + " with " + status
                + (code.isEmpty() ? "" : " " + code) + (message.isEmpty() ? "" : ": " + message) + ".",
                "Look at the Key Vault in the portal.", null);
    }

    static HoldfastException notKept(Place place) {
        return away("What was read back from '" + place.id() + "' is not what was stored there.",
                "Use another Key Vault, and look at what is between it and this computer.", null);
    }

    /** No connection. */
    static HoldfastException connection(Place place, IOException e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof UnknownHostException || each instanceof UnresolvedAddressException) {
                return away("No Key Vault is called '" + place.host() + "': the name does not resolve.",
                        "Check the name. If the Key Vault was deleted, it can be brought back for its days of soft"
                                + " delete: az keyvault list-deleted, az keyvault recover --name "
                                + first(place.host()) + ". If it has a private endpoint, check this server's DNS.",
                        e);
            }
            if (each instanceof SSLException) {
                return away("The connection to '" + place.host() + "' is not trusted: " + each.getMessage(),
                        "Nothing between may replace its certificate; HOLDFAST_AZURE_CA names authorities to trust"
                                + " besides Java's.",
                        e);
            }
        }
        String why = e instanceof HttpTimeoutException ? "no answer in time"
                : e.getMessage() == null ? "the connection was refused or broke" : e.getMessage();
        return isPrivate(place.host())
                ? away("The private endpoint of the Key Vault '" + place.host() + "' cannot be reached: " + why + ".",
                        "Check the route from this network to the endpoint (peering, VPN) and its network security"
                                + " group, port 443.",
                        e)
                : away("The Key Vault '" + place.host() + "' cannot be reached: " + why + ".",
                        "Allow outgoing HTTPS to it, port 443.", e);
    }

    private static boolean isPrivate(String host) {
        try {
            for (InetAddress one : InetAddress.getAllByName(host)) {
                byte[] bytes = one.getAddress();
                boolean unique = bytes.length == 16 && (bytes[0] & 0xfe) == (UNIQUE_LOCAL & 0xff);
                if (!one.isSiteLocalAddress() && !one.isLoopbackAddress() && !unique) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
