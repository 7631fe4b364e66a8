package org.holdfast.vault.fleet;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.Immutability;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.fleet.VaultRow;

/** What nobody may do in a vault that is immutable: let points go earlier than was promised. */
final class Shortening {
    private Shortening() {
    }

    /**
     * Looks at a change of the rule for some points.
     *
     * @param before the rule that holds, or null when nothing ends their time
     * @param after the rule that is to hold, or null
     * @throws Refusal of kind CONFLICT (code {@code vault-immutable}) when the vault is immutable and any count shrinks
     */
    static void check(VaultRow vault, @Nullable RetentionRule before, @Nullable RetentionRule after, Instant now) {
        if (before == null || vault.immutability().equals(Wire.of(Immutability.OFF))) {
            return;
        }
        if (after == null) {
            // Nothing would remove points then, but the next policy could be any: the promise would be forgotten.
            throw refused(vault, "a server keeps a policy. ", before, now);
        }
        if (shortens(before, after)) {
            throw refused(vault, "recovery points cannot be kept for less time. ", before, now);
        }
    }

    /** Whether any count shrinks. */
    static boolean shortens(RetentionRule before, RetentionRule after) {
        return after.last() < before.last() || after.daily() < before.daily() || after.weekly() < before.weekly()
                || after.monthly() < before.monthly() || after.yearly() < before.yearly();
    }

    private static Refusal refused(VaultRow vault, String what, RetentionRule before, Instant now) {
        boolean locked = vault.immutability().equals(Wire.of(Immutability.LOCKED));
        return new Refusal(Kind.CONFLICT, "vault-immutable", "The vault is immutable: " + what
                + "The point of today is promised until " + until(before, now) + ".",
                "Keep at least as many by each rule, or make a new policy for new servers."
                        + (locked ? " The setting is locked and cannot be turned off."
                                : " Turning immutability off makes it possible."),
                "retention");
    }

    /** A rule in words. */
    static String words(@Nullable RetentionRule rule) {
        return rule == null ? "no policy"
                : "last " + rule.last() + ", daily " + rule.daily() + ", weekly " + rule.weekly() + ", monthly "
                        + rule.monthly() + ", yearly " + rule.yearly();
    }

    /** Until when a rule keeps a point of today at most, when there is one every day. */
    static LocalDate until(RetentionRule rule, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return Stream.of(today.plusDays(Math.max(rule.daily(), rule.last())), today.plusWeeks(rule.weekly()),
                today.plusMonths(rule.monthly()), today.plusYears(rule.yearly())).max(Comparator.naturalOrder())
                .orElse(today);
    }
}
