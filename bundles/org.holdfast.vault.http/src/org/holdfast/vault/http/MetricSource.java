package org.holdfast.vault.http;

import java.util.List;
import java.util.function.DoubleSupplier;

/** Numbers of a part of the node for monitoring. Provided as service components, or given as a list. */
public interface MetricSource {
    /** The numbers; asked for once. */
    List<Gauge> gauges();

    /**
     * A number that may go up and down.
     *
     * @param name such as {@code holdfast_servers_lost}, with its unit at the end
     * @param help what it counts, a short sentence
     * @param value reads it; quick, asked at every scrape
     */
    record Gauge(String name, String help, DoubleSupplier value) {
    }
}
