package org.holdfast.client.internal;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The vault's addresses; the one that worked last comes first. */
public final class Addresses {
    /** When none is given. */
    public static final int DEFAULT_PORT = 8443;

    private final List<URI> all;
    private final AtomicInteger current = new AtomicInteger();

    /**
     * @param texts host, host:port, [v6]:port or https://host:port
     * @throws IllegalArgumentException when one is malformed
     */
    public Addresses(List<String> texts) {
        all = texts.stream().map(Addresses::parse).toList();
    }

    /** How many there are. */
    public int count() {
        return all.size();
    }

    /** The one to use now. */
    public URI current() {
        return all.get(current.get());
    }

    /** The next one, unless somebody else has gone on from the failed one already. */
    public void failed(URI address) {
        int at = all.indexOf(address);
        current.compareAndSet(at, (at + 1) % all.size());
    }

    /**
     * One of them, always with a port.
     *
     * @throws IllegalArgumentException when it is malformed
     */
    public static URI parse(String text) {
        String full = text.contains("://") ? text : "https://" + bracketed(text);
        URI uri;
        try {
            uri = URI.create(full);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Not an address of a vault: " + text, e);
        }
        String path = uri.getRawPath();
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null || path != null && !path.isEmpty() && !path.equals("/")) {
            throw new IllegalArgumentException("Not an address of a vault: " + text);
        }
        return URI.create("https://" + uri.getHost() + ":" + (uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort()));
    }

    /** An IPv6 address without brackets has two colons or more. */
    private static String bracketed(String text) {
        return text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[") ? "[" + text + "]" : text;
    }
}
