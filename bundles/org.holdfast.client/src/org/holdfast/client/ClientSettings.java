package org.holdfast.client;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How to reach a vault.
 *
 * @param addresses {@code host}, {@code host:port}, {@code [v6]:port} or {@code https://host:port}, also several in one
 *            text with a comma between them; tried in turn. The port is 8443 when none is given
 * @param trust which vault to believe
 * @param identity who calls
 * @param proxy the way out, null for a direct one
 * @param connectTimeout for one connection
 * @param timeout for an answer to begin, and for a pause within one
 * @param retry for calls that may be repeated
 * @param program name and version of the caller, for the vault's log
 */
public record ClientSettings(List<String> addresses, Trust trust, Identity identity, @Nullable ProxySettings proxy,
        Duration connectTimeout, Duration timeout, RetryPolicy retry, String program) {
    public ClientSettings {
        addresses = addresses.stream().flatMap(each -> Stream.of(each.split(","))).map(String::strip).toList();
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("No address");
        }
    }

    /** With usual time limits. */
    public static ClientSettings of(List<String> addresses, Trust trust) {
        return new ClientSettings(addresses, trust, new Identity.Nobody(), null, Duration.ofSeconds(10),
                Duration.ofSeconds(60), RetryPolicy.SHORT, "holdfast");
    }

    /** The same for somebody else. */
    public ClientSettings as(Identity other) {
        return new ClientSettings(addresses, trust, other, proxy, connectTimeout, timeout, retry, program);
    }

    /** The same through a proxy. */
    public ClientSettings through(@Nullable ProxySettings other) {
        return new ClientSettings(addresses, trust, identity, other, connectTimeout, timeout, retry, program);
    }

    /** The same with other retries. */
    public ClientSettings retrying(RetryPolicy other) {
        return new ClientSettings(addresses, trust, identity, proxy, connectTimeout, timeout, other, program);
    }

    /** The same with other time limits. */
    public ClientSettings within(Duration connecting, Duration answering) {
        return new ClientSettings(addresses, trust, identity, proxy, connecting, answering, retry, program);
    }

    /** The same for another program. */
    public ClientSettings named(String name) {
        return new ClientSettings(addresses, trust, identity, proxy, connectTimeout, timeout, retry, name);
    }
}
