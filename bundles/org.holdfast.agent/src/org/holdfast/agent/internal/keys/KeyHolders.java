package org.holdfast.agent.internal.keys;

import java.io.IOException;
import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.keys.KeyHolder;

/** All kinds of safe places there are, by the scheme of a location. */
public final class KeyHolders {
    private final List<KeyHolder> all;

    /** @param all each with a scheme of its own */
    public KeyHolders(List<KeyHolder> all) {
        this.all = List.copyOf(all);
    }

    /** The kind of a location. */
    public KeyHolder of(String location) {
        int colon = location.indexOf(':');
        String scheme = colon < 0 ? "" : location.substring(0, colon);
        return all.stream().filter(h -> h.scheme().equals(scheme)).findFirst()
                .orElseThrow(() -> new HoldfastException(Problem.INVALID_REQUEST,
                        "No safe place for passphrases is called '" + location + "'.",
                        "Installed are: " + String.join(", ", all.stream().map(KeyHolder::scheme).sorted().toList())
                                + "."));
    }

    /** See {@link KeyHolder#check}. */
    public void check(String location, List<RawPath> protectedPaths) {
        of(location).check(location, protectedPaths);
    }

    /**
     * Reads a passphrase.
     *
     * @throws HoldfastException with {@link Problem#ACCESS_DENIED} when it cannot be read
     */
    public char[] read(String location) {
        try {
            return of(location).read(location);
        } catch (IOException e) {
            throw new HoldfastException(Problem.ACCESS_DENIED,
                    "The passphrase cannot be read from '" + location + "': " + e.getMessage() + ".",
                    "Bring the place where it is kept back, or put the passphrase there again.", e);
        }
    }
}
