package org.holdfast.keys.azure.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.azure.AzureSettings;
import org.holdfast.azure.AzureTokens;
import org.holdfast.azure.IdentityException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Requests to Key Vaults: finds out whom they trust, sends a token for them and to them alone, tries again what may go
 * away by itself. Thread-safe.
 */
final class Calls {
    static final ObjectMapper JSON = new ObjectMapper();
    static final String VERSION = "api-version=7.4";
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final int TRIES = 6;
    private static final Pattern PARAMETER = Pattern.compile("(authorization|authorization_uri|resource|scope)"
            + "\\s*=\\s*\"([^\"]*)\"");
    /** Suffixes of Key Vaults by the authority of their cloud. */
    private static final Map<String, String> SUFFIXES = Map.of("login.microsoftonline.com", "vault.azure.net",
            "login.microsoftonline.us", "vault.usgovcloudapi.net", "login.chinacloudapi.cn", "vault.azure.cn");

    private final AzureTokens tokens;
    private final Duration unit;
    private final Map<String, String> resources = new ConcurrentHashMap<>();

    /** @param unit how long the first wait before another try is */
    Calls(AzureTokens tokens, Duration unit) {
        this.tokens = tokens;
        this.unit = unit;
    }

    AzureSettings settings() {
        return tokens.settings();
    }

    /** Refuses a place that this program must not show a token to. */
    static void requireCloud(Place place, AzureSettings settings) {
        String suffix = SUFFIXES.get(String.valueOf(settings.authority().getHost()));
        if (suffix != null && !place.host().endsWith("." + suffix)) {
            throw Failures.otherCloud(place, settings, suffix);
        }
    }

    /**
     * Sends a request.
     *
     * @param action what it is for, as the end of "does not let … "
     * @param path below the address of the vault, with its query
     * @param body JSON, or null
     * @return the body of the answer
     * @throws NoSuchFileException when there is no such thing
     */
    byte[] send(Place place, String action, String method, String path, byte @Nullable [] body) throws IOException {
        String resource = resource(place);
        boolean again = false;
        for (int attempt = 1;; attempt++) {
            HttpResponse<byte[]> answer;
            try {
                answer = exchange(place, method, path, body, token(resource));
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                if (attempt >= TRIES || !isPassing(e)) {
                    throw Failures.connection(place, e);
                }
                rest(attempt, null);
                continue;
            }
            int status = answer.statusCode();
            if (status / 100 == 2) {
                return answer.body();
            }
            if (status == 401 && !again) {
                // Rights of a token do not change while it lives; a fresh one may be what is missing.
                again = true;
                tokens.forget();
                continue;
            }
            if (isBusy(status) && attempt < TRIES) {
                rest(attempt, answer);
                continue;
            }
            throw failure(place, action, answer);
        }
    }

    private static boolean isBusy(int status) {
        return status == 408 || status == 429 || status >= 500 && status != 501;
    }

    private static boolean isPassing(IOException e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof java.net.UnknownHostException || each instanceof java.net.http.HttpTimeoutException
                    || each instanceof java.nio.channels.UnresolvedAddressException
                    || each instanceof javax.net.ssl.SSLException || each instanceof java.net.ConnectException) {
                return false;
            }
        }
        return true;
    }

    /** Waits as long as the service asks, or twice as long as before. */
    private void rest(int attempt, @Nullable HttpResponse<byte[]> answer) throws IOException {
        Duration wait = unit.multipliedBy(1L << attempt - 1);
        if (answer != null) {
            String after = answer.headers().firstValue("Retry-After").orElse("");
            if (after.matches("\\d{1,4}")) {
                wait = Duration.ofSeconds(Long.parseLong(after));
            }
        }
        Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        try {
            // Nobody counts it down: it is a wait that an interrupt ends.
            new CountDownLatch(1).await(bounded.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        var told = new InterruptedIOException("interrupted while a Key Vault was asked");
        told.initCause(e);
        return told;
    }

    private String token(String resource) throws IOException {
        try {
            return tokens.token(resource);
        } catch (IdentityException e) {
            throw Failures.identity(settings(), e);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw Failures.noEntra(e);
        }
    }

    private HttpResponse<byte[]> exchange(Place place, String method, String path, byte @Nullable [] body,
            @Nullable String token) throws IOException {
        var request = HttpRequest.newBuilder(URI.create(place.url() + path)).timeout(ANSWER).method(method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return tokens.http().send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Whom tokens for this vault have to be for, as it says itself when it is asked without one. */
    private String resource(Place place) throws IOException {
        String known = resources.get(place.authority());
        if (known != null) {
            return known;
        }
        requireCloud(place, settings());
        HttpResponse<byte[]> answer;
        for (int attempt = 1;; attempt++) {
            try {
                answer = exchange(place, "GET", "/secrets?maxresults=1&" + VERSION, null, null);
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                throw Failures.connection(place, e);
            }
            if (!isBusy(answer.statusCode()) || attempt == TRIES) {
                break;
            }
            rest(attempt, answer);
        }
        String challenge = answer.headers().firstValue("WWW-Authenticate").orElse("");
        if (answer.statusCode() != 401 || !challenge.startsWith("Bearer")) {
            if (answer.statusCode() == 403 || answer.statusCode() == 404 && isJson(answer)
                    || answer.statusCode() == 429) {
                throw failure(place, "look at it", answer);
            }
            throw Failures.noKeyVault(place, "it answered " + answer.statusCode() + " where a Key Vault asks for a"
                    + " token");
        }
        String resource = trusted(place, challenge);
        resources.put(place.authority(), resource);
        return resource;
    }

    private static boolean isJson(HttpResponse<byte[]> answer) {
        return !error(answer).path("code").asText().isEmpty();
    }

    /** Takes a challenge, when it is one that the program's identity can and should meet. */
    private String trusted(Place place, String challenge) {
        String authority = "";
        String resource = "";
        Matcher parameter = PARAMETER.matcher(challenge);
        while (parameter.find()) {
            String value = parameter.group(2);
            switch (parameter.group(1)) {
                case "resource" -> resource = value;
                case "scope" -> resource = value.replaceAll("/\\.default$", "");
                default -> authority = value;
            }
        }
        URI wants;
        URI whom;
        try {
            wants = URI.create(authority);
            whom = URI.create(resource);
        } catch (IllegalArgumentException e) {
            throw Failures.noKeyVault(place, "its challenge is not understood");
        }
        if (whom.getHost() == null || wants.getHost() == null) {
            throw Failures.noKeyVault(place, "its challenge names nobody that it trusts");
        }
        URI has = settings().authority();
        String suffix = SUFFIXES.get(String.valueOf(has.getHost()));
        // Whoever answers here must not be able to get a token for something else.
        if (suffix != null && !whom.getHost().equals(suffix)) {
            throw Failures.noKeyVault(place, "it asks for a token for " + whom);
        }
        if (!wants.getHost().equals(has.getHost())) {
            throw Failures.otherAuthority(place, wants.toString(), has.toString());
        }
        String tenant = settings().tenant();
        String its = String.valueOf(wants.getPath()).replaceAll("^/|/.*$", "");
        boolean bothIds = tenant.matches("[0-9a-fA-F-]{36}") && its.matches("[0-9a-fA-F-]{36}");
        if (bothIds && !tenant.equalsIgnoreCase(its)) {
            throw Failures.otherAuthority(place, "the tenant " + its, "the tenant " + tenant);
        }
        return resource;
    }

    private static JsonNode error(HttpResponse<byte[]> answer) {
        try {
            return JSON.readTree(answer.body()).path("error");
        } catch (IOException e) {
            return JSON.createObjectNode();
        }
    }

    private IOException failure(Place place, String action, HttpResponse<byte[]> answer) {
        JsonNode error = error(answer);
        String code = error.path("code").asText("");
        String inner = error.path("innererror").path("code").asText("");
        String message = error.path("message").asText("").lines().findFirst().orElse("");
        int status = answer.statusCode();
        if (code.contains("VaultNotFound") || inner.contains("VaultNotFound")
                || message.contains("vault") && inner.contains("Deleted") && status == 404) {
            throw Failures.vaultDeleted(place, null);
        }
        switch (status) {
            case 401 -> throw Failures.tokenRefused(place, message);
            case 403 -> throw Failures.forbidden(place, action, inner, message, settings());
            case 404 -> {
                if (code.endsWith("NotFound")) {
                    return new NoSuchFileException(place.id(), null, "there is none");
                }
                throw Failures.noKeyVault(place, "it does not know what a Key Vault knows");
            }
            case 409 -> {
                if (inner.equals("ObjectIsDeletedButRecoverable")) {
                    throw Failures.softDeleted(place);
                }
                throw Failures.other(place, action, status, inner.isEmpty() ? code : inner, message);
            }
            case 429 -> throw Failures.throttled(place);
            default -> throw Failures.other(place, action, status, inner.isEmpty() ? code : inner, message);
        }
    }
}
