package org.holdfast.vault.http.internal.system;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.MetricSource;
import org.holdfast.vault.http.Reply;
import org.holdfast.vault.http.RequestObserver;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.Permissions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * Numbers for Prometheus in its text format (https://prometheus.io/docs/instrumenting/exposition_formats/): requests by
 * route and status, their times, connections, memory, and what other parts of the node add.
 */
@Component(service = { Endpoints.class, RequestObserver.class })
public final class MetricsEndpoints implements Endpoints, RequestObserver {
    private static final String TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder().name("holdfast_http_requests_total")
            .help("Requests that were answered.").labelNames("route", "status").register(registry);
    private final Histogram seconds = Histogram.builder().name("holdfast_http_request_seconds")
            .help("Time to answer; long polls are left out.").labelNames("route")
            .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10).classicOnly()
            .register(registry);

    /** Tells these numbers, besides those of the node itself. */
    @Activate
    public MetricsEndpoints(@Reference(cardinality = ReferenceCardinality.MULTIPLE) List<MetricSource> sources) {
        gauge("jvm_memory_heap_used_bytes", "Heap in use.",
                () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        gauge("jvm_memory_nonheap_used_bytes", "Memory of the virtual machine beside the heap.",
                () -> ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage().getUsed());
        gauge("jvm_threads_platform", "Platform threads.", () -> ManagementFactory.getThreadMXBean().getThreadCount());
        gauge("process_uptime_seconds", "Time since the start.",
                () -> ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
        sources.forEach(source -> source.gauges().forEach(each -> gauge(each.name(), each.help(), each.value())));
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("read-metrics", "/metrics").person(Permissions.METRICS_READ)
                .summary("Gives numbers for Prometheus.").givesBytes(TYPE)
                .handle(call -> Reply.bytes(TYPE, exposition())));
    }

    @Override
    public void answered(@Nullable Route route, int status, long nanos) {
        String name = route == null ? "none" : route.name();
        requests.labelValues(name, String.valueOf(status)).inc();
        // those that wait on purpose would hide the others
        if (route != null && !name.equals("poll") && !"text/event-stream".equals(route.givesBytes())) {
            seconds.labelValues(name).observe(nanos / (double) TimeUnit.SECONDS.toNanos(1));
        }
    }

    @Override
    public void connections(IntSupplier open) {
        gauge("holdfast_http_connections", "Open connections.", open::getAsInt);
    }

    private byte[] exposition() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(bytes, registry.scrape());
        return bytes.toByteArray();
    }

    private void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder().name(name).help(help).callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }
}
