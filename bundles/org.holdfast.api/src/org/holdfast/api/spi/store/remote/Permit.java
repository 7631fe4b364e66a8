package org.holdfast.api.spi.store.remote;

import java.net.URI;
import java.time.Instant;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * What it takes to reach one object of a store without the store's own credentials. Whoever has it can do what it says,
 * so it is kept out of logs: {@link #toString} does not show it.
 *
 * @param address where the object is sent to ({@code PUT}) or read from ({@code GET}), with the permission in it
 * @param headers that the request needs besides
 * @param expires when it counts no more
 * @param trust certificates, PEM, of the authority that the place shows itself with; null for those that everybody
 *        trusts
 */
public record Permit(URI address, Map<String, String> headers, Instant expires, @Nullable String trust) {
    /** Copies the headers. */
    public Permit {
        headers = Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return "permit for " + address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath()
                + " until " + expires;
    }
}
