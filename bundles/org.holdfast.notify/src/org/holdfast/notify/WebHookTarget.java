package org.holdfast.notify;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLParameters;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.notify.TargetField;
import org.holdfast.api.policy.FieldProblem;
import org.holdfast.api.spi.notify.DeliveryException;
import org.holdfast.api.spi.notify.Notification;
import org.holdfast.api.spi.notify.NotificationTarget;
import org.holdfast.api.spi.notify.TargetConfiguration;
import org.holdfast.notify.internal.Loopback;
import org.holdfast.notify.internal.Reasons;
import org.holdfast.notify.internal.Trust;
import org.holdfast.protocol.common.Json;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Calls a program of others: {@code POST} of a JSON document over HTTPS, signed as
 * <a href="https://www.standardwebhooks.com">Standard Webhooks</a> say: {@code webhook-id}, {@code webhook-timestamp}
 * (Unix seconds) and {@code webhook-signature: v1,} with the base64 of HMAC-SHA256 over {@code id.timestamp.body}.
 * Redirects are not followed, and what comes back is not read. Thread-safe.
 */
@Component(service = NotificationTarget.class)
public final class WebHookTarget implements NotificationTarget {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ALL = Duration.ofSeconds(30);
    private static final int SHORTEST_SECRET = 16;
    private static final String PREFIX = "whsec_";
    private static final String SECRET = "secret";
    private static final String URL = "url";
    private static final String CA = "ca";
    private static final String ALLOW_HTTP = "allowHttp";
    /** They would be given for the same message again; everything else may be over later. */
    private static final Set<Integer> LASTING = Set.of(400, 410, 413, 415, 422);

    private final Duration patience;

    /** With the usual patience. */
    @Activate
    public WebHookTarget() {
        this(ALL);
    }

    /** @param patience how long one call may take */
    public WebHookTarget(Duration patience) {
        this.patience = patience;
    }

    /**
     * What is sent.
     *
     * @param type {@code alerts.raised}, {@code alerts.reminder}, {@code alerts.settled} or {@code test}
     * @param timestamp of this attempt
     * @param data the message
     */
    private record Payload(String type, java.time.Instant timestamp, Notification data) {
    }

    @Override
    public String kind() {
        return "web-hook";
    }

    @Override
    public List<TargetField> fields() {
        return List.of(TargetField.required(URL, "https address that is called"),
                TargetField.optional(CA, "certificates of the authorities that alone are trusted, as PEM"),
                TargetField.optional(ALLOW_HTTP, "true: plain http is possible to this machine itself"),
                TargetField.secret(SECRET, true, "key of the signatures: 16 characters or more, or whsec_ and base64"));
    }

    @Override
    public List<FieldProblem> check(TargetConfiguration configuration) {
        List<FieldProblem> found = new ArrayList<>();
        String problem = problem(configuration.setting(URL, ""), configuration.flag(ALLOW_HTTP));
        if (problem != null) {
            found.add(new FieldProblem(URL, problem));
        }
        String ca = configuration.setting(CA);
        if (ca != null && !Trust.isReadable(ca)) {
            found.add(new FieldProblem(CA, "There is no certificate in it."));
        }
        String secret = configuration.secret(SECRET);
        if (secret == null || secret.length() < SHORTEST_SECRET || key(secret) == null) {
            found.add(new FieldProblem(SECRET,
                    "The key of the signatures has 16 characters or more, or is whsec_ and base64."));
        }
        return found;
    }

    private static @Nullable String problem(String url, boolean allowHttp) {
        try {
            URI uri = new URI(url);
            String host = uri.getHost();
            if (host == null || uri.getUserInfo() != null || uri.getFragment() != null) {
                return "This is no address with a host, without user and fragment.";
            }
            if ("https".equalsIgnoreCase(uri.getScheme())) {
                return null;
            }
            boolean plain = "http".equalsIgnoreCase(uri.getScheme());
            return plain && allowHttp && Loopback.is(host) ? null
                    : "Only https is possible; plain http to this machine itself with allowHttp = true.";
        } catch (URISyntaxException e) {
            return "This is no address.";
        }
    }

    @Override
    public void deliver(TargetConfiguration configuration, Notification notification)
            throws DeliveryException, InterruptedException {
        String problem = problem(configuration.setting(URL, ""), configuration.flag(ALLOW_HTTP));
        byte[] key = key(Objects.requireNonNullElse(configuration.secret(SECRET), ""));
        if (problem != null || key == null) {
            throw DeliveryException.notNow("The settings are not complete.", null);
        }
        URI uri = URI.create(configuration.setting(URL, ""));
        String reason = notification.reason().name().toLowerCase(java.util.Locale.ROOT);
        byte[] body = Json.bytes(new Payload(notification.alerts().isEmpty() ? reason : "alerts." + reason,
                notification.time(), notification));
        long seconds = notification.time().getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(patience)
                .header("Content-Type", "application/json; charset=utf-8").header("User-Agent", "Holdfast")
                .header("webhook-id", notification.id()).header("webhook-timestamp", Long.toString(seconds))
                .header("webhook-signature", "v1," + sign(key, notification.id(), seconds, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        HttpClient client = client(configuration);
        try {
            judge(call(client, request), uri);
        } finally {
            client.shutdownNow();
        }
    }

    private HttpClient client(TargetConfiguration configuration) throws DeliveryException {
        try {
            SSLParameters tls = new SSLParameters();
            tls.setProtocols(new String[] { "TLSv1.3", "TLSv1.2" });
            return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT)
                    .followRedirects(HttpClient.Redirect.NEVER).sslContext(Trust.context(configuration.setting(CA)))
                    .sslParameters(tls).build();
        } catch (GeneralSecurityException e) {
            throw DeliveryException.notNow("The certificates of the authorities cannot be used.", e);
        }
    }

    /** The whole call within its time, whatever the other side does; of the answer only its head is waited for. */
    private HttpResponse<InputStream> call(HttpClient client, HttpRequest request)
            throws DeliveryException, InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> answer = client.sendAsync(request,
                HttpResponse.BodyHandlers.ofInputStream());
        try {
            HttpResponse<InputStream> head = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            head.body().close();
            return head;
        } catch (TimeoutException e) {
            throw DeliveryException.notNow(request.uri().getHost() + " does not answer in time.", e);
        } catch (ExecutionException e) {
            throw DeliveryException.notNow(Reasons.of(e.getCause(), request.uri().getHost()), e.getCause());
        } catch (IOException e) {
            throw DeliveryException.notNow(Reasons.of(e, request.uri().getHost()), e);
        } finally {
            answer.cancel(true);
        }
    }

    private static void judge(HttpResponse<?> answer, URI uri) throws DeliveryException {
        int status = answer.statusCode();
        if (status >= 200 && status < 300) {
            return;
        }
        String said = uri.getHost() + " answers with status " + status;
        if (status >= 300 && status < 400) {
            throw DeliveryException.refused(said + ": it wants to redirect to elsewhere, which is not followed.", null);
        }
        if (LASTING.contains(status)) {
            throw DeliveryException.refused(said + ".", null);
        }
        OptionalLong pause = retryAfter(answer);
        if (pause.isPresent()) {
            throw DeliveryException.notBefore(Duration.ofSeconds(pause.getAsLong()), said + ".");
        }
        throw DeliveryException.notNow(said + ".", null);
    }

    private static OptionalLong retryAfter(HttpResponse<?> answer) {
        String value = answer.headers().firstValue("Retry-After").orElse("");
        return value.matches("\\d{1,6}") ? OptionalLong.of(Math.max(1, Long.parseLong(value))) : OptionalLong.empty();
    }

    private static byte @Nullable [] key(String secret) {
        if (!secret.startsWith(PREFIX)) {
            return secret.isEmpty() ? null : secret.getBytes(StandardCharsets.UTF_8);
        }
        try {
            byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
            return key.length < SHORTEST_SECRET ? null : key;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String sign(byte[] key, String id, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime offers no HMAC-SHA256", e);
        }
    }
}
