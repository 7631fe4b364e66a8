package org.holdfast.vault.http.internal;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;
import org.holdfast.protocol.common.Json;
import org.holdfast.vault.events.Signals;
import org.holdfast.vault.http.Access;
import org.holdfast.vault.http.Authorizer;
import org.holdfast.vault.http.Doorkeepers;
import org.holdfast.vault.http.IdempotencyStore;
import org.holdfast.vault.http.Reply;
import org.holdfast.vault.http.RequestObserver;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.http.TlsIdentity;
import org.holdfast.vault.http.internal.document.OpenApi;

/** Makes the parts that a request goes through. */
public final class Pipeline {
    private final ConnectionGuard guard;
    private final RequestBuffers buffers = new RequestBuffers();

    /** @param patience how long the head of a request may take */
    public Pipeline(Scheduler scheduler, Duration patience) {
        guard = new ConnectionGuard(scheduler, patience);
    }

    /** What closes slow connections; to be managed by the connector. */
    public LifeCycle guard() {
        return guard;
    }

    /** What keeps the memory of connections small; to be told of them by the connector. */
    public Connection.Listener buffers() {
        return buffers;
    }

    /** What answers when no route could. */
    public Request.Handler errors() {
        return new ProblemErrors();
    }

    /** TLS with the node's identity. */
    public static SslContextFactory.Server tls(TlsIdentity identity) {
        return Tls.factory(identity);
    }

    /** The route that gives the OpenAPI document of all routes, itself included. */
    public static Route document(Supplier<List<Route>> routes) {
        AtomicReference<byte @Nullable []> made = new AtomicReference<>();
        return Route.get("read-openapi", "/api/v1/openapi.json").open().summary("Gives this document.")
                .givesBytes("application/json").handle(call -> {
                    byte[] document = made.get();
                    if (document == null) {
                        document = Json.bytes(OpenApi.of(routes.get()));
                        made.set(document);
                    }
                    return Reply.bytes("application/json", document);
                });
    }

    /** The way of every request. */
    public Handler handler(RouteTable table, Doorkeepers doorkeepers, IdempotencyStore idempotency, Signals signals,
            RequestObserver observer) {
        Gate gate = new Gate(doorkeepers.people(), doorkeepers.agents(), doorkeepers.authorizer());
        Router router = new Router(table, gate, doorkeepers.audit(), signals, new Repetitions(idempotency),
                new AccessLog(), observer);
        return new Handler.Wrapper(router) {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                guard.arrived(request);
                buffers.arrived(request);
                return super.handle(request, response, callback);
            }
        };
    }

    /** @throws IllegalArgumentException when a route names a permission that does not exist */
    public static void check(RouteTable table, Authorizer authorizer) {
        for (Route route : table.routes()) {
            if (route.access() instanceof Access.Person(String permission) && !authorizer.knows(permission)) {
                throw new IllegalArgumentException(route + " wants the unknown permission " + permission);
            }
        }
    }
}
