package org.holdfast.console.servers.internal.editor;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.policy.Bandwidth;
import org.holdfast.api.policy.Policy;
import org.holdfast.console.client.fleet.VaultPolicy;
import org.holdfast.console.client.fleet.Versioned;
import org.holdfast.console.model.Row;
import org.holdfast.protocol.fleet.ChangeServer;

/** Changes of a server's properties, sent to the vault one after the other. */
final class PropertiesChange {
    private final Row<ServerSummary> server;
    /** The policy when the wizard was opened. */
    private final @Nullable Policy atFirst;

    PropertiesChange(Row<ServerSummary> server) {
        this.server = server;
        atFirst = policy();
    }

    /** The policy that holds, as known now; null when none does. */
    @Nullable
    Policy policy() {
        String name = server.value().policy();
        VaultPolicy known = name == null ? null
                : server.session().live().policies().get(server.value().vault() + '/' + name);
        return known == null ? null : known.policy();
    }

    /** How many servers follow that policy, this one with them. */
    long followers() {
        ServerSummary s = server.value();
        return server.session().live().servers().snapshot().stream().filter(o -> o.state() != ServerState.RETIRED
                && o.vault().equals(s.vault()) && s.policy() != null && s.policy().equals(o.policy())).count();
    }

    /** A name for a policy of this server alone that no other policy of the vault has. */
    String ownName() {
        String wanted = (server.value().policy() + "-" + server.value().name()).replaceAll("[^\\p{Alnum}._-]", "-");
        String base = wanted.substring(0, Math.min(60, wanted.length()));
        String name = base;
        for (int i = 2; server.session().live().policies().get(server.value().vault() + '/' + name) != null; i++) {
            name = base + '-' + i;
        }
        return name;
    }

    /** Sets name, tags and labels. */
    CompletableFuture<Void> describe(String name, List<String> tags, Map<String, String> labels) {
        var calls = server.session().api().servers();
        String vault = server.value().vault();
        String id = server.value().id();
        return calls.read(vault, id).thenCompose(read -> isAsShown(read.value())
                ? calls.change(vault, id, new ChangeServer(name, tags, labels), read.etag())
                : CompletableFuture.failedFuture(meanwhile())).thenAccept(PropertiesChange::done);
    }

    private boolean isAsShown(ServerSummary now) {
        ServerSummary shown = server.value();
        return now.name().equals(shown.name()) && now.tags().equals(shown.tags())
                && now.labels().equals(shown.labels());
    }

    /** Changes the bandwidth of the policy, and with it of all servers that follow it. */
    CompletableFuture<Void> throttleAll(Bandwidth bandwidth) {
        var calls = server.session().api().policies();
        String vault = server.value().vault();
        return unchangedPolicy().thenCompose(read -> calls.change(vault, read.value().name(),
                with(read.value(), read.value().name(), bandwidth), read.etag())).thenAccept(PropertiesChange::done);
    }

    /** Gives the server a copy of its policy with another bandwidth. */
    CompletableFuture<Void> throttleOne(Bandwidth bandwidth, String name) {
        var api = server.session().api();
        String vault = server.value().vault();
        String id = server.value().id();
        return unchangedPolicy()
                .thenCompose(read -> api.policies().create(vault, with(read.value(), name, bandwidth).withVersion(0)))
                .thenCompose(made -> api.servers().policy(vault, id))
                .thenCompose(read -> api.servers().assign(vault, id, name, read.etag()))
                .thenAccept(PropertiesChange::done);
    }

    /** The policy, unless its bandwidth is not what was shown when the wizard was opened. */
    private CompletableFuture<Versioned<Policy>> unchangedPolicy() {
        Policy shown = atFirst;
        return server.session().api().policies().read(server.value().vault(), String.valueOf(server.value().policy()))
                .thenCompose(read -> shown != null && read.value().bandwidth().equals(shown.bandwidth())
                        ? CompletableFuture.completedFuture(read)
                        : CompletableFuture.failedFuture(meanwhile()));
    }

    /** What somebody else changed is never overwritten unseen. */
    private static HoldfastException meanwhile() {
        return new HoldfastException(Problem.INVALID_REQUEST, Messages.change_meanwhile,
                Messages.change_meanwhileAdvice);
    }

    private static void done(Object answer) {
        // Events bring the change into the lists.
    }

    private static Policy with(Policy p, String name, Bandwidth bandwidth) {
        return new Policy(name, p.version(), p.description(), p.items(), p.exclusions(), p.plan(), p.retention(),
                bandwidth, p.before(), p.after(), p.level(), p.changeDetection(), p.reportPaths(),
                p.warningThreshold(), p.drills());
    }
}
