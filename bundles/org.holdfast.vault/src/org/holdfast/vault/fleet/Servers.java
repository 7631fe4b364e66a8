package org.holdfast.vault.fleet;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.PolicyOrigin;
import org.holdfast.api.fleet.ServerItems;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.policy.FieldProblem;
import org.holdfast.api.policy.PolicyCheck;
import org.holdfast.crypto.DomainProof;
import org.holdfast.protocol.agent.AgentPolicy;
import org.holdfast.protocol.agent.Retirement;
import org.holdfast.protocol.common.Json;
import org.holdfast.protocol.fleet.ChangeServer;
import org.holdfast.protocol.fleet.ServerPolicy;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.Refusal.Kind;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.ListRequest;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.catalog.fleet.CommandTable;
import org.holdfast.vault.catalog.fleet.PolicyRow;
import org.holdfast.vault.catalog.fleet.PolicyTable;
import org.holdfast.vault.catalog.fleet.ServerListRow;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.catalog.fleet.VaultTable;
import org.holdfast.vault.events.Signals;
import org.jdbi.v3.core.Handle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Protected servers as people see and edit them. Thread-safe. */
@Component(service = Servers.class)
public final class Servers {
    private static final int LONGEST_NAME = 100;

    private final Catalog catalog;
    private final Clock clock;
    private final Presence presence;
    private final ServerViews views;
    private final ServerNews news;
    private final Policies policies;
    private final PolicyResolver resolver;
    private final JobReports jobs;
    private final Alerts alerts;
    private final Signals signals;

    /** Servers of a catalogue. */
    @Activate
    public Servers(@Reference Catalog catalog, @Reference Clock clock, @Reference Presence presence,
            @Reference ServerViews views, @Reference ServerNews news, @Reference Policies policies,
            @Reference PolicyResolver resolver, @Reference JobReports jobs, @Reference Alerts alerts,
            @Reference Signals signals) {
        this.catalog = catalog;
        this.clock = clock;
        this.presence = presence;
        this.views = views;
        this.news = news;
        this.policies = policies;
        this.resolver = resolver;
        this.jobs = jobs;
        this.alerts = alerts;
        this.signals = signals;
    }

    /** A page of a vault's servers. */
    public Page<ServerSummary> list(UUID vault, ListRequest request) {
        var page = catalog.read(handle -> ServerTable.list(handle, vault, request));
        return new Page<>(page.items().stream().map(views::summary).toList(), page.next(), page.total());
    }

    /** A server of a vault. */
    public Versioned<ServerSummary> get(UUID vault, String id) {
        ServerListRow row = catalog.read(handle -> ServerTable.listRow(handle, vault, Wire.id(id, "server")))
                .orElseThrow(() -> Refusal.notFound("server"));
        return new Versioned<>(views.summary(row), row.server().version());
    }

    /** Changes name, tags and labels. */
    public Versioned<ServerSummary> change(UUID vault, String id, ChangeServer wanted, long version) {
        String name = wanted.name();
        if (name != null && (name.isBlank() || name.length() > LONGEST_NAME
                || name.codePoints().anyMatch(Character::isISOControl))) {
            throw Refusal.invalid("name", "A server's name has 1 to " + LONGEST_NAME + " characters.");
        }
        if (wanted.labels() != null) {
            Vaults.checkLabels("labels", wanted.labels());
        }
        return edit(vault, id, version, (handle, row) -> with(row, name == null ? row.name() : name.strip(),
                wanted.tags() == null ? row.tags() : ServerRegistry.Tags.join(wanted.tags()),
                wanted.labels() == null ? row.labels() : Json.text(wanted.labels()), row.items(), row.policyId()));
    }

    /** What a server protects instead of its policy's items. */
    public Versioned<ServerItems> items(UUID vault, String id) {
        ServerRow row = row(vault, id);
        return new Versioned<>(Wire.read(row.items(), ServerItems.class), row.version());
    }

    /** Changes what a server protects; its agent learns of it at once. */
    public Versioned<ServerItems> setItems(UUID vault, String id, ServerItems items, long version) {
        List<FieldProblem> problems = PolicyCheck.checkItems(items.items(), items.exclusions());
        if (!problems.isEmpty()) {
            throw Refusal.invalid(problems.getFirst().field(), problems.getFirst().message());
        }
        edit(vault, id, version, (handle, row) -> with(row, row.name(), row.tags(), row.labels(), Json.text(items),
                row.policyId()));
        return items(vault, id);
    }

    /** The policy of a server. */
    public Versioned<ServerPolicy> policy(UUID vault, String id) {
        ServerRow row = row(vault, id);
        UUID assigned = row.policyId();
        String name = assigned == null ? null
                : catalog.read(handle -> PolicyTable.byId(handle, assigned)).map(PolicyRow::name).orElse(null);
        LiveServer live = presence.find(row.id());
        if (live == null) {
            return new Versioned<>(new ServerPolicy(name, null, PolicyOrigin.NONE, false, null), row.version());
        }
        AgentPolicy wanted = resolver.resolve(live);
        synchronized (live) {
            return new Versioned<>(new ServerPolicy(name, wanted.policy(), wanted.origin(),
                    wanted.version().equals(live.applied), live.drift), row.version());
        }
    }

    /**
     * Assigns a policy to a server itself, or with null none.
     *
     * @throws Refusal when the vault has no policy of that name
     */
    public Versioned<ServerPolicy> setPolicy(UUID vault, String id, @Nullable String policy, long version) {
        edit(vault, id, version, (handle, row) -> with(row, row.name(), row.tags(), row.labels(), row.items(),
                policy == null ? null
                        : PolicyTable.byName(handle, vault, policy).map(PolicyRow::id).orElseThrow(
                                () -> Refusal.invalid("assigned", "The vault has no policy of that name."))));
        return policy(vault, id);
    }

    /** Gives a server up: it may not connect again, its recovery points stay. */
    public void retire(UUID vault, String id, long version) {
        ServerRow row = row(vault, id);
        LiveServer live = presence.find(row.id());
        if (live != null) {
            jobs.take(live);
        }
        catalog.run(handle -> {
            if (!ServerTable.retire(handle, row.id(), clock.instant(), version)) {
                throw Vaults.changed();
            }
            CommandTable.deleteOf(handle, row.id());
        });
        if (live != null) {
            jobs.retired(live);
            presence.reload(row.id());
            signals.signal(live.signal());
        }
        alerts.settleAll(row.id());
        news.publish(row.id());
    }

    /**
     * A server gives itself up.
     *
     * @throws Refusal of kind FORBIDDEN (code {@code retirement-proof-wrong}) when it does not prove that it holds the
     *         passphrase
     */
    public void retire(UUID vault, UUID server, Retirement said) {
        ServerRow row = row(vault, server.toString());
        String key = row.publicKey();
        if (key == null || !DomainProof.verify(Base64.getDecoder().decode(key), Retirement.PURPOSE,
                server.toString().getBytes(StandardCharsets.US_ASCII), said.proof())) {
            throw new Refusal(Kind.FORBIDDEN, "retirement-proof-wrong",
                    "Nothing proves that whoever gives the server up holds its passphrase.",
                    "Use the server's passphrase, or retire it as an administrator.");
        }
        Versioned<ServerSummary> now = get(vault, server.toString());
        if (said.requestDeletion()) {
            var labels = new HashMap<>(now.value().labels());
            labels.put(Retirement.DELETION_LABEL, clock.instant().toString());
            now = change(vault, server.toString(), new ChangeServer(null, null, labels), now.version());
        }
        retire(vault, server.toString(), now.version());
    }

    private interface Edit {
        ServerRow of(Handle handle, ServerRow row);
    }

    private Versioned<ServerSummary> edit(UUID vault, String id, long version, Edit edit) {
        List<UUID> others = catalog.write(handle -> {
            VaultTable.lock(handle, vault);
            ServerRow row = find(handle, vault, id);
            if (row.retired() != null) {
                throw new Refusal(Kind.CONFLICT, "server-retired", "The server was retired.", "");
            }
            ServerRow next = edit.of(handle, row);
            if (row.version() != version || !ServerTable.edit(handle, next)) {
                throw Vaults.changed();
            }
            boolean concernsPolicy = !Objects.equals(next.policyId(), row.policyId())
                    || !next.tags().equals(row.tags());
            return concernsPolicy ? Effective.recompute(handle, vault, row.id(), clock.instant()) : List.of();
        });
        UUID server = Wire.id(id, "server");
        presence.reload(server);
        LiveServer live = presence.find(server);
        if (live != null) {
            signals.signal(live.signal());
        }
        policies.refresh(vault, others);
        news.publish(server);
        return get(vault, id);
    }

    private ServerRow row(UUID vault, String id) {
        return catalog.read(handle -> find(handle, vault, id));
    }

    private static ServerRow find(Handle handle, UUID vault, String id) {
        return ServerTable.byId(handle, Wire.id(id, "server")).filter(row -> row.vaultId().equals(vault))
                .orElseThrow(() -> Refusal.notFound("server"));
    }

    private static ServerRow with(ServerRow r, String name, String tags, String labels, String items,
            @Nullable UUID policy) {
        return new ServerRow(r.id(), r.vaultId(), name, r.hostname(), r.machineId(), r.addresses(), r.os(), r.zone(),
                r.agentVersion(), r.bootId(), tags, labels, items, policy, r.effectivePolicy(), r.effectiveOrigin(),
                r.appliedPolicy(), r.drift(), r.state(), r.reason(), r.created(), r.registered(), r.retired(),
                r.lastContact(), r.lastBackup(), r.lastOutcome(), r.nextBackup(), r.clockSkew(), r.domainId(),
                r.publicKey(), r.intakeKey(), r.intakeProof(), r.keyHolder(), r.points(), r.storedBytes(),
                r.version() + 1);
    }
}
