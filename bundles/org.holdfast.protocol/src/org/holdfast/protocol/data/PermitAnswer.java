package org.holdfast.protocol.data;

import java.time.Instant;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * How a pack can be reached without the vault. It is as good as a password for that pack until it expires, so it is in
 * no log.
 *
 * @param there whether the pack that was to be made is there already; nothing else is given then
 * @param address where it is sent to ({@code PUT}) or read from ({@code GET}); null when it goes through the vault
 * @param headers the request needs besides
 * @param expires when it counts no more, by the vault's clock
 * @param trust certificates, PEM, of the authority of that place; null for those that the machine trusts
 */
public record PermitAnswer(boolean there, @Nullable String address, Map<String, String> headers,
        @Nullable Instant expires, @Nullable String trust) {
    /** It goes through the vault. */
    public static final PermitAnswer THROUGH_VAULT = new PermitAnswer(false, null, Map.of(), null, null);
    /** It is there. */
    public static final PermitAnswer THERE = new PermitAnswer(true, null, Map.of(), null, null);

    /** Copies the headers. */
    public PermitAnswer {
        headers = headers == null ? Map.of() : Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return there ? "there" : address == null ? "through the vault" : "permit until " + expires;
    }
}
