package org.holdfast.vault.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.PolicyOrigin;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.fleet.PolicyTable;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.catalog.fleet.VaultRow;
import org.holdfast.vault.catalog.fleet.VaultTable;
import org.holdfast.vault.people.Critical;
import org.jdbi.v3.core.Handle;

/**
 * Which policy holds for which server: its own, else that of its first tag (in the order of code points) that has one,
 * else the vault's default.
 */
final class Effective {
    private Effective() {
    }

    /** Writes what holds from now on for the servers of a vault; those for which something else held before. */
    static List<UUID> recompute(Handle handle, UUID vault, Instant now) {
        return recompute(handle, vault, now, ServerTable.active(handle, vault));
    }

    /**
     * The same for one server. The row of the vault has to be locked since before the server's was written, so that an
     * assignment that goes on at the same time sees the server, or this sees the assignment.
     */
    static List<UUID> recompute(Handle handle, UUID vault, UUID server, Instant now) {
        return recompute(handle, vault, now,
                ServerTable.byId(handle, server).filter(row -> row.retired() == null).stream().toList());
    }

    private static List<UUID> recompute(Handle handle, UUID vault, Instant now, List<ServerRow> servers) {
        VaultRow row = VaultTable.byId(handle, vault).orElseThrow(() -> Refusal.notFound("vault"));
        Map<String, UUID> tags = PolicyTable.tags(handle, vault);
        var changed = new ArrayList<UUID>();
        var rules = new HashMap<UUID, RetentionRule>();
        var less = new TreeSet<String>();
        var holdings = new ArrayList<ServerTable.Holding>();
        for (ServerRow server : servers) {
            UUID policy = server.policyId();
            PolicyOrigin origin = PolicyOrigin.SERVER;
            if (policy == null) {
                policy = byTag(server, tags);
                origin = PolicyOrigin.TAG;
            }
            if (policy == null) {
                policy = row.defaultPolicy();
                origin = policy == null ? PolicyOrigin.NONE : PolicyOrigin.DEFAULT;
            }
            if (!Objects.equals(policy, server.effectivePolicy())
                    || !Wire.of(origin).equals(server.effectiveOrigin())) {
                Shortening.check(row, rule(handle, rules, server.effectivePolicy()),
                        rule(handle, rules, policy), now);
                RetentionRule before = rule(handle, rules, server.effectivePolicy());
                RetentionRule after = rule(handle, rules, policy);
                // Without a policy nothing is removed, but any policy could be given after that.
                if (before != null && (after == null || Shortening.shortens(before, after))) {
                    less.add(server.name() + " (" + Shortening.words(before) + " becomes " + Shortening.words(after)
                            + ")");
                }
                holdings.add(new ServerTable.Holding(server.id(), policy, Wire.of(origin)));
                changed.add(server.id());
            }
        }
        if (!less.isEmpty()) {
            Critical.require("keep less of " + less.size() + " servers: " + String.join("; ", less));
        }
        ServerTable.setEffective(handle, holdings);
        return changed;
    }

    private static @Nullable RetentionRule rule(Handle handle, Map<UUID, RetentionRule> known, @Nullable UUID policy) {
        return policy == null ? null
                : known.computeIfAbsent(policy, id -> PolicyTable.byId(handle, id)
                        .map(row -> Wire.read(row.document(), Policy.class).retention()).orElse(RetentionRule.DEFAULT));
    }

    private static @Nullable UUID byTag(ServerRow server, Map<String, UUID> tags) {
        for (String tag : ServerRegistry.Tags.split(server.tags())) {
            UUID policy = tags.get(tag);
            if (policy != null) {
                return policy;
            }
        }
        return null;
    }
}
