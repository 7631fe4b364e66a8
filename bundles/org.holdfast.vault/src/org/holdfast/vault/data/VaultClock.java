package org.holdfast.vault.data;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.ClockTable;
import org.holdfast.vault.catalog.data.ClockTable.ClockRow;
import org.holdfast.vault.people.Critical;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Whether the vault's clock can be trusted to say that the time of something is over. Time that went by while a node
 * was looking is explained; time that it has not seen, because the clock was set or no node ran, is not. Unexplained
 * time wears off as fast as explained time goes by, so a node that rests at night is never suspicious, and whoever sets
 * the clock forward gains a week at most. When more is unexplained, or the clock is behind what it has shown, deletion
 * rests until the clock is right again or somebody has accepted it. Thread-safe.
 */
@Component(service = VaultClock.class)
public final class VaultClock {
    /** So much unexplained time is borne. */
    static final Duration BORNE = Duration.ofDays(7);
    /** So far a clock may go back: that is what keeping it right looks like. */
    static final Duration CORRECTION = Duration.ofMinutes(5);

    private final Catalog catalog;
    private final List<DataObserver> observers;
    private final Clock clock;
    private final LongSupplier nanos;
    private long looked;
    private boolean first = true;

    /** For the service registry. */
    @Activate
    public VaultClock(@Reference Catalog catalog,
            @Reference(policyOption = ReferencePolicyOption.GREEDY) List<DataObserver> observers,
            @Reference Clock clock) {
        this(catalog, observers, clock, System::nanoTime);
    }

    /** @param nanos goes forward with real time, whatever the clock does */
    public VaultClock(Catalog catalog, List<DataObserver> observers, Clock clock, LongSupplier nanos) {
        this.catalog = catalog;
        this.observers = List.copyOf(observers);
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * What is known of the clock.
     *
     * @param now what it shows
     * @param frozen since when deletion rests, or null
     * @param reason why, or null
     */
    public record Standing(Instant now, @Nullable Instant frozen, @Nullable String reason) {
        /** Whether deletion rests. */
        public boolean isFrozen() {
            return frozen != null;
        }
    }

    /** Looks at the clock; to be called now and then, and before anything is deleted. */
    public synchronized Standing look() {
        Instant now = clock.instant();
        long tick = nanos.getAsLong();
        Duration ran = first ? Duration.ZERO : Duration.ofNanos(tick - looked);
        Change change = catalog.write(handle -> {
            ClockRow before = ClockTable.find(handle).orElse(new ClockRow(now, 0, null, null));
            ClockRow after = next(before, now, ran);
            ClockTable.save(handle, after);
            return new Change(before, after);
        });
        first = false;
        looked = tick;
        return told(now, change.before(), change.after());
    }

    private record Change(ClockRow before, ClockRow after) {
    }

    private Standing told(Instant now, ClockRow before, ClockRow after) {
        // Told each time: an alert of a cause is there once, and a node that was started anew does not know of it.
        if (after.frozen() != null || before.frozen() != null) {
            Observers.tell(observers, o -> o.clock(after.reason()));
        }
        return new Standing(now, after.frozen(), after.reason());
    }

    private static ClockRow next(ClockRow before, Instant now, Duration ran) {
        long jump = Duration.between(before.seen(), now).minus(ran).toMillis();
        // Another node may have looked since: what it saw is explained, and wears nothing off a second time.
        long passed = Math.clamp(Duration.between(before.seen(), now).toMillis(), 0, ran.toMillis());
        long unexplained = Math.max(0, before.unexplainedMillis() + Math.max(0, jump) - passed);
        String reason = null;
        Instant expected = before.seen().plus(ran);
        if (now.isBefore(before.seen().minus(CORRECTION))) {
            // It may have been ahead before: then waiting makes it right.
            expected = before.seen();
            reason = "The vault's clock shows " + now + ", but it has shown " + before.seen() + ".";
        } else if (unexplained > BORNE.toMillis()) {
            reason = "The vault's clock shows " + now + ", which is " + Duration.ofMillis(unexplained).toHours()
                    + " hours more than this vault has seen go by.";
        }
        if (reason == null) {
            return new ClockRow(now.isAfter(before.seen()) ? now : before.seen(), unexplained, null, null);
        }
        // What a wrong clock shows must not count once it is right again: explained time alone goes on.
        return new ClockRow(expected, Math.max(0, before.unexplainedMillis() - ran.toMillis()),
                before.frozen() == null ? now : before.frozen(), reason);
    }

    /** Says that the clock is right as it is now. */
    public synchronized Standing accept() {
        if (look().isFrozen()) {
            Critical.require("accept the vault's clock, after which deletion goes on");
        }
        Instant now = clock.instant();
        looked = nanos.getAsLong();
        first = false;
        Change change = catalog.write(handle -> {
            ClockRow before = ClockTable.find(handle).orElse(new ClockRow(now, 0, null, null));
            ClockRow after = new ClockRow(now, 0, null, null);
            ClockTable.save(handle, after);
            return new Change(before, after);
        });
        return told(now, change.before(), change.after());
    }

    /**
     * What the clock shows, for a decision about deleting something.
     *
     * @throws Refusal {@code vault-clock-doubtful} while deletion rests
     */
    public Instant requireSound() {
        Standing standing = look();
        if (standing.isFrozen()) {
            throw new Refusal(Refusal.Kind.UNAVAILABLE, "vault-clock-doubtful",
                    "Nothing is deleted, because the vault's clock cannot be trusted. " + standing.reason(),
                    "Set the clock right, or accept it when it is.");
        }
        return standing.now();
    }
}
