package org.holdfast.vault.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.vault.events.EventBus;
import org.holdfast.vault.events.Signals;
import org.holdfast.vault.http.internal.Pipeline;
import org.holdfast.vault.http.internal.RouteTable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTPS server of a node: one port for people, agents and monitoring. It does not listen before {@link #start()}.
 * Each request has a virtual thread and may wait in it. Bounds hold for everything that comes from outside: heads,
 * bodies, their time, connections. Stopping ends long polls at once and lets other requests finish.
 */
@Component(service = HttpServer.class)
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int HEAD = 8 << 10;
    private static final int BUFFER = 16 << 10;

    private final HttpSettings settings;
    private final Signals signals;
    private final EventBus bus;
    private final Server server;
    private final ServerConnector connector;
    private final RouteTable table;

    /**
     * Puts the server together.
     *
     * @throws IllegalArgumentException when routes contradict each other or name an unknown permission
     */
    @Activate
    public HttpServer(@Reference HttpSettings settings, @Reference TlsIdentity identity,
            @Reference Doorkeepers doorkeepers, @Reference IdempotencyStore idempotency, @Reference Signals signals,
            @Reference EventBus bus, @Reference RequestObserver observer,
            @Reference(cardinality = ReferenceCardinality.MULTIPLE) List<Endpoints> endpoints) {
        this.settings = settings;
        this.signals = signals;
        this.bus = bus;
        List<Route> routes = new ArrayList<>();
        endpoints.forEach(each -> routes.addAll(each.routes()));
        routes.add(Pipeline.document(this::routes));
        table = new RouteTable(routes);
        Pipeline.check(table, doorkeepers.authorizer());
        server = new Server(threads());
        connector = connector(identity);
        server.addConnector(connector);
        connector.addBean(new NetworkConnectionLimit(settings.connections(), connector));
        Pipeline pipeline = new Pipeline(connector.getScheduler(), settings.idle());
        connector.addBean(pipeline.guard());
        connector.addBean(pipeline.buffers());
        server.setHandler(new GracefulHandler(
                pipeline.handler(table, doorkeepers, idempotency, signals, observer)));
        server.setErrorHandler(pipeline.errors());
        server.setStopTimeout(settings.drain().toMillis());
        server.setStopAtShutdown(false);
        observer.connections(this::connections);
    }

    /** Begins to listen. */
    public void start() {
        try {
            server.start();
            LOG.info("listening on {}:{}", settings.host(), port());
        } catch (Exception e) {
            close();
            String where = settings.host() + ":" + settings.port();
            throw new HoldfastException(Problem.ACCESS_DENIED, "the vault cannot listen on " + where,
                    e instanceof IOException ? "Is the port taken by another program, or the address not of this host?"
                            : "",
                    e);
        }
    }

    /** The port it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** All routes. */
    public List<Route> routes() {
        return table.routes();
    }

    /** How many connections are open. */
    public int connections() {
        return connector.getConnectedEndPoints().size();
    }

    /** Stops: no new requests, long polls end at once, running requests may finish. */
    @Deactivate
    @Override
    public void close() {
        signals.close();
        bus.close();
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("some requests did not end in time", e);
        }
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool pool = new QueuedThreadPool(32, 4);
        pool.setName("http");
        pool.setVirtualThreadsExecutor(
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory()));
        return pool;
    }

    private ServerConnector connector(TlsIdentity identity) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(HEAD);
        http.setResponseHeaderSize(HEAD);
        // it would be 24 KiB of tables for each connection, to save agents' few headers from being parsed again
        http.setHeaderCacheSize(0);
        http.setInputBufferSize(BUFFER);
        http.setOutputBufferSize(BUFFER);
        http.setUriCompliance(UriCompliance.DEFAULT);
        http.setUseInputDirectByteBuffers(false);
        http.setUseOutputDirectByteBuffers(false);
        http.addCustomizer(new SecureRequestCustomizer(false));
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        SslConnectionFactory tls = new SslConnectionFactory(Pipeline.tls(identity), plain.getProtocol());
        tls.setDirectBuffersForEncryption(false);
        tls.setDirectBuffersForDecryption(false);
        ServerConnector made = new ServerConnector(server, null, null, null, 1, 2, tls, plain);
        made.setHost(settings.host());
        made.setPort(settings.port());
        // longer than clients keep connections, so that they rarely send into one that is being closed
        made.setIdleTimeout(settings.idle().toMillis() * 3 / 2);
        made.setAcceptQueueSize(1024);
        made.setShutdownIdleTimeout(1000);
        return made;
    }
}
