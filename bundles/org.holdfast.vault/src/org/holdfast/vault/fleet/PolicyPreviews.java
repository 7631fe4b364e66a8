package org.holdfast.vault.fleet;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.protocol.fleet.PolicyPreview;
import org.holdfast.protocol.fleet.PreviewPolicy;
import org.holdfast.scheduling.retention.Retention;
import org.holdfast.scheduling.retention.RetentionPolicy;
import org.holdfast.scheduling.retention.RetentionPreview;
import org.holdfast.scheduling.schedule.RunTimes;
import org.holdfast.vault.Refusal;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Shows what a policy would do before it does it. Thread-safe. */
@Component(service = PolicyPreviews.class)
public final class PolicyPreviews {
    private static final int MOST_RUNS = 1000;
    private static final int MOST_DAYS = 3660;
    private static final int MOST_SIMULATED = 1500;

    private final Clock clock;

    /** Previews from the present on. */
    @Activate
    public PolicyPreviews(@Reference Clock clock) {
        this.clock = clock;
    }

    /**
     * Plays a policy forward. At most 1500 backups are simulated; with many runs a day that is fewer days than asked.
     *
     * @throws Refusal with the field at fault
     */
    public PolicyPreview preview(PreviewPolicy wanted) {
        Policy policy = wanted.policy();
        if (policy == null) {
            throw Refusal.invalid("policy", "The policy is missing.");
        }
        policy = policy.name().isEmpty() ? policy.withName("preview") : policy;
        Policies.check(policy);
        int runs = range("runs", wanted.runs(), 10, MOST_RUNS);
        int days = range("days", wanted.days(), 400, MOST_DAYS);
        Instant from = wanted.from() == null ? clock.instant() : wanted.from();
        RunTimes times = times(policy);
        if (times == null) {
            return new PolicyPreview(List.of(), List.of(), List.of());
        }
        Instant end = from.plus(Duration.ofDays(days));
        List<Instant> simulated = times.preview(from, MOST_SIMULATED).stream().filter(t -> t.isBefore(end)).toList();
        var rule = policy.retention();
        var retention = new Retention(new RetentionPolicy(rule.last(), rule.daily(), rule.weekly(), rule.monthly(),
                rule.yearly()), zone(policy));
        List<RetentionPreview.Fate> fates = new RetentionPreview(retention).play(List.of(), from, "", simulated)
                .stream().sorted(Comparator.comparing((RetentionPreview.Fate fate) -> fate.point().time()).reversed())
                .toList();
        List<PolicyPreview.Kept> kept = fates.stream().filter(fate -> fate.removedAt() == null)
                .map(fate -> new PolicyPreview.Kept(fate.point().time(), rules(fate))).toList();
        List<PolicyPreview.Removed> removed = new ArrayList<>();
        for (RetentionPreview.Fate fate : fates) {
            Instant until = fate.removedAt();
            if (until != null) {
                removed.add(new PolicyPreview.Removed(fate.point().time(), until, rules(fate)));
            }
        }
        return new PolicyPreview(times.preview(from, runs), kept, removed);
    }

    private static List<String> rules(RetentionPreview.Fate fate) {
        return fate.reasons().stream().map(reason -> reason.rule().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }

    /** When a policy runs, or null when only on demand; a schedule that makes no sense is refused. */
    static @Nullable RunTimes times(Policy policy) {
        RunPlan plan = policy.plan();
        if (plan == null) {
            return null;
        }
        try {
            return new RunTimes(plan, ZoneOffset.UTC);
        } catch (HoldfastException e) {
            throw Refusal.invalid("plan.schedule", Objects.requireNonNullElse(e.getMessage(), "It makes no sense."));
        }
    }

    private static ZoneId zone(Policy policy) {
        RunPlan plan = policy.plan();
        return plan == null || plan.zone().isEmpty() ? ZoneOffset.UTC : ZoneId.of(plan.zone());
    }

    private static int range(String field, @Nullable Integer value, int otherwise, int most) {
        if (value != null && (value < 1 || value > most)) {
            throw Refusal.invalid(field, "The number is 1 to " + most + ".");
        }
        return value == null ? otherwise : value;
    }
}
