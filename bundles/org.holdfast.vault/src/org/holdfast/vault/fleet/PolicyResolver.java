package org.holdfast.vault.fleet;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.PolicyOrigin;
import org.holdfast.api.fleet.ServerItems;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.protocol.agent.AgentPolicy;
import org.holdfast.protocol.common.Json;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.fleet.PolicyRow;
import org.holdfast.vault.catalog.fleet.PolicyTable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * What a server is to do by itself: its policy with its own items. Servers that only differ in who they are share one
 * value, so that ten thousand of them take no more memory than one. Thread-safe.
 */
@Component(service = PolicyResolver.class)
public final class PolicyResolver {
    private final Catalog catalog;
    private final ConcurrentMap<UUID, Policy> policies = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final ConcurrentMap<Shared, AgentPolicy> shared = new ConcurrentHashMap<>();

    /** Policies of a catalogue. */
    @Activate
    public PolicyResolver(@Reference Catalog catalog) {
        this.catalog = catalog;
    }

    /** What a server is to do from now on. */
    AgentPolicy resolve(LiveServer server) {
        UUID id;
        PolicyOrigin origin;
        ServerItems items;
        synchronized (server) {
            AgentPolicy known = server.policy;
            if (known != null) {
                return known;
            }
            id = server.effectivePolicy;
            origin = server.origin;
            items = server.items;
        }
        Policy policy = id == null ? null : policy(id);
        AgentPolicy resolved = items.equals(ServerItems.NONE)
                ? shared.computeIfAbsent(new Shared(policy, origin), key -> make(policy, origin, items))
                : make(policy, origin, items);
        synchronized (server) {
            // Somebody may have changed it meanwhile; then it is resolved again.
            if (Objects.equals(id, server.effectivePolicy) && items.equals(server.items)
                    && (id == null || policies.get(id) == policy)) {
                server.policy = resolved;
            }
        }
        return resolved;
    }

    /** The newest version of a policy, or null when it is gone. */
    @Nullable
    Policy policy(UUID id) {
        Policy known = policies.get(id);
        if (known != null) {
            return known;
        }
        long before = changes.get();
        PolicyRow row = catalog.read(handle -> PolicyTable.byId(handle, id)).orElse(null);
        if (row == null) {
            return null;
        }
        Policy read = Wire.read(row.document(), Policy.class);
        // What was read before a change must not be kept after it.
        Policy kept = policies.compute(id, (key, other) -> other != null ? other
                : changes.get() == before ? read : null);
        return kept == null ? read : kept;
    }

    /** A policy has a new version or is gone. */
    void forget(UUID id) {
        changes.incrementAndGet();
        policies.remove(id);
        shared.clear();
    }

    /** Any policy may have changed. */
    void forgetAll() {
        changes.incrementAndGet();
        policies.clear();
        shared.clear();
    }

    private static AgentPolicy make(@Nullable Policy policy, PolicyOrigin origin, ServerItems own) {
        List<String> items = !own.items().isEmpty() ? own.items() : policy == null ? List.of() : policy.items();
        Exclusions exclusions = policy == null ? own.exclusions() : both(policy.exclusions(), own.exclusions());
        var unnamed = new AgentPolicy("", policy, origin, items, exclusions);
        return new AgentPolicy(hash(Json.text(unnamed)), policy, origin, items, exclusions);
    }

    /** Everything that one or the other leaves out. */
    private static Exclusions both(Exclusions one, Exclusions other) {
        long size = one.largerThan() < 0 ? other.largerThan()
                : other.largerThan() < 0 ? one.largerThan() : Math.min(one.largerThan(), other.largerThan());
        return new Exclusions(union(one.globs(), other.globs()), size,
                one.cacheDirectories() || other.cacheDirectories(), union(one.markerFiles(), other.markerFiles()),
                one.oneFileSystem() || other.oneFileSystem());
    }

    private static List<String> union(List<String> one, List<String> other) {
        var all = new LinkedHashSet<>(one);
        all.addAll(other);
        return List.copyOf(new ArrayList<>(all));
    }

    private static String hash(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private record Shared(@Nullable Policy policy, PolicyOrigin origin) {
    }
}
