package org.holdfast.vault.people.entra;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

import org.eclipse.jdt.annotation.Nullable;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;

/**
 * Where the keys of a tenant are published: its description (OpenID Connect Discovery 1.0) names the issuer and the
 * place of the keys (RFC 7517).
 *
 * @param address of the authority, with a slash at the end
 * @param tenant id of the tenant
 * @param ca certificates in PEM to trust besides those of Java, empty for none
 */
public record Authority(String address, String tenant, String ca) {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 1 << 20;
    private static final int LEAST_BITS = 2048;

    /**
     * What an authority publishes.
     *
     * @param issuer whose tokens these are
     * @param keys by id
     */
    record Published(String issuer, Map<String, RSAKey> keys) {
    }

    /** Asks for it. */
    Published read() throws IOException {
        try (HttpClient client = client()) {
            URI description = URI.create(address + tenant + "/v2.0/.well-known/openid-configuration");
            Map<String, Object> about = JSONObjectUtils.parse(get(client, description));
            String issuer = JSONObjectUtils.getString(about, "issuer");
            String keys = JSONObjectUtils.getString(about, "jwks_uri");
            if (issuer == null || !issuer.contains("/" + tenant + "/") || keys == null
                    || !keys.startsWith("https://")) {
                throw new IOException("what " + description + " answers is not the description of the tenant");
            }
            return new Published(issuer, keys(JWKSet.parse(get(client, URI.create(keys)))));
        } catch (ParseException | IllegalArgumentException e) {
            throw new IOException("the answer of " + address + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<String, RSAKey> keys(JWKSet set) throws IOException {
        Map<String, RSAKey> all = new HashMap<>();
        for (JWK each : set.getKeys()) {
            boolean signs = each.getKeyUse() == null || each.getKeyUse().equals(KeyUse.SIGNATURE);
            if (signs && each.getKeyID() != null && each instanceof RSAKey key && bits(key) >= LEAST_BITS) {
                all.put(each.getKeyID(), key.toPublicJWK());
            }
        }
        if (all.isEmpty()) {
            throw new IOException("there is no key among them that could be used");
        }
        return Map.copyOf(all);
    }

    private static int bits(RSAKey key) {
        try {
            return key.toRSAPublicKey().getModulus().bitLength();
        } catch (JOSEException e) {
            return 0; // not a key at all
        }
    }

    private static String get(HttpClient client, URI from) throws IOException {
        try {
            HttpResponse<InputStream> answer = client.send(
                    HttpRequest.newBuilder(from).timeout(ANSWER).header("Accept", "application/json").build(),
                    BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new IOException(from + " answers with status " + answer.statusCode());
                }
                byte[] bytes = body.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw new IOException(from + " answers with more than " + MOST_BYTES + " bytes");
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private HttpClient client() throws IOException {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1);
        return (ca.isEmpty() ? builder : builder.sslContext(context(ca))).build();
    }

    /**
     * Trusts what Java trusts, and certificates besides.
     *
     * @param pem certificates
     * @throws IOException when they cannot be read
     */
    public static SSLContext context(String pem) throws IOException {
        try {
            KeyStore all = KeyStore.getInstance("PKCS12");
            all.load(null, null);
            int number = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(
                    new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
                all.setCertificateEntry("own" + number++, each);
            }
            if (number == 0) {
                throw new IOException("there is no certificate");
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
            throw new IOException("the certificates cannot be read: " + e.getMessage(), e);
        }
    }

    private static X509TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers()).filter(X509TrustManager.class::isInstance)
                .toArray(X509TrustManager[]::new);
    }
}
