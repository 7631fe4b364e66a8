package org.holdfast.vault.fleet;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.policy.FieldProblem;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.PolicyCheck;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.PolicyAssignments;
import org.holdfast.protocol.fleet.PolicyEvent;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.catalog.fleet.PolicyRow;
import org.holdfast.vault.catalog.fleet.PolicyTable;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.catalog.fleet.VaultRow;
import org.holdfast.vault.catalog.fleet.VaultTable;
import org.holdfast.vault.events.EventBus;
import org.holdfast.vault.events.Signals;
import org.holdfast.vault.events.VaultEvent;
import org.holdfast.vault.people.Critical;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The policies of vaults and whom they are for. A change wakes the agents it concerns. Thread-safe.
 */
@Component(service = Policies.class)
public final class Policies {
    private static final int MOST_POLICIES = 10_000;

    private final Catalog catalog;
    private final Clock clock;
    private final Vaults vaults;
    private final Presence presence;
    private final PolicyResolver resolver;
    private final Signals signals;
    private final EventBus bus;

    /** Policies of a catalogue. */
    @Activate
    public Policies(@Reference Catalog catalog, @Reference Clock clock, @Reference Vaults vaults,
            @Reference Presence presence, @Reference PolicyResolver resolver, @Reference Signals signals,
            @Reference EventBus bus) {
        this.catalog = catalog;
        this.clock = clock;
        this.vaults = vaults;
        this.presence = presence;
        this.resolver = resolver;
        this.signals = signals;
        this.bus = bus;
    }

    /**
     * Stores a new policy.
     *
     * @throws Refusal with the field at fault, or of kind CONFLICT (code {@code policy-exists})
     */
    public Versioned<Policy> create(UUID vault, Policy wanted, String user) {
        check(wanted);
        Policy policy = wanted.withVersion(1);
        var row = new PolicyRow(UUID.randomUUID(), vault, policy.name(), 1, Json.text(policy), clock.instant(), user);
        catalog.run(handle -> {
            if (PolicyTable.list(handle, vault, new ListRequest(1, null, "", List.of())).total() >= MOST_POLICIES) {
                throw new Refusal(Kind.CONFLICT, "too-many-policies",
                        "A vault has at most " + MOST_POLICIES + " policies.", "");
            }
            if (!PolicyTable.insert(handle, row)) {
                throw new Refusal(Kind.CONFLICT, "policy-exists", "There is a policy \"" + policy.name() + "\".",
                        "Choose another name, or edit the one that is there.", "name");
            }
        });
        tell(vault, policy.name(), 1, "created");
        return new Versioned<>(policy, 1);
    }

    /**
     * Makes a new version of a policy; agents that follow it learn of it at once.
     *
     * @throws Refusal of kind CHANGED when {@code version} is not the newest, of kind CONFLICT (code
     *         {@code vault-immutable}) when points of an immutable vault would be kept for less time
     */
    public Versioned<Policy> edit(UUID vault, String name, Policy wanted, long version, String user) {
        check(wanted);
        if (!wanted.name().equals(name)) {
            throw Refusal.invalid("name", "A policy keeps its name.");
        }
        Policy policy = wanted.withVersion(version + 1);
        UUID id = catalog.write(handle -> {
            PolicyRow now = find(handle, vault, name);
            RetentionRule before = Wire.read(now.document(), Policy.class).retention();
            VaultTable.byId(handle, vault)
                    .ifPresent(in -> Shortening.check(in, before, policy.retention(), clock.instant()));
            if (Shortening.shortens(before, policy.retention())) {
                Critical.require("keep less by the policy " + name + ": " + Shortening.words(before) + " becomes "
                        + Shortening.words(policy.retention()));
            }
            var row = new PolicyRow(now.id(), vault, name, version + 1, Json.text(policy), clock.instant(), user);
            if (!PolicyTable.update(handle, row)) {
                throw Vaults.changed();
            }
            return now.id();
        });
        resolver.forget(id);
        for (LiveServer server : presence.all()) {
            boolean concerned;
            synchronized (server) {
                concerned = id.equals(server.effectivePolicy);
                if (concerned) {
                    server.policy = null;
                    server.policySince = clock.instant();
                    server.stale = true;
                }
            }
            if (concerned && server.mine) {
                signals.signal(server.signal());
            }
        }
        tell(vault, name, version + 1, "changed");
        return new Versioned<>(policy, version + 1);
    }

    /**
     * Takes a policy away.
     *
     * @throws Refusal of kind CONFLICT (code {@code policy-in-use}) while it is assigned to anything
     */
    public void delete(UUID vault, String name, long version) {
        UUID id = catalog.write(handle -> {
            PolicyRow row = find(handle, vault, name);
            if (PolicyTable.isUsed(handle, row.id())) {
                throw new Refusal(Kind.CONFLICT, "policy-in-use",
                        "Servers, tags or the vault's default use the policy.",
                        "Assign another policy to them first.");
            }
            if (!PolicyTable.delete(handle, row.id(), version)) {
                throw Vaults.changed();
            }
            return row.id();
        });
        resolver.forget(id);
        tell(vault, name, version, "deleted");
    }

    /** The newest version of a policy. */
    public Versioned<Policy> get(UUID vault, String name) {
        return catalog.read(handle -> versioned(find(handle, vault, name)));
    }

    /** A page of a vault's policies. */
    public Page<Policy> list(UUID vault, ListRequest request) {
        return policies(catalog.read(handle -> PolicyTable.list(handle, vault, request)));
    }

    /** A page of the versions of a policy. */
    public Page<Policy> versions(UUID vault, String name, ListRequest request) {
        return policies(catalog.read(
                handle -> PolicyTable.versions(handle, find(handle, vault, name).id(), request)));
    }

    /** Whom a policy is for besides servers it is assigned to one by one. */
    public PolicyAssignments assignments(UUID vault, String name) {
        return catalog.read(handle -> {
            UUID id = find(handle, vault, name).id();
            List<String> tags = PolicyTable.tags(handle, vault).entrySet().stream()
                    .filter(e -> e.getValue().equals(id)).map(Map.Entry::getKey).toList();
            return new PolicyAssignments(tags,
                    VaultTable.byId(handle, vault).map(VaultRow::defaultPolicy).filter(id::equals).isPresent());
        });
    }

    /**
     * Says whom a policy is for from now on; agents concerned learn of it at once.
     *
     * @throws Refusal of kind CONFLICT (code {@code tag-taken}) when a tag has another policy
     */
    public PolicyAssignments assign(UUID vault, String name, PolicyAssignments wanted) {
        var tags = new TreeSet<>(wanted.tags());
        tags.forEach(ServerRegistry.Tags::check);
        List<UUID> changed = catalog.write(handle -> {
            VaultTable.lock(handle, vault);
            UUID id = find(handle, vault, name).id();
            Map<String, UUID> taken = PolicyTable.tags(handle, vault);
            for (String tag : tags) {
                if (!id.equals(taken.getOrDefault(tag, id))) {
                    throw new Refusal(Kind.CONFLICT, "tag-taken", "The tag \"" + tag + "\" has another policy.",
                            "Take it from that policy first.", "tags");
                }
            }
            PolicyTable.setTags(handle, vault, id, List.copyOf(tags));
            VaultRow row = VaultTable.byId(handle, vault).orElseThrow(() -> Refusal.notFound("vault"));
            boolean isDefault = id.equals(row.defaultPolicy());
            if (isDefault != wanted.vaultDefault()
                    && !VaultTable.update(handle, Vaults.withDefault(row, wanted.vaultDefault() ? id : null))) {
                throw Vaults.changed();
            }
            return Effective.recompute(handle, vault, clock.instant());
        });
        refresh(vault, changed);
        tell(vault, name, get(vault, name).version(), "assigned");
        return assignments(vault, name);
    }

    /** Takes over which policy holds for servers of a vault, and wakes their agents. */
    void refresh(UUID vault, List<UUID> changed) {
        if (changed.isEmpty()) {
            return;
        }
        Set<UUID> concerned = new HashSet<>(changed);
        List<ServerRow> rows = catalog.read(handle -> ServerTable.active(handle, vault));
        var wake = new ArrayList<LiveServer>();
        for (ServerRow row : rows) {
            LiveServer live = concerned.contains(row.id()) ? presence.find(row.id()) : null;
            if (live != null) {
                live.refresh(row, clock.instant());
                if (live.mine) {
                    wake.add(live);
                }
            }
        }
        wake.forEach(live -> signals.signal(live.signal()));
    }

    /** Another node has changed a policy, or whom it is for. */
    void heard(PolicyEvent event) {
        record Facts(UUID vault, @Nullable UUID policy, List<ServerRow> servers) {
        }
        Facts facts = catalog.read(handle -> VaultTable.byName(handle, event.vault())
                .map(vault -> new Facts(vault.id(), PolicyTable.byName(handle, vault.id(), event.policy())
                        .map(PolicyRow::id).orElse(null), ServerTable.active(handle, vault.id())))
                .orElse(null));
        resolver.forgetAll();
        if (facts == null) {
            return;
        }
        for (ServerRow row : facts.servers()) {
            LiveServer live = presence.find(row.id());
            if (live == null) {
                continue;
            }
            boolean concerned;
            synchronized (live) {
                UUID before = live.effectivePolicy;
                concerned = !Objects.equals(before, row.effectivePolicy())
                        || before != null && before.equals(facts.policy());
            }
            if (concerned) {
                live.refresh(row, clock.instant());
                synchronized (live) {
                    live.policySince = clock.instant();
                }
                signals.wake(live.signal());
            }
        }
        bus.publishHere(VaultEvent.POLICY, event.vault(), event);
    }

    static PolicyRow find(Handle handle, UUID vault, String name) {
        return PolicyTable.byName(handle, vault, name).orElseThrow(() -> Refusal.notFound("policy"));
    }

    static void check(Policy policy) {
        List<FieldProblem> problems = PolicyCheck.check(policy);
        if (!problems.isEmpty()) {
            throw Refusal.invalid(problems.getFirst().field(), problems.getFirst().message());
        }
        PolicyPreviews.times(policy);
    }

    private void tell(UUID vault, String name, long version, String what) {
        String in = vaults.name(vault).orElse("");
        bus.publish(VaultEvent.POLICY, in, new PolicyEvent(in, name, version, what));
    }

    private static Page<Policy> policies(Page<PolicyRow> page) {
        return new Page<>(page.items().stream().map(row -> versioned(row).value()).toList(), page.next(),
                page.total());
    }

    private static Versioned<Policy> versioned(PolicyRow row) {
        return new Versioned<>(Wire.read(row.document(), Policy.class).withVersion(row.version()), row.version());
    }
}
