package org.holdfast.vault.http.internal.fleet;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

import org.holdfast.api.fleet.PointInfo;
import org.holdfast.api.fleet.ServerItems;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.protocol.agent.AskOrder;
import org.holdfast.protocol.fleet.ChangeServer;
import org.holdfast.protocol.fleet.PinPoint;
import org.holdfast.protocol.fleet.ServerPolicy;
import org.holdfast.vault.catalog.fleet.PointTable;
import org.holdfast.vault.catalog.fleet.ServerTable;
import org.holdfast.vault.fleet.Asks;
import org.holdfast.vault.fleet.RecoveryPoints;
import org.holdfast.vault.fleet.Servers;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.fleet.Versioned;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Reply;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.Permissions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Protected servers, their recovery points, and questions to their agents. */
@Component(service = Endpoints.class)
public final class ServerEndpoints implements Endpoints {
    private static final String SERVERS = Lists.VAULT + "/servers";
    private static final String SERVER = SERVERS + "/{server}";
    private static final String POINT = Lists.VAULT + "/points/{point}";
    private static final String BYTES = "application/octet-stream";

    private final Vaults vaults;
    private final Servers servers;
    private final Asks asks;
    private final RecoveryPoints points;

    /** Takes what it works with. */
    @Activate
    public ServerEndpoints(@Reference Vaults vaults, @Reference Servers servers, @Reference Asks asks,
            @Reference RecoveryPoints points) {
        this.vaults = vaults;
        this.servers = servers;
        this.asks = asks;
        this.points = points;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("list-servers", SERVERS).person(Permissions.SERVER_READ)
                        .summary("Lists the protected servers of a vault.")
                        .lists(ServerSummary.class, ServerTable.LISTING.names())
                        .handle(call -> Lists.page(servers.list(vault(call), call.list()))),
                Route.get("read-server", SERVER).person(Permissions.SERVER_READ).summary("Reads a protected server.")
                        .gives(ServerSummary.class).versioned()
                        .handle(call -> reply(servers.get(vault(call), call.path("server")))),
                Route.patch("change-server", SERVER).person(Permissions.SERVER_MANAGE)
                        .summary("Changes name, tags and labels of a server.").takes(ChangeServer.class)
                        .gives(ServerSummary.class).versioned()
                        .handle(call -> reply(servers.change(vault(call), call.path("server"),
                                call.body(ChangeServer.class), call.version()))),
                Route.delete("retire-server", SERVER).person(Permissions.SERVER_RETIRE)
                        .summary("Gives a server up; its recovery points stay.").versioned().handle(call -> {
                            servers.retire(vault(call), call.path("server"), call.version());
                            return null;
                        }),
                Route.get("read-server-items", SERVER + "/items").person(Permissions.SERVER_READ)
                        .summary("Reads what a server protects instead of its policy's items.")
                        .gives(ServerItems.class).versioned()
                        .handle(call -> reply(servers.items(vault(call), call.path("server")))),
                Route.put("set-server-items", SERVER + "/items").person(Permissions.SERVER_MANAGE)
                        .summary("Sets what a server protects instead of its policy's items.")
                        .takes(ServerItems.class).gives(ServerItems.class).versioned()
                        .handle(call -> reply(servers.setItems(vault(call), call.path("server"),
                                call.body(ServerItems.class), call.version()))),
                Route.get("read-server-policy", SERVER + "/policy").person(Permissions.POLICY_READ)
                        .summary("Tells which policy a server has, why, and whether it follows it.")
                        .gives(ServerPolicy.class).versioned()
                        .handle(call -> reply(servers.policy(vault(call), call.path("server")))),
                Route.put("set-server-policy", SERVER + "/policy").person(Permissions.POLICY_MANAGE)
                        .summary("Assigns a policy to a server itself, or takes it away.").takes(ServerPolicy.class)
                        .gives(ServerPolicy.class).versioned()
                        .handle(call -> reply(servers.setPolicy(vault(call), call.path("server"),
                                call.body(ServerPolicy.class).assigned(), call.version()))),
                Route.get("list-server-points", SERVER + "/points").person(Permissions.POINT_READ)
                        .summary("Lists the recovery points of a server.")
                        .lists(PointInfo.class, PointTable.LISTING.names())
                        .handle(call -> Lists.page(points.list(vault(call), call.path("server"), call.list()))),
                Route.get("list-points", Lists.VAULT + "/points").person(Permissions.POINT_READ)
                        .summary("Lists the recovery points of a vault.")
                        .lists(PointInfo.class, PointTable.LISTING.names())
                        .handle(call -> Lists.page(points.list(vault(call), call.list()))),
                Route.get("read-point", POINT).person(Permissions.POINT_READ)
                        .summary("Reads a recovery point.").gives(PointInfo.class)
                        .handle(call -> points.get(vault(call), call.path("point"))),
                Route.post("pin-point", POINT + "/pin").person(Permissions.POINT_PIN)
                        .summary("Keeps a recovery point until a time or for ever, whatever the policy says.")
                        .takes(PinPoint.class).gives(PointInfo.class).handle(this::pin),
                Route.post("unpin-point", POINT + "/unpin").person(Permissions.POINT_UNPIN)
                        .summary("Lets the policy decide about a recovery point again.").gives(PointInfo.class)
                        .handle(call -> points.unpin(vault(call), call.path("point"))),
                Route.post("ask-server", SERVER + "/ask").person(Permissions.SERVER_ASK)
                        .summary("Passes a sealed question to the agent of a server and its sealed answer back.")
                        .takesBytes(AskOrder.MAX_BYTES).givesBytes(BYTES).handle(this::ask));
    }

    private PointInfo pin(Call call) {
        PinPoint wish = call.body(PinPoint.class);
        // before the change, with which it is stored
        call.audit(wish.until() == null ? "for ever" : "until " + wish.until());
        return points.pin(vault(call), call.path("point"), wish, call.person().name(),
                call.allows(Permissions.POINT_UNPIN));
    }

    private Reply ask(Call call) throws IOException {
        var ask = asks.begin(vault(call), call.path("server"), call.stream().readAllBytes());
        try {
            byte[] answer = call.await(ask.signal(), Asks.PATIENCE, ask::answer);
            if (answer == null) {
                throw Asks.late();
            }
            return Reply.bytes(BYTES, answer);
        } finally {
            asks.end(ask);
        }
    }

    private UUID vault(Call call) {
        return vaults.id(call.path("vault"));
    }

    private static Reply reply(Versioned<?> value) {
        return Reply.of(value.value()).version(value.version());
    }
}
