package org.holdfast.vault.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.DrillState;
import org.holdfast.api.fleet.LastDrill;
import org.holdfast.api.fleet.PolicyOrigin;
import org.holdfast.api.fleet.ServerItems;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.protocol.common.Json;
import org.holdfast.vault.catalog.fleet.ServerListRow;
import org.holdfast.vault.catalog.fleet.ServerRow;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Servers as people see them: rows of the catalogue with what only the memory knows. Thread-safe. */
@Component(service = ServerViews.class)
public final class ServerViews {
    private static final String NO_ITEMS = Json.text(ServerItems.NONE);

    private final Presence presence;

    /** Views over the memory of this node. */
    @Activate
    public ServerViews(@Reference Presence presence) {
        this.presence = presence;
    }

    /** A row as people see it. */
    ServerSummary summary(ServerListRow listed) {
        ServerRow row = listed.server();
        LiveServer live = row.retired() == null ? presence.find(row.id()) : null;
        Instant contact = row.lastContact();
        boolean connected = false;
        if (live != null && !live.mine) {
            // Another node knows better; here is what it has written, about once a minute.
            connected = contact != null && !row.state().equals(Wire.of(ServerState.LOST))
                    && Duration.between(contact, presence.now()).compareTo(Health.LOST) < 0;
        } else if (live != null) {
            synchronized (live) {
                contact = live.lastContact;
                connected = contact != null && live.state != ServerState.LOST
                        && Duration.between(contact, live.lastSign).isZero();
            }
        }
        return new ServerSummary(row.id().toString(), listed.vaultName(), row.name(), row.hostname(), row.machineId(),
                Wire.words(row.addresses()), row.os(), row.agentVersion(), ServerRegistry.Tags.split(row.tags()),
                Wire.labels(row.labels()), Wire.to(ServerState.class, row.state()), row.reason(), connected,
                row.registered(), contact, row.lastBackup(), row.nextBackup(), listed.policyName(),
                listed.policyVersion(), Wire.to(PolicyOrigin.class, row.effectiveOrigin()), row.drift(),
                row.clockSkew(), listed.running(), row.points(), row.storedBytes(), ownItems(row.items()),
                listed.openAlerts(),
                row.domainId(), row.intakeKey(), row.intakeProof(),
                listed.drillState() == null ? DrillState.OFF : Wire.to(DrillState.class, listed.drillState()),
                Wire.readOrNull(listed.drill(), LastDrill.class));
    }

    /** Nearly all servers have none, which is told without reading the text. */
    private static int ownItems(String items) {
        return items.equals(NO_ITEMS) ? 0 : Wire.read(items, ServerItems.class).items().size();
    }

    /** Name of a server that is in memory, or null. */
    @Nullable
    String name(UUID server) {
        LiveServer live = presence.find(server);
        if (live == null) {
            return null;
        }
        synchronized (live) {
            return live.name;
        }
    }
}
