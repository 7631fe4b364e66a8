package org.holdfast.store.azure.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.spi.store.StoreFullException;
import org.holdfast.api.spi.store.remote.StoreUnavailableException;
import org.holdfast.azure.AzureErrors;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.storage.blob.models.BlobStorageException;

/** What the service says, in terms of stores. */
final class Failures {
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
    /** That an object is there already: by its own code, by the condition, or by the rights of a permit. */
    private static final Set<String> THERE = Set.of("BlobAlreadyExists", "ConditionNotMet", "UnauthorizedBlobOverwrite",
            "BlobImmutableDueToPolicy", "BlobArchived", "TargetConditionNotMet");
    private static final Set<String> LOCKED = Set.of("BlobImmutableDueToPolicy", "BlobImmutabilityPolicyExists",
            "ContainerImmutableDueToPolicy");

    private Failures() {
    }

    static int status(Throwable failure) {
        HttpResponseException answer = AzureErrors.response(failure);
        return answer == null ? 0 : answer.getResponse().getStatusCode();
    }

    static String code(Throwable failure) {
        HttpResponseException answer = AzureErrors.response(failure);
        if (answer instanceof BlobStorageException storage && storage.getErrorCode() != null) {
            return storage.getErrorCode().toString();
        }
        // HEAD has no body.
        String code = answer == null ? null
                : answer.getResponse().getHeaderValue(HttpHeaderName.fromString("x-ms-error-code"));
        return code == null ? "" : code;
    }

    static boolean isThere(Throwable failure) {
        int status = status(failure);
        return status == 412 || (status == 409 || status == 403) && THERE.contains(code(failure));
    }

    static boolean isMissing(Throwable failure) {
        return status(failure) == 404;
    }

    /** Whether the same request may have another answer soon. */
    static boolean isPassing(Throwable failure) {
        int status = status(failure);
        if (status == 400 && code(failure).equals("Md5Mismatch")) {
            return true;
        }
        return status == 0 ? !AzureErrors.isInterrupt(failure) && !AzureErrors.isAuthentication(failure)
                && !(failure instanceof Error) && !(failure instanceof IllegalArgumentException)
                : PASSING.contains(status);
    }

    /** How long the service wants to be left alone, in milliseconds; 0 when it does not say. */
    static long retryAfter(Throwable failure) {
        HttpResponseException answer = AzureErrors.response(failure);
        String text = answer == null ? null : answer.getResponse().getHeaderValue(HttpHeaderName.RETRY_AFTER);
        try {
            return text == null ? 0 : Math.multiplyExact(Long.parseLong(text.strip()), 1000L);
        } catch (ArithmeticException | NumberFormatException e) {
            // A date; the usual pause does then.
            return 0;
        }
    }

    /** The failure that a user of a store expects. */
    static IOException of(String name, Throwable failure) {
        if (failure instanceof IOException known && !(failure instanceof java.net.http.HttpTimeoutException)) {
            return known;
        }
        int status = status(failure);
        String code = code(failure);
        if (AzureErrors.isInterrupt(failure)) {
            Thread.currentThread().interrupt();
            return with(new InterruptedIOException("Waiting for storage was interrupted."), failure);
        }
        if (status == 404) {
            return with(new NoSuchFileException(name), failure);
        }
        if (status == 507) {
            return new StoreFullException("The storage account is full.", failure);
        }
        String denied = denied(status, code, failure);
        if (denied != null) {
            return with(new AccessDeniedException(name, null, denied), failure);
        }
        String said = status == 0 ? AzureErrors.sentence(failure) : "status " + status + " " + code;
        return isPassing(failure) ? new StoreUnavailableException("Azure storage: " + said, failure)
                : new IOException("Azure storage: " + said, failure);
    }

    private static @Nullable String denied(int status, String code, Throwable failure) {
        if (LOCKED.contains(code)) {
            return "it is locked against removal";
        }
        if (AzureErrors.isAuthentication(failure)) {
            return "no token for storage: " + AzureErrors.sentence(failure);
        }
        return status == 401 || status == 403 ? switch (code) {
            case "AuthorizationPermissionMismatch" -> "the identity may not do that: it needs the role Storage Blob "
                    + "Data Contributor on the container";
            case "AuthorizationFailure" -> "the firewall of the storage account does not let this machine in";
            case "KeyBasedAuthenticationNotPermitted" -> "the storage account takes no account keys";
            default -> "the storage account refuses (" + (code.isEmpty() ? "status " + status : code) + ")";
        } : null;
    }

    private static <E extends IOException> E with(E made, Throwable cause) {
        made.initCause(cause);
        return made;
    }
}
