package org.holdfast.vault.http;

import java.time.Duration;

/**
 * Where the server listens and how much it bears.
 *
 * @param host address to listen on
 * @param port port, 0 for any free one
 * @param connections the most connections at a time; further ones wait until one closes
 * @param idle how long a connection may be silent, and how long a request's head may take to come
 * @param drain how long running requests may go on when the server stops
 */
public record HttpSettings(String host, int port, int connections, Duration idle, Duration drain) {
    /** The usual bounds. */
    public static HttpSettings of(String host, int port) {
        return new HttpSettings(host, port, 20_000, Duration.ofSeconds(30), Duration.ofSeconds(20));
    }

    /** The same with another time of silence. */
    public HttpSettings withIdle(Duration other) {
        return new HttpSettings(host, port, connections, other, drain);
    }

    /** The same with another number of connections. */
    public HttpSettings withConnections(int most) {
        return new HttpSettings(host, port, most, idle, drain);
    }
}
