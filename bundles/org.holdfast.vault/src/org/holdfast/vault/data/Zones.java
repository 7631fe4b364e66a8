package org.holdfast.vault.data;

import java.time.DateTimeException;
import java.time.ZoneId;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RunPlan;

/** Whose days retention means. */
final class Zones {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private Zones() {
    }

    /** The zone of a policy, else that which the server says it is in, else UTC. */
    static ZoneId of(Policy policy, @Nullable String own) {
        RunPlan plan = policy.plan();
        String name = plan == null || plan.zone().isEmpty() ? own : plan.zone();
        try {
            return name == null || name.isEmpty() ? UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            return UTC;
        }
    }
}
