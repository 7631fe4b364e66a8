package org.holdfast.vault.http.internal.fleet;

import java.util.List;

import org.holdfast.protocol.fleet.NodeView;
import org.holdfast.vault.catalog.Page;
import org.holdfast.vault.fleet.NodeWatch;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.Permissions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The nodes of the installation. */
@Component(service = Endpoints.class)
public final class NodeEndpoints implements Endpoints {
    private static final String NODES = "/api/v1/nodes";

    private final NodeWatch nodes;

    /** Takes what it works with. */
    @Activate
    public NodeEndpoints(@Reference NodeWatch nodes) {
        this.nodes = nodes;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("list-nodes", NODES).person(Permissions.VAULT_READ)
                        .summary("Lists the vault nodes, with when they were last heard of.").lists(NodeView.class)
                        .handle(call -> {
                            List<NodeView> all = nodes.list();
                            return new Page<>(all, null, (long) all.size());
                        }),
                Route.delete("forget-node", NODES + "/{node}").person(Permissions.VAULT_MANAGE)
                        .summary("Forgets a vault node that is lost for good.").handle(call -> {
                            nodes.forget(call.path("node"));
                            return null;
                        }));
    }
}
