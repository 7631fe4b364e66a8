package org.holdfast.azure;

import java.io.InterruptedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.identity.CredentialUnavailableException;

/** Says in a sentence what Azure, its SDK and the layers in between mean by a failure. */
public final class AzureErrors {
    // https://learn.microsoft.com/entra/identity-platform/reference-error-codes
    private static final Pattern ENTRA = Pattern.compile("AADSTS(\\d+)");

    private AzureErrors() {
    }

    /** Whether it is about who this program is, and not about what it asked for. */
    public static boolean isAuthentication(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof CredentialUnavailableException || each instanceof ClientAuthenticationException
                    || each.getClass().getName().startsWith("com.microsoft.aad.msal4j.")) {
                return true;
            }
        }
        return false;
    }

    /** Whether the thread was interrupted while it waited. */
    public static boolean isInterrupt(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof InterruptedException || each instanceof InterruptedIOException
                    && !(each instanceof java.net.SocketTimeoutException)) {
                return true;
            }
        }
        return false;
    }

    /** The answer of a service in a chain of failures, null when there was none. */
    public static @Nullable HttpResponseException response(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof HttpResponseException answer && answer.getResponse() != null) {
                return answer;
            }
        }
        return null;
    }

    /** What happened, in a line; no token or secret is in it. */
    public static String sentence(Throwable failure) {
        Throwable inner = failure;
        Throwable named = null;
        while (inner.getCause() != null && inner.getCause() != inner) {
            if (inner instanceof CredentialUnavailableException) {
                named = inner;
            }
            inner = inner.getCause();
        }
        String message = String.valueOf((named == null ? inner : named).getMessage());
        Matcher code = ENTRA.matcher(message);
        String line = message.lines().findFirst().orElse("").strip();
        if (line.isEmpty() || line.equals("null")) {
            line = inner.getClass().getSimpleName();
        }
        return code.find() ? advice(code.group(1)) + " (" + line + ")" : line;
    }

    private static String advice(String code) {
        return switch (code) {
            case "7000215" -> "The secret of the application is wrong: is it the value, and not its id?";
            case "7000222" -> "The secret of the application has expired: make a new one.";
            case "700016" -> "The application is not in that tenant: look at AZURE_CLIENT_ID and AZURE_TENANT_ID.";
            case "90002" -> "There is no such tenant: look at AZURE_TENANT_ID and the cloud.";
            case "700027" -> "The certificate is not one of the application's.";
            case "700213", "70021" -> "The application trusts no such workload: look at its federated credentials.";
            default -> "Entra ID refuses";
        };
    }
}
