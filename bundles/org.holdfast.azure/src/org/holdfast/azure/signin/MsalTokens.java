package org.holdfast.azure.signin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.spi.signin.EntraTokens;
import org.holdfast.azure.AzureAccess;
import org.holdfast.azure.AzureSettings;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.microsoft.aad.msal4j.DeviceCodeFlowParameters;
import com.microsoft.aad.msal4j.IAccount;
import com.microsoft.aad.msal4j.IAuthenticationResult;
import com.microsoft.aad.msal4j.ITokenCacheAccessAspect;
import com.microsoft.aad.msal4j.ITokenCacheAccessContext;
import com.microsoft.aad.msal4j.InteractiveRequestParameters;
import com.microsoft.aad.msal4j.Prompt;
import com.microsoft.aad.msal4j.PublicClientApplication;
import com.microsoft.aad.msal4j.SilentParameters;
import com.microsoft.aad.msal4j.SystemBrowserOptions;

/**
 * Tokens of Entra ID by <a href="https://github.com/AzureAD/microsoft-authentication-library-for-java">MSAL</a>. People
 * are sent to Microsoft's clouds, and to another authority only when this program's environment names the same one: a
 * vault must not be able to show a page of its own that asks for passwords.
 */
@Component(service = EntraTokens.class)
public final class MsalTokens implements EntraTokens {
    private static final Set<String> MICROSOFT = Set.of("https://login.microsoftonline.com/",
            "https://login.microsoftonline.us/", "https://login.chinacloudapi.cn/",
            "https://login.partner.microsoftonline.cn/");
    private static final String AUTHORITY = "AZURE_AUTHORITY_HOST";
    private static final String CA = "HOLDFAST_AZURE_CA";
    /** For so long a browser may take. */
    private static final int PATIENCE_SECONDS = 600;
    private static final long LOOK_MILLIS = 200;
    private static final String DONE = "<html><body><h1>Holdfast</h1><p>You are signed in; this page can be closed."
            + "</p></body></html>";

    private final Map<String, String> variables;

    /** With the environment of this process. */
    @Activate
    public MsalTokens() {
        this(System.getenv());
    }

    /** @param variables environment: {@code AZURE_AUTHORITY_HOST}, {@code HOLDFAST_AZURE_CA} and who the program is */
    public MsalTokens(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    @Override
    public Tokens browser(Offer offer, Consumer<URI> open, CancelToken cancel) {
        return people(offer, null, cancel, client -> client.acquireToken(InteractiveRequestParameters
                .builder(URI.create("http://localhost")).scopes(Set.of(offer.scope())).prompt(Prompt.SELECT_ACCOUNT)
                .httpPollingTimeoutInSeconds(PATIENCE_SECONDS)
                // Its own page tells error and description of a refusal, and nobody else is told.
                .systemBrowserOptions(SystemBrowserOptions.builder().htmlMessageSuccess(DONE)
                        .openBrowserAction(url -> {
                            try {
                                open.accept(url.toURI());
                            } catch (URISyntaxException e) {
                                throw new IllegalArgumentException(e);
                            }
                        }).build())
                .build()));
    }

    @Override
    public Tokens deviceCode(Offer offer, Consumer<DeviceCode> show, CancelToken cancel) {
        return people(offer, null, cancel,
                client -> client.acquireToken(DeviceCodeFlowParameters
                        .builder(Set.of(offer.scope()), code -> show
                                .accept(new DeviceCode(code.userCode(), code.verificationUri(), code.expiresIn())))
                        .build()));
    }

    @Override
    public Tokens renew(Offer offer, String cache, CancelToken cancel) {
        return people(offer, cache, cancel, client -> {
            IAccount account = client.getAccounts().get().stream().findFirst().orElseThrow(
                    () -> new HoldfastException(Problem.ACCESS_DENIED, "Nobody is signed in to Entra ID any more.",
                            "Sign in again."));
            // Named again, since an account remembers the host alone, without its port.
            return client.acquireTokenSilently(SilentParameters.builder(Set.of(offer.scope()), account)
                    .authorityUrl(offer.authority() + offer.tenant() + "/").forceRefresh(true).build());
        });
    }

    @Override
    public Tokens own(Offer offer) {
        requireKnown(offer);
        try {
            var access = new AzureAccess(AzureSettings.of(variables));
            AccessToken token = access.credential()
                    .getTokenSync(new TokenRequestContext().addScopes(offer.scope()));
            return new Tokens(token.getToken(), access.settings().explain(), null);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, String.valueOf(e.getMessage()),
                    "docs/azure.md lists the variables that say who a program is.", e);
        } catch (IOException | RuntimeException e) {
            throw Refusals.of(e, offer);
        }
    }

    /** Something that MSAL does. */
    @FunctionalInterface
    private interface Flow {
        CompletableFuture<IAuthenticationResult> begin(PublicClientApplication client)
                throws InterruptedException, ExecutionException, MalformedURLException;
    }

    private Tokens people(Offer offer, @Nullable String before, CancelToken cancel, Flow flow) {
        requireKnown(offer);
        Cache cache = new Cache(before);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var builder = PublicClientApplication.builder(offer.clientId())
                    .authority(offer.authority() + offer.tenant() + "/").setTokenCacheAccessAspect(cache)
                    .executorService(threads);
            if (!MICROSOFT.contains(offer.authority())) {
                // Asking Microsoft whether an authority is genuine makes no sense for one that is not Microsoft's.
                builder.validateAuthority(false).instanceDiscovery(false);
            }
            String trust = variables.getOrDefault(CA, "").strip();
            if (!trust.isEmpty()) {
                builder.sslSocketFactory(AzureAccess.context(Path.of(trust)).getSocketFactory());
            }
            IAuthenticationResult result = await(flow.begin(builder.build()), cancel);
            return new Tokens(result.accessToken(), result.account() == null ? "" : result.account().username(),
                    cache.text);
        } catch (ExecutionException e) {
            throw Refusals.of(e, offer);
        } catch (IOException e) {
            throw Refusals.of(e, offer);
        } catch (InterruptedException | CancellationException e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new HoldfastException(Problem.CANCELLED, "The sign-in was cancelled.", "", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static IAuthenticationResult await(CompletableFuture<IAuthenticationResult> question, CancelToken cancel)
            throws InterruptedException, ExecutionException {
        try {
            while (true) {
                if (cancel.isCancelled()) {
                    throw new CancellationException();
                }
                try {
                    return question.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    continue; // a person takes their time
                }
            }
        } finally {
            // MSAL stops asking, and listening, when its future is over.
            question.cancel(true);
        }
    }

    private void requireKnown(Offer offer) {
        String own = variables.getOrDefault(AUTHORITY, "").strip();
        own = own.endsWith("/") ? own : own + "/";
        if (!MICROSOFT.contains(offer.authority()) && !own.equals(offer.authority())) {
            throw new HoldfastException(Problem.ACCESS_DENIED, "The vault sends people to " + offer.authority()
                    + " to sign in, which is not Microsoft's.",
                    "If that is right, set the variable " + AUTHORITY + " to it.");
        }
    }

    /** Keeps what MSAL keeps as a text. */
    private static final class Cache implements ITokenCacheAccessAspect {
        private volatile @Nullable String text;

        Cache(@Nullable String before) {
            text = before;
        }

        @Override
        public void beforeCacheAccess(@Nullable ITokenCacheAccessContext context) {
            String now = text;
            if (now != null && context != null) {
                context.tokenCache().deserialize(now);
            }
        }

        @Override
        public void afterCacheAccess(@Nullable ITokenCacheAccessContext context) {
            if (context != null && context.hasCacheChanged()) {
                text = context.tokenCache().serialize();
            }
        }
    }
}
