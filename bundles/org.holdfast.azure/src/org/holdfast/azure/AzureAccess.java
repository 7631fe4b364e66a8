package org.holdfast.azure;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import org.eclipse.jdt.annotation.Nullable;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.AzureCliCredentialBuilder;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;

/**
 * The identity and the transport for all clients of the Azure SDK in a program. Both have to be handed to every
 * builder: the SDK would otherwise look for a transport with a service loader, which finds none inside a framework.
 */
public final class AzureAccess {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    /** No byte for so long means that nobody is there any more; a whole object may take much longer. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final AzureSettings settings;
    private final HttpClient http;
    private final @Nullable TokenCredential credential;

    /**
     * Makes no connection yet.
     *
     * @throws IOException when a file that the settings name is not what it should be
     */
    public AzureAccess(AzureSettings settings) throws IOException {
        this.settings = settings;
        this.http = transport(settings.trust());
        this.credential = credential(settings, http);
    }

    /** What it was made from. */
    public AzureSettings settings() {
        return settings;
    }

    /** The transport. */
    public HttpClient http() {
        return http;
    }

    /**
     * The identity.
     *
     * @throws IllegalStateException when there is only the key of an emulator
     */
    public TokenCredential credential() {
        TokenCredential known = credential;
        if (known == null) {
            throw new IllegalStateException("The key of an emulator is no identity in Entra ID.");
        }
        return known;
    }

    private static HttpClient transport(@Nullable Path trust) throws IOException {
        return new JdkHttpClientBuilder(jdk(trust)).connectionTimeout(CONNECT).writeTimeout(SILENCE)
                .responseTimeout(SILENCE)
                .readTimeout(SILENCE).build();
    }

    /** HTTP/1.1: storage speaks nothing else, and large bodies are faster without windows of streams. */
    static java.net.http.HttpClient.Builder jdk(@Nullable Path trust) throws IOException {
        var jdk = java.net.http.HttpClient.newBuilder().version(java.net.http.HttpClient.Version.HTTP_1_1);
        return trust == null ? jdk : jdk.sslContext(context(trust));
    }

    /**
     * Trusts what Java trusts, and the authorities in a file as well.
     *
     * @throws IOException when it cannot be read
     */
    public static SSLContext context(Path pem) throws IOException {
        try (InputStream in = new FileInputStream(pem.toFile())) {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int number = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                all.setCertificateEntry("own" + number++, each);
            }
            for (X509TrustManager manager : managers(null)) {
                for (X509Certificate each : manager.getAcceptedIssuers()) {
                    all.setCertificateEntry("java" + number++, each);
                }
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(all), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("The certificates in " + pem + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static X509TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        TrustManager[] all = factory.getTrustManagers();
        return Arrays.stream(all).filter(X509TrustManager.class::isInstance).toArray(X509TrustManager[]::new);
    }

    private static @Nullable TokenCredential credential(AzureSettings settings, HttpClient http) {
        return switch (settings.kind()) {
            case SECRET -> in(settings, http, new ClientSecretCredentialBuilder())
                    .clientSecret(settings.secret()).build();
            case CERTIFICATE -> certificate(settings, in(settings, http, new ClientCertificateCredentialBuilder()));
            case WORKLOAD -> in(settings, http, new WorkloadIdentityCredentialBuilder())
                    .tokenFilePath(String.valueOf(settings.tokenFile())).build();
            case MANAGED -> {
                var builder = new ManagedIdentityCredentialBuilder().httpClient(http);
                yield (settings.client().isEmpty() ? builder : builder.clientId(settings.client())).build();
            }
            case CLI -> {
                var builder = new AzureCliCredentialBuilder();
                yield (settings.tenant().isEmpty() ? builder : builder.tenantId(settings.tenant())).build();
            }
            case DEVELOPMENT_KEY -> null;
        };
    }

    private static TokenCredential certificate(AzureSettings settings, ClientCertificateCredentialBuilder builder) {
        String file = String.valueOf(settings.certificate());
        boolean pem = file.endsWith(".pem") || file.endsWith(".crt") || file.endsWith(".cer");
        String password = settings.certificatePassword();
        return (pem ? builder.pemCertificate(file)
                : builder.pfxCertificate(file).clientCertificatePassword(password == null ? "" : password)).build();
    }

    private static <B extends AadCredentialBuilderBase<B>> B in(AzureSettings settings, HttpClient http, B builder) {
        URI authority = settings.authority();
        builder.tenantId(settings.tenant()).clientId(settings.client()).authorityHost(authority.toString())
                .httpClient(http);
        // Asking Microsoft whether an authority is genuine makes no sense for one that is not Microsoft's.
        return settings.isMicrosoft() ? builder : builder.disableInstanceDiscovery();
    }
}
