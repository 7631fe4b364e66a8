package org.holdfast.vault.http.internal;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.server.Request;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.events.Signals;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Caller;
import org.holdfast.vault.http.Route;

/** A call over a request of Jetty. Used by one thread. */
final class HttpCall implements Call {
    private final Request request;
    private final Route route;
    private final Map<String, String> variables;
    private final Map<String, List<String>> query;
    private final Signals signals;
    private final String address;
    private Caller caller = new Caller.Nobody();
    private Predicate<String> permissions = permission -> false;
    private @Nullable Object body;
    private @Nullable BoundedInput stream;
    private long version;
    private @Nullable String auditDetail;

    HttpCall(Request request, RouteTable.Match match, Map<String, List<String>> query, Signals signals) {
        this.request = request;
        this.route = Objects.requireNonNull(match.route());
        this.variables = match.variables();
        this.query = query;
        this.signals = signals;
        this.address = Request.getRemoteAddr(request);
    }

    void caller(Caller proven, Predicate<String> allowed) {
        caller = proven;
        permissions = allowed;
    }

    @Override
    public boolean allows(String permission) {
        return permissions.test(permission);
    }

    void body(Object read) {
        body = read;
    }

    void version(long wanted) {
        version = wanted;
    }

    @Nullable
    String auditDetail() {
        return auditDetail;
    }

    @Override
    public Route route() {
        return route;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public Caller.Person person() {
        return (Caller.Person) caller;
    }

    @Override
    public Caller.Agent agent() {
        return (Caller.Agent) caller;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public String path(String variable) {
        return Objects.requireNonNull(variables.get(variable), () -> route + " has no " + variable);
    }

    @Override
    public Optional<String> query(String name) {
        List<String> values = query.get(name);
        return values == null ? Optional.empty() : Optional.of(values.getLast());
    }

    @Override
    public long query(String name, long otherwise, long least, long most) {
        Optional<String> text = query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw Refusal.invalid(name, "\"" + name + "\" must be a whole number from " + least + " to " + most + ".");
    }

    @Override
    public ListRequest list() {
        int limit = (int) query("limit", ListRequest.DEFAULT_LIMIT, 1, ListRequest.MAX_LIMIT);
        return new ListRequest(limit, query("after").orElse(null), query("sort").orElse(""),
                query.getOrDefault("filter", List.of()));
    }

    @Override
    public <T> T body(Class<T> type) {
        return type.cast(Objects.requireNonNull(body, () -> route + " takes no record"));
    }

    @Override
    public InputStream stream() {
        BoundedInput opened = stream;
        if (opened == null) {
            long length = length();
            if (length > route.maxBody()) {
                throw BoundedInput.tooLarge(route.maxBody());
            }
            opened = new BoundedInput(Request.asInputStream(request), route.maxBody());
            stream = opened;
        }
        return opened;
    }

    @Override
    public long length() {
        return request.getLength();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public <T> @Nullable T await(String signal, Duration patience, Supplier<@Nullable T> condition) {
        try {
            return signals.await(signal, patience, condition);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void audit(String detail) {
        auditDetail = detail;
    }
}
