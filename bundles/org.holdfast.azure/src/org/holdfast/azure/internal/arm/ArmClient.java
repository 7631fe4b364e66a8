package org.holdfast.azure.internal.arm;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.azure.AzureWatch;
import org.holdfast.azure.AzureAccess;
import org.holdfast.azure.AzureErrors;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Requests to Azure Resource Manager with the identity of this program: pages are joined, a busy service is asked again
 * when it says so, and what takes long there is followed to its end
 * (https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations). Thread-safe.
 */
public final class ArmClient {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpHeaderName ASYNC = HttpHeaderName.fromString("Azure-AsyncOperation");
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LONGEST_OPERATION = Duration.ofMinutes(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** Tokens are used until so long before their end. */
    private static final Duration RESERVE = Duration.ofMinutes(5);
    private static final int MAX_PAGES = 10_000;

    private final AzureAccess access;
    private final Cloud cloud;
    private final Clock clock;
    private @Nullable AccessToken token;

    /**
     * Asks nothing yet.
     *
     * @throws IllegalArgumentException when the environment names a resource manager that cannot be one
     */
    public ArmClient(AzureAccess access, Clock clock) {
        this.access = access;
        this.clock = clock;
        this.cloud = Cloud.of(access.settings());
    }

    Cloud cloud() {
        return cloud;
    }

    Clock clock() {
        return clock;
    }

    /** What an answer says. */
    private record Reply(int status, JsonNode body, String async, String location, Duration after) {
    }

    /** A resource, or null when it, or what it would be in, is not there. */
    @Nullable
    JsonNode find(String path, String version) {
        Reply reply = send(HttpMethod.GET, url(path, version), null, AzureWatch.none());
        if (isMissing(reply)) {
            return null;
        }
        return checked("to read " + name(path), reply).body();
    }

    /** A resource that has to be there. */
    JsonNode get(String path, String version) {
        return checked("to read " + name(path),
                send(HttpMethod.GET, url(path, version), null, AzureWatch.none())).body();
    }

    /** All elements of a list, over all its pages; empty when what it belongs to is not there. */
    List<JsonNode> list(String path, String version, String filter) {
        List<JsonNode> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        String next = url(path, version) + (filter.isEmpty() ? "" : "&$filter=" + encoded(filter));
        while (!next.isEmpty() && seen.size() < MAX_PAGES && seen.add(next)) {
            Reply reply = send(HttpMethod.GET, next, null, AzureWatch.none());
            if (isMissing(reply) && all.isEmpty()) {
                return all;
            }
            JsonNode body = checked("to list " + name(path), reply).body();
            body.path("value").forEach(all::add);
            String link = body.path("nextLink").asText("");
            next = link.isEmpty() ? "" : own(link);
        }
        return all;
    }

    /** Makes or replaces a resource and waits until it is there. */
    JsonNode put(String path, String version, ObjectNode body, AzureWatch watch) {
        return change(HttpMethod.PUT, "to make " + name(path), path, version, body, watch);
    }

    /** Changes a resource and waits until it is so. */
    JsonNode patch(String path, String version, ObjectNode body, AzureWatch watch) {
        return change(HttpMethod.PATCH, "to change " + name(path), path, version, body, watch);
    }

    /** Has something done, and waits until it is done. */
    JsonNode post(String path, String version, @Nullable ObjectNode body, AzureWatch watch) {
        return change(HttpMethod.POST, "to do " + name(path), path, version, body, watch);
    }

    private JsonNode change(HttpMethod method, String what, String path, String version, @Nullable ObjectNode body,
            AzureWatch watch) {
        String url = url(path, version);
        Reply first = checked(what, send(method, url, body, watch));
        boolean resource = method != HttpMethod.POST;
        long end = System.nanoTime() + LONGEST_OPERATION.toNanos();
        if (!first.async().isEmpty()) {
            return asynchronous(what, url, first, resource, end, watch);
        }
        if (first.status() == 202 && !first.location().isEmpty()) {
            return located(what, url, first, resource, end, watch);
        }
        Reply last = first;
        while (resource && isBusy(last.body())) {
            rest(what, end, last.after(), watch);
            last = checked(what, send(HttpMethod.GET, url, null, watch));
        }
        return ended(what, last.body());
    }

    /** The address in the header tells a state, which says nothing about the resource itself. */
    private JsonNode asynchronous(String what, String url, Reply first, boolean resource, long end,
            AzureWatch watch) {
        Reply last = first;
        while (true) {
            rest(what, end, last.after(), watch);
            last = checked(what, send(HttpMethod.GET, own(first.async()), null, watch));
            switch (last.body().path("status").asText("")) {
                case "Succeeded" -> {
                    if (resource) {
                        return get(url);
                    }
                    return first.location().isEmpty() ? last.body().path("properties")
                            : checked(what, send(HttpMethod.GET, own(first.location()), null, watch)).body();
                }
                case "Failed", "Canceled" -> throw ArmException.of(what, 409, last.body());
                default -> {
                    // not yet
                }
            }
        }
    }

    /** The address in the header answers 202 for as long as it takes. */
    private JsonNode located(String what, String url, Reply first, boolean resource, long end, AzureWatch watch) {
        Reply last = first;
        String where = first.location();
        while (last.status() == 202) {
            rest(what, end, last.after(), watch);
            last = checked(what, send(HttpMethod.GET, own(where), null, watch));
            where = last.location().isEmpty() ? where : last.location();
        }
        return ended(what, resource && last.body().isMissingNode() ? get(url) : last.body());
    }

    private JsonNode get(String url) {
        return checked("to read what was made", send(HttpMethod.GET, url, null, AzureWatch.none())).body();
    }

    private static JsonNode ended(String what, JsonNode body) {
        String state = body.path("properties").path("provisioningState").asText("");
        if (state.equals("Failed") || state.equals("Canceled")) {
            throw ArmException.of(what, 409, JSON.createObjectNode().put("code", "Provisioning" + state)
                    .put("message", "it was begun, and ended as '" + state + "'"));
        }
        return body;
    }

    private static boolean isBusy(JsonNode body) {
        String state = body.path("properties").path("provisioningState").asText("");
        return !Set.of("", "Succeeded", "Failed", "Canceled").contains(state);
    }

    private static void rest(String what, long end, Duration after, AzureWatch watch) {
        if (System.nanoTime() > end) {
            throw ArmException.of(what, 504, JSON.createObjectNode().put("message",
                    "it is not done after " + LONGEST_OPERATION.toMinutes() + " minutes"));
        }
        Pause.of(watch, what.replaceFirst("^to ", ""), after);
    }

    /** A subscription that cannot be seen is a mistake, and not something that could be made. */
    private static boolean isMissing(Reply reply) {
        return reply.status() == 404
                && !Bodies.text(reply.body(), "error/code").equals("SubscriptionNotFound");
    }

    private static Reply checked(String what, Reply reply) {
        if (reply.status() >= 300) {
            throw ArmException.of(what, reply.status(), reply.body());
        }
        return reply;
    }

    /** One request, and again for as long as the service is busy or away; other refusals are the caller's. */
    private Reply send(HttpMethod method, String url, @Nullable ObjectNode body, AzureWatch watch) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            watch.cancel().check();
            Duration wait;
            try {
                Reply reply = once(method, url, body);
                boolean passing = reply.status() == 429 || reply.status() == 503
                        || reply.status() >= 500 && method != HttpMethod.POST;
                wait = reply.after().compareTo(pause) > 0 || reply.status() == 429 ? reply.after() : pause;
                if (!passing || System.nanoTime() + wait.toNanos() > end) {
                    return reply;
                }
            } catch (IOException | RuntimeException e) {
                if (AzureErrors.isAuthentication(e)) {
                    throw ArmException.of("a token", 401,
                            JSON.createObjectNode().put("message", AzureErrors.sentence(e)));
                }
                wait = pause;
                if (method == HttpMethod.POST || System.nanoTime() + wait.toNanos() > end || !isNetwork(e)) {
                    throw ArmException.unreachable(name(url), AzureErrors.sentence(e), e);
                }
            }
            Pause.of(watch, "Azure is busy or cannot be reached", wait);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    /** What a wrong name or a wrong certificate says does not change by asking again. */
    private static boolean isNetwork(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof javax.net.ssl.SSLException || each instanceof java.net.UnknownHostException
                    || each instanceof java.net.ConnectException || each instanceof IllegalArgumentException) {
                return false;
            }
        }
        return true;
    }

    private Reply once(HttpMethod method, String url, @Nullable ObjectNode body) throws IOException {
        HttpRequest request = new HttpRequest(method, url)
                .setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token())
                .setHeader(HttpHeaderName.ACCEPT, "application/json")
                .setHeader(HttpHeaderName.USER_AGENT, "holdfast");
        if (body != null) {
            request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json").setBody(body.toString());
            // The transport counts for itself, and warns of everybody who does it, too.
            request.getHeaders().remove(HttpHeaderName.CONTENT_LENGTH);
        }
        try (HttpResponse response = access.http().sendSync(request, Context.NONE)) {
            var bytes = response.getBodyAsBinaryData();
            byte[] text = bytes == null ? new byte[0] : bytes.toBytes();
            return new Reply(response.getStatusCode(), parsed(text), header(response, ASYNC),
                    header(response, HttpHeaderName.LOCATION),
                    retryAfter(header(response, HttpHeaderName.RETRY_AFTER)));
        }
    }

    private static JsonNode parsed(byte[] text) {
        if (text.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            // A proxy on the way, for example; the status tells enough.
            return JSON.createObjectNode().put("message",
                    new String(text, 0, Math.min(200, text.length), StandardCharsets.UTF_8).strip());
        }
    }

    private static String header(HttpResponse response, HttpHeaderName name) {
        String value = response.getHeaderValue(name);
        return value == null ? "" : value;
    }

    /** RFC 9110, 10.2.3: seconds or a date; some seconds when there is nothing. */
    private Duration retryAfter(String text) {
        if (text.isEmpty()) {
            return Duration.ofSeconds(5);
        }
        try {
            Duration asked = text.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(clock.instant(),
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
            return asked.isNegative() ? Duration.ZERO : asked;
        } catch (DateTimeException e) {
            return Duration.ofSeconds(5);
        }
    }

    /** The token, until shortly before its end. */
    synchronized String token() {
        AccessToken known = token;
        Instant now = clock.instant();
        if (known == null || known.getExpiresAt().toInstant().minus(RESERVE).isBefore(now)) {
            known = access.credential().getTokenSync(new TokenRequestContext().addScopes(cloud.scope()));
            token = known;
        }
        return known.getToken();
    }

    private String url(String path, String version) {
        return cloud.management() + path.replace(" ", "%20") + (path.contains("?") ? "&" : "?") + "api-version="
                + version;
    }

    /** A link of an answer, when it leads to where tokens may be sent. */
    private String own(String link) {
        URI to = cloud.management().resolve(URI.create(link.replace(" ", "%20")));
        URI here = cloud.management();
        if (!"https".equals(to.getScheme()) || !String.valueOf(to.getHost()).equalsIgnoreCase(here.getHost())
                || to.getPort() != here.getPort()) {
            throw ArmException.of("to go on", 400, JSON.createObjectNode().put("message",
                    "the answer leads to " + to.getHost() + ", which must not see the token"));
        }
        return to.toString();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String name(String path) {
        String plain = path.replaceFirst("\\?.*$", "");
        String[] parts = plain.split("/");
        int n = parts.length;
        return n < 3 ? plain : parts[n - 2] + " '" + parts[n - 1] + "'";
    }
}
