package org.holdfast.cli.internal.fleet;

import java.util.List;

import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.output.Units;
import org.holdfast.client.Call;
import org.holdfast.protocol.fleet.NodeView;

/** The nodes of a vault server. */
public final class NodeCommands {
    private static final String FORGET = "--forget";

    private NodeCommands() {
    }

    /** {@code vault nodes}. */
    public static Command nodes() {
        return RemoteCommand.of("vault nodes", "List the nodes of the vault server and when each was last heard of",
                List.of(CliOption.value(FORGET, "NAME", "Forget a node that is lost and does not come back")),
                List.of(),
                (call, remote) -> {
                    List<NodeView> all = remote.all(Call.get(Remote.path("nodes")), NodeView.class);
                    String forget = call.value(FORGET);
                    if (forget != null) {
                        NodeView one = Remote.pick("node", forget, all.stream().filter(n -> !n.alive()).toList(),
                                NodeView::id, NodeView::name);
                        remote.client().delete(Remote.path("nodes", one.id()), null);
                        Output.done(call, one, "The node " + one.name() + " is forgotten.");
                        return RemoteCommand.DONE;
                    }
                    Output.list(call, all, "No node is known.",
                            new String[] { "NODE", "STATE", "VERSION", "SCHEMA", "LAST CONTACT", ">SERVERS",
                                    "DOES FOR ALL" },
                            n -> new String[] { n.name() + (n.answering() ? " *" : ""), n.alive() ? "alive" : "lost",
                                    Output.text(n.version()), n.schema(), Output.time(call, n.lastContact()),
                                    Units.count(n.servers()), String.join(", ", n.turns()) });
                    return all.stream().allMatch(NodeView::alive) ? RemoteCommand.DONE : RemoteCommand.FAILED;
                });
    }
}
