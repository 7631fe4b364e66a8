package org.holdfast.client.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;

import org.holdfast.client.Body;
import org.holdfast.client.Call;
import org.holdfast.client.ClientSettings;
import org.holdfast.client.ProxySettings;
import org.holdfast.protocol.common.Json;

/** Calls as requests of the platform's HTTP client. */
final class Requests {
    /** Slowest connection that large bodies are given time for, in bytes a second. */
    private static final long SLOWEST = 16 << 10;

    private final ClientSettings settings;

    Requests(ClientSettings settings) {
        this.settings = settings;
    }

    HttpRequest request(URI address, Call call) throws IOException {
        BodyPublisher body = body(call.body());
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(address + call.path()))
                .method(call.method(), body).timeout(timeout(call, body.contentLength()))
                .header("User-Agent", settings.program()).header("Accept", "application/json, */*;q=0.5");
        if (call.body() instanceof Body.Value) {
            builder.header("Content-Type", "application/json");
        }
        String token = settings.identity().bearer();
        if (token != null) {
            builder.header("Authorization", "Bearer " + token);
        }
        ProxySettings proxy = settings.proxy();
        if (proxy != null && proxy.user() != null) {
            // Sent with the first CONNECT: the platform's own way costs a refusal for each connection.
            String secret = proxy.user() + ":" + (proxy.password() == null ? "" : proxy.password());
            builder.header("Proxy-Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        }
        call.headers().forEach(builder::setHeader);
        return builder.build();
    }

    private Duration timeout(Call call, long length) {
        Duration limit = call.timeout() == null ? settings.timeout() : call.timeout();
        return length > 0 ? limit.plusSeconds(length / SLOWEST) : limit;
    }

    private static BodyPublisher body(Body body) throws IOException {
        return switch (body) {
            case Body.Nothing n -> BodyPublishers.noBody();
            case Body.Value v -> BodyPublishers.ofByteArray(Json.bytes(v.value()));
            case Body.Memory m -> BodyPublishers.ofByteArray(m.bytes(), m.offset(), m.length());
            case Body.File f -> Files.size(f.path()) == 0 ? BodyPublishers.noBody() : BodyPublishers.ofFile(f.path());
            case Body.Stream s -> s.length() == 0 ? BodyPublishers.noBody()
                    : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> open(s)), s.length());
        };
    }

    private static InputStream open(Body.Stream stream) {
        try {
            return stream.opener().open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
