package org.holdfast.client.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.client.Call;
import org.holdfast.client.ClientSettings;
import org.holdfast.client.Download;
import org.holdfast.client.ProxySettings;
import org.holdfast.client.RemoteException;
import org.holdfast.client.ResponseReader;

/** Sends calls, again where that is right. */
public final class Transport implements AutoCloseable {
    static {
        // The platform sends no Basic credentials to a proxy that tunnels, unless it is told so before its first use.
        // Between here and a proxy they are as open as with any other program; the tunnel itself is TLS.
        if (System.getProperty("jdk.http.auth.tunneling.disabledSchemes") == null) {
            System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        }
    }

    private final ClientSettings settings;
    private final Addresses addresses;
    private final Requests requests;
    private final HttpClient http;
    private final ScheduledExecutorService timer;
    private final Direct direct;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param settings of the client */
    public Transport(ClientSettings settings) {
        this.settings = settings;
        addresses = new Addresses(settings.addresses());
        requests = new Requests(settings);
        SSLContext tls = Tls.context(settings.trust(), settings.identity());
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(settings.connectTimeout())
                .sslContext(tls).sslParameters(Tls.parameters())
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        ProxySettings proxy = settings.proxy();
        builder.proxy(proxy == null ? HttpClient.Builder.NO_PROXY
                : ProxySelector.of(InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
        http = builder.build();
        timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("holdfast-client-timer").daemon().factory());
        direct = new Direct(settings, tls, timer);
    }

    /** Sends a call and hands its answer to a reader; several times when the connection breaks. */
    public <R> R send(Call call, ResponseReader<R> reader) {
        return send(call, reader, settings.timeout().toMillis());
    }

    /** @param stallMillis longest pause within the answer */
    <R> R send(Call call, ResponseReader<R> reader, long stallMillis) {
        int attempts = settings.retry().attempts() * addresses.count();
        for (int attempt = 1;; attempt++) {
            URI address = addresses.current();
            Duration later = null;
            try {
                return once(address, call, reader, stallMillis);
            } catch (IOException e) {
                HoldfastException refusal = Failures.refusal(address, e);
                if (refusal != null) {
                    throw refusal;
                }
                if (attempt >= attempts || !call.repeatable() && !Failures.beforeSending(e)) {
                    throw Failures.unreachable(address, e);
                }
                addresses.failed(address);
            } catch (RemoteException e) {
                boolean again = e.status() == 429 || e.status() == 503
                        || call.repeatable() && (e.status() == 502 || e.status() == 504);
                if (!again || attempt >= attempts) {
                    throw e;
                }
                later = e.retryAfter();
                if (e.status() != 429) {
                    addresses.failed(address);
                }
            }
            // Other addresses are tried at once, the whole list again after a pause.
            if (later != null || attempt % addresses.count() == 0) {
                pause(attempt / addresses.count(), later);
            }
        }
    }

    private <R> R once(URI address, Call call, ResponseReader<R> reader, long stallMillis) throws IOException {
        if (Direct.takes(call)) {
            return directly(address, call, reader, stallMillis);
        }
        HttpResponse<InputStream> response;
        try {
            if (isClosed()) {
                throw cancelled(null);
            }
            response = http.send(requests.request(address, call), BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled(e);
        } catch (IOException e) {
            if (isClosed()) {
                throw cancelled(e);
            }
            throw e;
        }
        try (InputStream body = new GuardedStream(body(response), stallMillis, timer)) {
            return answer(response.statusCode(), response.headers(), call.method().equals("HEAD") ? null : body,
                    reader);
        }
    }

    private <R> R directly(URI address, Call call, ResponseReader<R> reader, long stallMillis) throws IOException {
        if (isClosed()) {
            throw cancelled(null);
        }
        try {
            return direct.send(address, call, stallMillis, (status, headers, body) -> answer(status, headers, body,
                    reader));
        } catch (IOException e) {
            if (isClosed() || Thread.currentThread().isInterrupted()) {
                throw cancelled(e);
            }
            throw e;
        }
    }

    private static <R> R answer(int status, HttpHeaders headers, @Nullable InputStream body, ResponseReader<R> reader)
            throws IOException {
        if (status >= 200 && status < 300 || status == 304) {
            return reader.read(new Download(status, headers,
                    body == null ? InputStream.nullInputStream() : body));
        }
        throw Problems.of(status, headers, body);
    }

    /** A proxy's refusal of a tunnel comes without any. */
    private static InputStream body(HttpResponse<InputStream> response) {
        InputStream body = response.body();
        return body == null ? InputStream.nullInputStream() : body;
    }

    /** Whether {@link #close} was called. */
    boolean isClosed() {
        return closed.getCount() == 0;
    }

    private static HoldfastException cancelled(@Nullable Throwable cause) {
        return new HoldfastException(Problem.CANCELLED, "The call to the vault was given up.", "", cause);
    }

    /**
     * Waits before the next try.
     *
     * @param round how often the whole list has failed
     * @param asked what the vault asked for, or null
     */
    void pause(int round, @Nullable Duration asked) {
        Duration pause = pauseAfter(round);
        await(asked == null ? pause : pause.plus(asked));
    }

    /** How long to wait after the whole list has failed that often. */
    Duration pauseAfter(int round) {
        long first = settings.retry().firstPause().toMillis();
        long limit = Math.min(settings.retry().longestPause().toMillis(),
                first << Math.max(0, Math.min(round - 1, 20)));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(limit + 1));
    }

    /** Waits, unless this is closed. */
    void await(Duration time) {
        try {
            if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw cancelled(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled(e);
        }
    }

    /** Calls that are running end with an error. */
    @Override
    public void close() {
        closed.countDown();
        direct.close();
        http.shutdownNow();
        timer.shutdownNow();
    }
}
