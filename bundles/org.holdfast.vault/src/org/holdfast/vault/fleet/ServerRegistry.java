package org.holdfast.vault.fleet;

import java.time.Clock;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.PolicyOrigin;
import org.holdfast.api.fleet.ServerItems;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.protocol.common.Json;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.fleet.PolicyRow;
import org.holdfast.vault.catalog.fleet.PolicyTable;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.catalog.fleet.VaultTable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Servers as registration sees them. All changes join a transaction that is under way, so that a registration is whole
 * or nothing; {@link #announce} is called after that transaction was committed. Thread-safe.
 */
@Component(service = ServerRegistry.class)
public final class ServerRegistry {
    private final Catalog catalog;
    private final Clock clock;
    private final Presence presence;
    private final ServerNews news;

    /** The registry over a catalogue. */
    @Activate
    public ServerRegistry(@Reference Catalog catalog, @Reference Clock clock, @Reference Presence presence,
            @Reference ServerNews news) {
        this.catalog = catalog;
        this.clock = clock;
        this.presence = presence;
        this.news = news;
    }

    /** Servers of a machine in a vault, retired ones too, the newest first. */
    public List<ServerIdentity> byMachine(UUID vault, String machineId) {
        return catalog.read(handle -> ServerTable.byMachine(handle, vault, machineId)).stream()
                .map(ServerRegistry::identity).toList();
    }

    /** A server by identity, retired ones too. */
    public Optional<ServerIdentity> find(UUID server) {
        return catalog.read(handle -> ServerTable.byId(handle, server)).map(ServerRegistry::identity);
    }

    /** Whether a server is there, is registered and not retired; answered from memory for servers that are. */
    public boolean isActive(UUID server) {
        LiveServer live = presence.find(server);
        if (live == null) {
            return false;
        }
        if (!live.registered && !live.mine) {
            // It may have been registered at another node a moment ago.
            presence.reload(server);
        }
        synchronized (live) {
            return live.registered;
        }
    }

    /**
     * Adds a server whose registration has begun.
     *
     * @param policy name of the policy to start with, or null
     * @throws Refusal when the vault is not there, or the policy is not (code {@code policy-not-found})
     */
    public UUID add(UUID vault, String machineId, String hostname, String os, String agentVersion,
            Collection<String> tags, @Nullable String policy) {
        UUID id = UUID.randomUUID();
        catalog.run(handle -> {
            if (!VaultTable.lock(handle, vault)) {
                throw Refusal.notFound("vault");
            }
            UUID assigned = policy == null ? null
                    : PolicyTable.byName(handle, vault, policy).map(PolicyRow::id).orElseThrow(
                            () -> new Refusal(Kind.CONFLICT, "policy-not-found",
                                    "The vault has no policy \"" + policy + "\".",
                                    "Make the policy, or new credentials without it."));
            String name = hostname.isBlank() ? "server" : Wire.plain(hostname, 255);
            ServerTable.insert(handle, new ServerRow(id, vault, name, name, Wire.plain(machineId, 100), "[]",
                    Wire.plain(os, 200), "", Wire.plain(agentVersion, 64), "", Tags.join(tags), "{}",
                    Json.text(ServerItems.NONE), assigned, null, Wire.of(PolicyOrigin.NONE), "", null,
                    Wire.of(ServerState.REGISTERING), "", clock.instant(), null, null, null, null, null, null, 0, null,
                    null, null, null, null, 0, 0, 1));
            Effective.recompute(handle, vault, id, clock.instant());
        });
        return id;
    }

    /** Notes what a machine that registers again says of itself; its history, name, tags and policy stay. */
    public void addAgain(UUID server, String hostname, String os, String agentVersion) {
        catalog.run(handle -> ServerTable.reenrol(handle, server, Wire.plain(hostname, 255), Wire.plain(os, 200),
                Wire.plain(agentVersion, 64)));
    }

    /**
     * Completes a registration.
     *
     * @param domainId encryption domain, 32 hex digits
     * @param publicKey Ed25519 key of the domain, 32 bytes
     * @param intakeKey X25519 key of the agent, 32 bytes
     * @param intakeProof signature of the domain over the intake key, or null
     * @param keyHolder where the passphrase is kept, for people
     */
    public void complete(UUID server, String domainId, byte[] publicKey, byte[] intakeKey,
            byte @Nullable [] intakeProof, String keyHolder) {
        Base64.Encoder base64 = Base64.getEncoder();
        catalog.run(handle -> ServerTable.setKeys(handle, server, clock.instant(), Wire.of(ServerState.UNPROTECTED),
                domainId, base64.encodeToString(publicKey), base64.encodeToString(intakeKey),
                intakeProof == null ? null : base64.encodeToString(intakeProof), Wire.plain(keyHolder, 200)));
    }

    /** Takes away a server whose registration was never complete; another one stays as it is. */
    public void abandon(UUID server) {
        catalog.write(handle -> ServerTable.deleteUnregistered(handle, server));
    }

    /** Tells everybody concerned that a server has come, gone or changed; to be called after the commit. */
    public void announce(UUID server) {
        presence.reload(server);
        news.publish(server);
    }

    private static ServerIdentity identity(ServerRow row) {
        String key = row.publicKey();
        return new ServerIdentity(row.id(), row.vaultId(), row.name(), row.machineId(), row.registered() != null,
                row.retired() != null, row.domainId(), key == null ? null : Base64.getDecoder().decode(key));
    }

    /** Words as a column. */
    static final class Tags {
        private static final String WORD = "[A-Za-z0-9][A-Za-z0-9._:-]{0,63}";
        private static final int MOST = 50;

        private Tags() {
        }

        static String join(Collection<String> tags) {
            if (tags.size() > MOST) {
                throw Refusal.invalid("tags", "At most " + MOST + " tags are possible.");
            }
            for (String tag : tags) {
                check(tag);
            }
            return tags.isEmpty() ? "" : "," + String.join(",", new TreeSet<>(tags)) + ",";
        }

        static void check(String tag) {
            if (!tag.matches(WORD)) {
                throw Refusal.invalid("tags", "A tag has 1 to 64 letters, digits, dots, underscores, colons and hyphens"
                        + " and starts with a letter or digit.");
            }
        }

        static List<String> split(String column) {
            return column.isEmpty() ? List.of() : List.of(column.substring(1, column.length() - 1).split(","));
        }
    }
}
