package org.holdfast.cli.internal.fleet;

import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.fleet.ServerItems;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.cli.internal.output.Units;
import org.holdfast.client.Answer;
import org.holdfast.client.Call;
import org.holdfast.protocol.fleet.ChangeServer;
import org.holdfast.protocol.fleet.ServerPolicy;

/** Protected servers. */
public final class ServerCommands {
    static final CliOperand SERVER = CliOperand.one("SERVER", "Server: its name, its id, or the beginning of it");

    private ServerCommands() {
    }

    /** {@code server list}. */
    public static Command list() {
        return RemoteCommand.inVault("server list", "List the protected servers of a vault", List.of(
                CliOption.choice("--state", "STATE", "Only servers in this state",
                        List.of("registering", "protected", "at-risk", "unprotected", "lost", "retired")),
                CliOption.choice("--drill", "STATE", "Only servers whose restore drills stand so",
                        List.of("off", "waiting", "good", "overdue", "failed")),
                CliOption.value("--tag", "TAG", "Only servers with this tag"),
                CliOption.value("--name", "TEXT", "Only servers with this text in their name")), List.of(),
                (call, remote) -> {
                    Call list = Call.get(remote.inVault("servers"));
                    list = call.value("--state") == null ? list : list.query("state", call.value("--state"));
                    list = call.value("--drill") == null ? list : list.query("drillState", call.value("--drill"));
                    list = call.value("--tag") == null ? list : list.query("tag", call.value("--tag"));
                    list = call.value("--name") == null ? list : list.query("name~", call.value("--name"));
                    Output.list(call, remote.all(list, ServerSummary.class), "No such servers.",
                            new String[] { "STATE", "NAME", "LAST GOOD", "DRILL", "POLICY", "NEXT RUN", ">POINTS",
                                    ">STORED",
                                    "VERSION", "ID", "WHY" },
                            s -> new String[] { Output.words(s.state()), s.name(),
                                    Output.time(call, s.lastBackup()), DrillCommands.brief(s), policy(s),
                                    Output.time(call, s.nextBackup()),
                                    Units.count(s.points()), Units.size(s.storedBytes()),
                                    Output.text(s.agentVersion()), Output.id(s.id()), s.reason() });
                    return RemoteCommand.DONE;
                });
    }

    private static String policy(ServerSummary server) {
        return server.policy() == null ? "-"
                : server.policy() + " v" + server.policyVersion() + (server.drift() == null ? "" : " (drifted)");
    }

    /** {@code server show}. */
    public static Command show() {
        return RemoteCommand.inVault("server show", "Tell all about a protected server", List.of(), List.of(SERVER),
                (call, remote) -> {
                    var server = remote.server(call.operand("SERVER"));
                    if (call.json()) {
                        Output.value(call, server);
                        return RemoteCommand.DONE;
                    }
                    var items = remote.client().get(remote.inVault("servers", server.id(), "items"),
                            ServerItems.class);
                    call.out().println(server.name());
                    var facts = new Facts();
                    facts.add("state", Output.words(server.state()) + (server.reason().isEmpty() ? ""
                            : ": " + server.reason())).add("id", server.id())
                            .add("host name", Output.text(server.hostname()))
                            .add("addresses", String.join(" ", server.addresses()))
                            .add("system", Output.text(server.os())).add("agent", Output.text(server.agentVersion()))
                            .add("connected", server.connected() ? "yes"
                                    : "no, last heard of "
                                            + Output.time(call, server.lastContact()))
                            .add("policy", policy(server) + " from " + Output.words(server.policyOrigin()))
                            .addIf(server.drift() != null, "drift", String.valueOf(server.drift()))
                            .addIf(!items.items().isEmpty(), "items", String.join(" ", items.items()))
                            .add("last good backup", Output.time(call, server.lastBackup()))
                            .add("next backup", Output.time(call, server.nextBackup()));
                    DrillCommands.facts(facts, call, server);
                    facts.add("points", Units.count(server.points()) + ", " + Units.size(server.storedBytes()))
                            .addIf(!server.tags().isEmpty(), "tags", String.join(" ", server.tags()))
                            .add("registered", Output.time(call, server.registered())).print(call.out());
                    return RemoteCommand.DONE;
                });
    }

    /** {@code server set}. */
    public static Command set() {
        return RemoteCommand.inVault("server set", "Rename a server or change its tags; its history stays", List.of(
                CliOption.value("--name", "NAME", "New name"), CliOption.list("--tag", "TAG", "Tag to add"),
                CliOption.list("--remove-tag", "TAG", "Tag to remove")), List.of(SERVER), (call, remote) -> {
                    String path = remote.inVault("servers", remote.server(call.operand("SERVER")).id());
                    Answer<ServerSummary> now = remote.client().send(Call.get(path), ServerSummary.class);
                    var tags = new ArrayList<>(now.body().tags());
                    tags.removeAll(call.values("--remove-tag"));
                    call.values("--tag").stream().filter(t -> !tags.contains(t)).forEach(tags::add);
                    var changed = remote.client().patch(path, new ChangeServer(call.value("--name"), tags, null),
                            String.valueOf(now.etag()), ServerSummary.class);
                    Output.done(call, changed == null ? now.body() : changed, "Changed.");
                    return RemoteCommand.DONE;
                });
    }

    /** {@code server items}. */
    public static Command items() {
        return RemoteCommand.inVault("server items", "Show or set what a server protects instead of its policy's items",
                List.of(CliOption.list("--exclude", "GLOB", "Leave out what matches"),
                        CliOption.flag("--clear", "Protect the policy's items again")),
                List.of(SERVER, new CliOperand("PATH", "Absolute path on the server", 0, Integer.MAX_VALUE)),
                (call, remote) -> {
                    String path = remote.inVault("servers", remote.server(call.operand("SERVER")).id(), "items");
                    Answer<ServerItems> now = remote.client().send(Call.get(path), ServerItems.class);
                    var items = now.body();
                    boolean change = call.flag("--clear") || !call.operands("PATH").isEmpty()
                            || !call.values("--exclude").isEmpty();
                    if (change) {
                        Exclusions old = items.exclusions();
                        items = call.flag("--clear") ? ServerItems.NONE
                                : new ServerItems(call.operands("PATH").isEmpty() ? items.items()
                                        : call.operands("PATH"),
                                        new Exclusions(call.values("--exclude"), old.largerThan(),
                                                old.cacheDirectories(),
                                                old.markerFiles(), old.oneFileSystem()));
                        remote.client().put(path, items, String.valueOf(now.etag()), ServerItems.class);
                    }
                    Output.done(call, items, items.items().isEmpty() ? "The policy's items."
                            : String.join("\n", items.items()));
                    return RemoteCommand.DONE;
                }).example("server items db-01 /etc /srv --exclude '*.tmp'");
    }

    /** {@code server assign}. */
    public static Command assign() {
        return RemoteCommand.inVault("server assign", "Give a server a policy of its own",
                List.of(CliOption.flag("--none", "Follow the policy of its tags or of the vault again")),
                List.of(SERVER, CliOperand.optional("POLICY", "Name of the policy")), (call, remote) -> {
                    if (call.flag("--none") == (call.operand("POLICY") != null)) {
                        throw Invocation.usage("Name a policy, or give --none.");
                    }
                    String path = remote.inVault("servers", remote.server(call.operand("SERVER")).id(), "policy");
                    Answer<ServerPolicy> now = remote.client().send(Call.get(path), ServerPolicy.class);
                    var changed = remote.client().put(path, ServerPolicy.assign(call.operand("POLICY")),
                            String.valueOf(now.etag()), ServerPolicy.class);
                    Output.done(call, changed == null ? now.body() : changed, "Assigned.");
                    return RemoteCommand.DONE;
                });
    }

    /** {@code server retire}. */
    public static Command retire() {
        return RemoteCommand.inVault("server retire", "Give a server up: it may not connect any more, its points stay",
                List.of(), List.of(SERVER), (call, remote) -> {
                    var server = remote.server(call.operand("SERVER"));
                    String path = remote.inVault("servers", server.id());
                    Answer<ServerSummary> now = remote.client().send(Call.get(path), ServerSummary.class);
                    remote.client().delete(path, now.etag());
                    Output.done(call, server, "Retired " + server.name() + ". Its recovery points stay.");
                    return RemoteCommand.DONE;
                });
    }
}
