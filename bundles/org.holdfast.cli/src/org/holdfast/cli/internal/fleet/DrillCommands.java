package org.holdfast.cli.internal.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.DrillResult;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.fleet.LastDrill;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.api.policy.DrillRule;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.cli.internal.output.Units;
import org.holdfast.protocol.fleet.StartJob;

/** Restore drills: proof that servers can be restored. */
public final class DrillCommands {
    private static final int PERCENT = 100;

    private DrillCommands() {
    }

    /** {@code server drill}. */
    public static Command drill() {
        return RemoteCommand.inVault("server drill",
                "Let servers prove that they can be restored: a sample into a scratch folder, compared and deleted",
                List.of(CliOption.flag("--wait", "Show the progress and wait until it has ended; for one server"),
                        CliOption.value("--point", "ID", "Restore from this point (default: the newest good one)"),
                        CliOption.value("--seed", "N",
                                "Repeat the sample of an earlier drill, as 'job show' tells it")),
                List.of(CliOperand.some("SERVER", "Server: its name, its id, or the beginning of it")),
                (call, remote) -> {
                    List<String> names = call.operands("SERVER");
                    if (call.flag("--wait") && names.size() > 1) {
                        throw Invocation.usage("--wait is for one server.");
                    }
                    Long seed = seed(call.value("--seed"));
                    List<ServerSummary> servers = new ArrayList<>();
                    for (String name : names) {
                        servers.add(remote.server(name));
                    }
                    List<JobSummary> jobs = new ArrayList<>();
                    for (ServerSummary server : servers) {
                        jobs.add(remote.client().post(remote.inVault("jobs"), StartJob.drill(
                                UUID.randomUUID().toString(), server.id(), call.value("--point"), seed),
                                JobSummary.class));
                    }
                    if (call.flag("--wait")) {
                        return JobWatch.follow(call, remote, jobs.getFirst().id());
                    }
                    Output.done(call, jobs.size() == 1 ? jobs.getFirst() : jobs, jobs.stream()
                            .map(j -> "Asked " + j.server() + " for a restore drill, job " + Output.id(j.id()) + ".")
                            .collect(Collectors.joining("\n")));
                    return RemoteCommand.DONE;
                }).example("server drill db-01 --wait");
    }

    private static @Nullable Long seed(@Nullable String text) {
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw Invocation.usage("--seed is a number, as 'job show' tells it.");
        }
    }

    /** How it stands with a server's drills, in a few words. */
    static String brief(ServerSummary server) {
        LastDrill last = server.lastDrill();
        return Output.words(server.drillState()) + (last == null ? "" : " " + percent(last.result().coverage()));
    }

    /** All about a server's last drill. */
    static void facts(Facts facts, Invocation call, ServerSummary server) {
        LastDrill last = server.lastDrill();
        facts.add("restore drill", Output.words(server.drillState()) + (last == null ? ""
                : ", last " + Output.time(call, last.at()) + ", " + Units.count(last.result().compared())
                        + " files compared"))
                .addIf(last != null && !last.good(), "did not come back",
                        last == null ? "" : reasons(last.result().reasons()))
                .addIf(last != null, "proved so far", last == null ? "" : covered(last.result()));
    }

    /** All about the result of a drill. */
    static void facts(Facts facts, @Nullable DrillResult drill) {
        if (drill != null) {
            facts.add("compared", Units.count(drill.compared()) + " files, " + Units.count(drill.againstSource())
                    + " of them with the source")
                    .addIf(drill.mismatches() > 0, "did not come back", reasons(drill.reasons()))
                    .add("proved so far", covered(drill)).add("seed", Long.toString(drill.seed()));
        }
    }

    private static String covered(DrillResult drill) {
        return Units.count(drill.coveredFiles()) + " of " + Units.count(drill.pointFiles()) + " files of the point ("
                + percent(drill.coverage()) + "), " + Units.size(drill.coveredBytes()) + " of "
                + Units.size(drill.pointBytes());
    }

    private static String reasons(Map<String, Long> reasons) {
        return reasons.entrySet().stream().map(e -> e.getValue() + " " + e.getKey().replace('-', ' ')).sorted()
                .collect(Collectors.joining(", "));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * PERCENT);
    }

    /** A policy's drills in words. */
    static String words(DrillRule rule) {
        return rule.wanted() ? "every " + rule.everyDays() + " days " + rule.percent() + " % of the files, at most "
                + Units.count(rule.files()) + " and " + Units.size(rule.bytes()) : "on demand";
    }
}
