package org.holdfast.cli.internal.fleet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.RawPath;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.IfExists;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.input.NativePaths;
import org.holdfast.cli.internal.output.Table;
import org.holdfast.cli.internal.output.Units;
import org.holdfast.client.Call;
import org.holdfast.client.sealed.AgentRequests;
import org.holdfast.protocol.agent.AskEntry;
import org.holdfast.protocol.agent.AskRequest;
import org.holdfast.protocol.agent.ExclusionReport;
import org.holdfast.protocol.agent.ExclusionTrial;
import org.holdfast.protocol.agent.RestoreRequest;

/** What is asked of a server's agent through the vault server, which cannot read it. */
public final class AgentCommands {
    private static final int PAGE = 5000;

    /** For how long a server may read another one's points to restore them. */

    private AgentCommands() {
    }

    /** {@code server restore}. */
    public static Command restore() {
        return RemoteCommand.inVault("server restore", "Let a server restore from its own points or another server's",
                List.of(CliOption.value("--from", "SERVER", "Server whose point it is (default: the same)"),
                        CliOption.value("--from-passphrase-file", "FILE", "Passphrase of that server's data"),
                        CliOption.value("--to", "DIR", "Folder on the server (default: the original places)"),
                        CliOption.list("--include", "PATH", "Only this path and all below it"),
                        CliOption.choice("--if-exists", "RULE", "What to do with files that are there already",
                                List.of("copy", "overwrite", "skip", "newer")),
                        CliOption.flag("--no-metadata", "Leave out owners, rights, times and attributes"),
                        CliOption.flag("--throttle", "Keep to the bandwidth of the server's policy"),
                        CliOption.flag("--wait", "Show its progress and wait until it has ended")),
                List.of(ServerCommands.SERVER, CliOperand.one("POINT", "Recovery point: its id, or 'latest'")),
                (call, remote) -> {
                    ServerSummary target = remote.server(call.operand("SERVER"));
                    ServerSummary source = call.value("--from") == null ? target : remote.server(call.value("--from"));
                    String point = Points.find(remote, source, call.operand("POINT"));
                    char[] other = source.id().equals(target.id()) ? new char[0]
                            : secret(call, "--from-passphrase-file", "Passphrase of " + source.name() + ": ");
                    try (OpenVault domain = domain(call, remote, target)) {
                        var job = new AgentRequests(remote.client(), remote.inVault(), target, domain).restore(point,
                                source, id -> new RestoreRequest(id, target.id(), source.id(), point,
                                        call.values("--include").stream().map(p -> RawPath.of(p).bytes()).toList(),
                                        call.value("--to") == null ? null : RawPath.of(call.value("--to")).bytes(),
                                        rule(call), !call.flag("--no-metadata"), call.flag("--throttle"),
                                        other.length == 0 ? null : new String(other)));
                        if (call.flag("--wait")) {
                            return JobWatch.follow(call, remote, job.id());
                        }
                        Output.done(call, job, "Asked " + target.name() + " to restore, job " + Output.id(job.id())
                                + ".");
                        return RemoteCommand.DONE;
                    } finally {
                        Arrays.fill(other, '\0');
                    }
                }).opening()
                .saying("The passphrase is that of the server that does the work: its agent restores nothing"
                        + " for people who do not hold it. With --from the server gets the right to read the"
                        + " other one's points for a day.")
                .example("server restore web-02 latest --from web-01 --to /srv/back --include /srv/www --wait");
    }

    private static IfExists rule(Invocation call) {
        String rule = call.value("--if-exists");
        return rule == null ? IfExists.COPY : IfExists.valueOf(rule.toUpperCase(Locale.ROOT));
    }

    /** {@code server browse}. */
    public static Command browse() {
        return RemoteCommand.inVault("server browse", "List a folder of a server's point, or of the server itself",
                List.of(CliOption.flag("--source", "List the server's own files, to choose items")),
                List.of(ServerCommands.SERVER, CliOperand.one("PATH", "Folder"),
                        CliOperand.optional("POINT", "Recovery point (default: latest)")),
                (call, remote) -> {
                    ServerSummary server = remote.server(call.operand("SERVER"));
                    @Nullable String point = call.flag("--source") ? null
                            : Points.find(remote, server,
                                    call.operand("POINT") == null ? "latest" : call.operand("POINT"));
                    show(call, ask(call, remote, server, point == null ? "source" : "browse", point,
                            RawPath.of(call.operand("PATH")).bytes(), null));
                    return RemoteCommand.DONE;
                }).opening();
    }

    /** {@code server excluded}. */
    public static Command excluded() {
        return RemoteCommand.inVault("server excluded", "Tell what a policy would leave out on a server",
                List.of(CliOption.value("--policy", "NAME", "Policy to try (default: that of the server)")),
                List.of(ServerCommands.SERVER), (call, remote) -> {
                    ServerSummary server = remote.server(call.operand("SERVER"));
                    String name = call.value("--policy") == null ? server.policy() : call.value("--policy");
                    if (name == null) {
                        throw Invocation.usage(server.name() + " follows no policy: name one with --policy.");
                    }
                    Policy policy = remote.client().get(remote.inVault("policies", name), Policy.class);
                    ExclusionReport report;
                    try (OpenVault domain = domain(call, remote, server)) {
                        report = new AgentRequests(remote.client(), remote.inVault(), server, domain)
                                .ask(reply -> AskRequest.exclusions(new ExclusionTrial(policy.items(),
                                        policy.exclusions()), server.id(), call.clock().instant(), reply, PAGE))
                                .exclusions();
                    }
                    if (report == null) {
                        throw new HoldfastException(Problem.INVALID_REQUEST, "The agent cannot try exclusions.",
                                "Update the agent.");
                    }
                    if (call.json()) {
                        Output.value(call, report);
                        return RemoteCommand.DONE;
                    }
                    report.some()
                            .forEach(left -> call.out().println(RawPath.of(left.path()) + (left.folder() ? "/" : "")
                                    + "  (" + left.reason() + ")"));
                    call.out().println(Units.count(report.files(), "file", "files") + " and "
                            + Units.count(report.folders(), "folder", "folders") + " would be left out"
                            + (report.complete() ? "." : ", as far as half a minute went."));
                    return RemoteCommand.DONE;
                }).opening();
    }

    /** {@code server find}. */
    public static Command find() {
        return RemoteCommand.inVault("server find", "Search a server's recovery points for files", List.of(),
                List.of(ServerCommands.SERVER, CliOperand.one("PATTERN", "Glob, for names or for whole paths")),
                (call, remote) -> {
                    show(call, ask(call, remote, remote.server(call.operand("SERVER")), "find", null, null,
                            call.operand("PATTERN")));
                    return RemoteCommand.DONE;
                }).opening();
    }

    private static List<AskEntry> ask(Invocation call, Remote remote, ServerSummary server, String kind,
            @Nullable String point, byte @Nullable [] path, @Nullable String pattern) {
        var found = new ArrayList<AskEntry>();
        try (OpenVault domain = domain(call, remote, server)) {
            var requests = new AgentRequests(remote.client(), remote.inVault(), server, domain);
            byte[] after = null;
            boolean more = true;
            while (more) {
                byte[] from = after;
                var answer = requests.ask(reply -> new AskRequest(kind, server.id(), call.clock().instant(), reply,
                        point, path, pattern, from, PAGE));
                found.addAll(answer.entries());
                more = answer.more() && !answer.entries().isEmpty();
                after = more ? after(answer.entries().getLast()) : null;
            }
        }
        return found;
    }

    private static byte[] after(AskEntry last) {
        byte[] path = last.path();
        String point = last.point();
        return path == null || point == null ? last.name() : AskRequest.afterFound(path, point);
    }

    private static void show(Invocation call, List<AskEntry> entries) {
        if (call.json()) {
            Output.value(call, entries);
            return;
        }
        var table = new Table("MODE", "OWNER", ">SIZE", "MODIFIED", "NAME");
        for (AskEntry entry : entries) {
            boolean folder = entry.type() == EntryType.DIRECTORY;
            table.row(entry.mode() < 0 ? "-" : Units.mode(entry.mode()), entry.owner() + ":" + entry.group(),
                    folder ? "-" : Units.size(Math.max(0, entry.size())), Output.time(call, entry.modified()),
                    RawPath.of(entry.path() == null ? entry.name() : entry.path()) + (folder ? "/" : ""));
        }
        table.print(call.out());
    }

    /** The domain of a server, opened through the vault server with its passphrase. */
    private static OpenVault domain(Invocation call, Remote remote, ServerSummary server) {
        return call.open("vault://" + remote.login().address() + "/" + remote.vault() + "/" + server.id());
    }

    private static char[] secret(Invocation call, String option, String prompt) {
        String file = call.value(option);
        return file == null ? call.secrets().ask(prompt) : call.secrets().file(NativePaths.path(call.path(file)));
    }

    /** Points by what people call them. */
    private static final class Points {
        private Points() {
        }

        static String find(Remote remote, ServerSummary server, String text) {
            var points = remote.all(Call.get(remote.inVault("servers", server.id(), "points")),
                    org.holdfast.api.fleet.PointInfo.class);
            if (text.equals("latest") && points.stream().anyMatch(p -> p.deleted() == null)) {
                return points.stream().filter(p -> p.deleted() == null)
                        .max(java.util.Comparator.comparing(p -> p.committed())).orElseThrow().id();
            }
            return Remote.pick("point", text, points, p -> p.id(), p -> "").id();
        }
    }
}
