package org.holdfast.vault.people;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;

import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps strangers from trying secrets without end, and from keeping the node busy with it: after so many failures
 * within a quarter of an hour an address is refused for the rest of it. Addresses of IPv6 count by their first 64
 * bits, which one customer has for himself. Only the last ten thousand addresses are remembered. Thread-safe.
 */
@Component(service = AddressThrottle.class)
public final class AddressThrottle {

    /** Failures of one address within {@link #WINDOW}. */
    public static final int MOST_FAILURES = 60;
    /** In which time they count. */
    public static final Duration WINDOW = Duration.ofMinutes(15);

    private static final int MOST_ADDRESSES = 10_000;
    private static final int IPV6_PREFIX = 8;

    private final Clock clock;
    private final LinkedHashMap<String, Failures> addresses = new LinkedHashMap<>();

    /** Nobody has failed yet. */
    @Activate
    public AddressThrottle(@Reference Clock clock) {
        this.clock = clock;
    }

    /**
     * Lets an address through, or not.
     *
     * @throws Refusal with code {@code too-many-attempts}
     */
    public synchronized void require(String origin) {
        Failures failures = addresses.get(key(origin));
        if (failures != null && failures.count >= MOST_FAILURES && counts(failures)) {
            throw new Refusal(Kind.TOO_MANY, "too-many-attempts", "Too many attempts from this address have failed.",
                    "Wait " + WINDOW.toMinutes() + " minutes.");
        }
    }

    /** An attempt from an address has failed. */
    public synchronized void failed(String origin) {
        String key = key(origin);
        Failures before = addresses.get(key);
        addresses.putLast(key, before != null && counts(before) ? new Failures(before.since, before.count + 1)
                : new Failures(clock.instant(), 1));
        if (addresses.size() > MOST_ADDRESSES) {
            addresses.pollFirstEntry();
        }
    }

    private boolean counts(Failures failures) {
        Instant now = clock.instant();
        return !now.isBefore(failures.since) && now.isBefore(failures.since.plus(WINDOW));
    }

    private static String key(String origin) {
        if (origin.indexOf(':') >= 0) {
            try {
                byte[] bytes = InetAddress.ofLiteral(origin).getAddress();
                if (bytes.length > IPV6_PREFIX) {
                    return HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_PREFIX));
                }
            } catch (IllegalArgumentException e) {
                return origin;
            }
        }
        return origin;
    }

    private record Failures(Instant since, int count) {
    }
}
