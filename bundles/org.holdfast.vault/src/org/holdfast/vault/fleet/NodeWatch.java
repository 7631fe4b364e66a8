package org.holdfast.vault.fleet;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.holdfast.api.fleet.AlertKind;
import org.holdfast.api.fleet.Severity;
import org.holdfast.protocol.fleet.NodeView;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.nodes.NodeRow;
import org.holdfast.vault.catalog.nodes.NodeTable;
import org.holdfast.vault.catalog.nodes.TurnTable;
import org.holdfast.vault.nodes.ThisNode;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The nodes as people see them, and the alert when one is lost. Thread-safe. */
@Component(service = NodeWatch.class)
public final class NodeWatch {
    /** A node that was lost for so long is not expected back. */
    private static final Duration FORGOTTEN = Duration.ofDays(7);
    /** Turns of single servers, which are many and short. */
    private static final Set<String> SMALL = Set.of("retention", "seed");

    private final Catalog catalog;
    private final ThisNode self;
    private final Alerts alerts;

    /** Of a catalogue. */
    @Activate
    public NodeWatch(@Reference Catalog catalog, @Reference ThisNode self, @Reference Alerts alerts) {
        this.catalog = catalog;
        this.self = self;
        this.alerts = alerts;
    }

    /** All nodes that were not stopped in order, by name. */
    public List<NodeView> list() {
        return catalog.read(handle -> NodeTable.present(handle).stream().map(node -> new NodeView(
                node.id().toString(), node.name(), List.of(node.addresses().split(",")), node.version(),
                node.schema(), node.started(), node.lastContact(), ThisNode.isAlive(node),
                node.id().equals(self.id()), node.servers(),
                TurnTable.of(handle, node.id(), "").stream().filter(turn -> !SMALL.contains(turn.split(" ")[0]))
                        .toList()))
                .toList());
    }

    /**
     * Forgets a node that is lost for good.
     *
     * @throws Refusal {@code node-alive}, or of kind NOT_FOUND
     */
    public void forget(String id) {
        UUID key = Wire.id(id, "node");
        NodeRow node = catalog.read(NodeTable::present).stream().filter(each -> each.id().equals(key)).findFirst()
                .orElseThrow(() -> Refusal.notFound("node"));
        if (ThisNode.isAlive(node)) {
            throw new Refusal(Refusal.Kind.CONFLICT, "node-alive", "The node is alive.", "Stop it first.");
        }
        catalog.run(handle -> NodeTable.end(handle, key));
        look();
    }

    /** Tells of nodes that are lost, and that they are back; one node does that. */
    public void look() {
        Set<String> hold = new HashSet<>();
        for (NodeRow node : self.all()) {
            if (ThisNode.isAlive(node)) {
                continue;
            }
            if (node.silentSeconds() > FORGOTTEN.toSeconds()) {
                catalog.run(handle -> NodeTable.end(handle, node.id()));
                continue;
            }
            Finding finding = new Finding(AlertKind.NODE_LOST, Severity.WARNING, null, null, node.name(),
                    "The vault node " + node.name() + " has not been heard of since " + node.lastContact() + ".",
                    "Start it again; the other nodes go on meanwhile. When it will not come back: 'holdfast vault"
                            + " nodes --forget " + node.name() + "'.",
                    null);
            hold.add(finding.cause());
            alerts.raiseOnce(finding);
        }
        alerts.open(AlertKind.NODE_LOST).stream().filter(cause -> !hold.contains(cause)).forEach(alerts::settle);
    }
}
