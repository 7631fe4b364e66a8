package org.holdfast.azure;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.CredentialUnavailableException;

/**
 * Tokens and a transport for services of Azure that are called without the Azure SDK; nothing of the SDK shows. A token
 * is kept until shortly before it ends. Thread-safe.
 */
public final class AzureTokens {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    /** Looking for a managed identity takes this long where there is none. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Duration EARLY = Duration.ofMinutes(5);

    private final AzureSettings settings;
    private final AzureAccess access;
    private final HttpClient http;
    private final Map<String, AccessToken> known = new HashMap<>();

    /**
     * Makes no connection yet.
     *
     * @throws IOException when a file that the settings name is not what it should be
     */
    public AzureTokens(AzureSettings settings) throws IOException {
        this.settings = settings;
        this.access = new AzureAccess(settings);
        this.http = AzureAccess.jdk(settings.trust()).connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER).build();
    }

    /** What it was made from. */
    public AzureSettings settings() {
        return settings;
    }

    /** A transport that trusts what the settings say and follows no redirection. */
    public HttpClient http() {
        return http;
    }

    /**
     * A token for a service.
     *
     * @param resource whom it is for, for example {@code https://vault.azure.net}
     * @throws IdentityException when there is no identity, or it was refused
     * @throws IOException when Entra ID cannot be reached
     */
    public String token(String resource) throws IOException {
        synchronized (known) {
            AccessToken there = known.get(resource);
            if (there != null && there.getDurationUntilExpiration().compareTo(EARLY) > 0) {
                return there.getToken();
            }
        }
        AccessToken fresh = ask(resource);
        synchronized (known) {
            known.put(resource, fresh);
        }
        return fresh.getToken();
    }

    /** Forgets tokens: a service has refused one. */
    public void forget() {
        synchronized (known) {
            known.clear();
        }
    }

    private AccessToken ask(String resource) throws IOException {
        var context = new TokenRequestContext().addScopes(resource + "/.default");
        var task = new FutureTask<AccessToken>(() -> access.credential().getTokenSync(context));
        Thread.ofVirtual().name("holdfast-token").start(task);
        try {
            return task.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a token was asked for");
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new IdentityException("no answer within " + PATIENCE.toSeconds() + " seconds",
                    settings.kind() == CredentialKind.MANAGED, e);
        } catch (ExecutionException e) {
            throw translated(e);
        }
    }

    private IOException translated(ExecutionException e) {
        String sentence = AzureErrors.sentence(e);
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof CredentialUnavailableException) {
                return new IdentityException(sentence, true, e);
            }
        }
        return AzureErrors.isAuthentication(e) || sentence.contains("AADSTS")
                ? new IdentityException(sentence, false, e)
                : new IOException(sentence, e);
    }
}
