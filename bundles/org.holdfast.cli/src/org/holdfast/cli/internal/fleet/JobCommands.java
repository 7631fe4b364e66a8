package org.holdfast.cli.internal.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobSummary;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Facts;
import org.holdfast.cli.internal.output.Units;
import org.holdfast.client.Call;
import org.holdfast.protocol.agent.WarningDetail;
import org.holdfast.protocol.fleet.StartJob;

/** Jobs of protected servers. */
public final class JobCommands {
    private static final CliOperand JOB = CliOperand.one("JOB", "Job: its id, or the beginning of it");
    private static final CliOption WAIT = CliOption.flag("--wait", "Show its progress and wait until it has ended");

    private JobCommands() {
    }

    /** {@code job list}. */
    public static Command list() {
        return RemoteCommand.inVault("job list", "List jobs, the newest first", List.of(
                CliOption.value("--server", "SERVER", "Only jobs of this server"),
                CliOption.choice("--state", "STATE", "Only jobs in this state", List.of("queued", "running", "paused",
                        "done", "done-with-warnings", "failed", "cancelled", "interrupted")),
                CliOption.choice("--kind", "KIND", "Only jobs of this kind",
                        List.of("backup", "restore", "verify", "retain", "import", "check", "drill")),
                CliOption.value("--limit", "N", "At most so many (default: 50)")), List.of(), (call, remote) -> {
                    Call list = Call.get(remote.inVault("jobs")).query("sort", "-created").query("limit",
                            call.number("--limit", 1, 500, 50));
                    list = call.value("--server") == null ? list
                            : list.query("server", remote.server(call.value("--server")).id());
                    list = call.value("--state") == null ? list : list.query("state", call.value("--state"));
                    list = call.value("--kind") == null ? list : list.query("kind", call.value("--kind"));
                    Output.list(call, remote.client().list(list, JobSummary.class).items(), "No such jobs.",
                            new String[] { "ID", "KIND", "STATE", "SERVER", "ASKED FOR", "TOOK", ">FILES", ">READ",
                                    ">STORED", "WHY" },
                            j -> new String[] { Output.id(j.id()), Output.words(j.kind()), state(j), j.server(),
                                    Output.time(call, j.created()), took(j),
                                    j.result() == null ? "-" : Units.count(j.result().files()),
                                    j.result() == null ? "-" : Units.size(j.result().bytesRead()),
                                    j.result() == null ? "-" : Units.size(j.result().storedBytes()),
                                    j.failure() == null ? Output.words(j.trigger()) : j.failure().message() });
                    return RemoteCommand.DONE;
                });
    }

    private static String state(JobSummary job) {
        long warnings = job.warnings().values().stream().mapToLong(Long::longValue).sum();
        return job.state() == JobState.DONE_WITH_WARNINGS ? Units.count(warnings, "warning", "warnings")
                : Output.words(job.state());
    }

    private static String took(JobSummary job) {
        return job.started() == null || job.ended() == null ? "-"
                : Units.duration(Duration.between(job.started(), job.ended()));
    }

    /** {@code job show}. */
    public static Command show() {
        return RemoteCommand.inVault("job show", "Tell all about a job", List.of(), List.of(JOB), (call, remote) -> {
            var job = remote.client().get(remote.inVault("jobs", remote.job(call.operand("JOB"))), JobSummary.class);
            tell(call, job);
            return RemoteCommand.DONE;
        });
    }

    /** All about a job. */
    static void tell(Invocation call, JobSummary job) {
        if (call.json()) {
            Output.value(call, job);
            return;
        }
        var result = job.result();
        call.out().println(Output.words(job.kind()) + " of " + job.server() + ", job " + job.id());
        var facts = new Facts();
        facts.add("state", state(job))
                .addIf(job.failure() != null, "because", job.failure() == null ? "" : job.failure().message())
                .addIf(job.failure() != null && !job.failure().advice().isEmpty(), "what to do",
                        job.failure() == null ? "" : job.failure().advice())
                .add("asked for", Output.time(call, job.created()) + " by "
                        + (job.requestedBy().isEmpty() ? Output.words(job.trigger()) : job.requestedBy()))
                .add("took", took(job)).addIf(job.point() != null, "point", String.valueOf(job.point()))
                .addIf(result != null, "files", result == null ? ""
                        : Units.count(result.files()) + ", "
                                + Units.size(result.bytes()))
                .addIf(result != null && job.kind() == JobKind.BACKUP, "changed", result == null ? ""
                        : Units.count(result.filesNew()) + " new, " + Units.count(result.filesChanged())
                                + " changed, " + Units.count(result.filesRemoved()) + " gone")
                .addIf(result != null && job.kind() == JobKind.BACKUP, "added to the vault",
                        result == null ? "" : Units.size(result.storedBytes()))
                .addIf(!job.warnings().isEmpty(), "warnings", warnings(job.warnings()));
        DrillCommands.facts(facts, result == null ? null : result.drill());
        facts.print(call.out());
    }

    private static String warnings(Map<String, Long> warnings) {
        return warnings.entrySet().stream().map(e -> e.getValue() + " " + e.getKey().replace('-', ' '))
                .sorted().collect(Collectors.joining(", "));
    }

    /** {@code job start}. */
    public static Command start() {
        return RemoteCommand.inVault("job start", "Start a backup or a check of the surroundings now", List.of(WAIT,
                CliOption.value("--keep-until", "DATE", "Keep the point at least until then")),
                List.of(new CliOperand("KIND", "backup or check", 1, 1), ServerCommands.SERVER,
                        new CliOperand("PATH", "Backup: absolute path instead of the policy's items", 0,
                                Integer.MAX_VALUE)),
                (call, remote) -> {
                    JobKind kind = switch (call.operand("KIND")) {
                        case "backup" -> JobKind.BACKUP;
                        case "check" -> JobKind.CHECK;
                        default -> throw Invocation.usage("A job is a backup or a check; restores are started with"
                                + " 'holdfast server restore'.");
                    };
                    var server = remote.server(call.operand("SERVER"));
                    var order = new StartJob(UUID.randomUUID().toString(), server.id(), kind, call.operands("PATH"),
                            call.time("--keep-until", true, 1), null, null, null);
                    var job = remote.client().post(remote.inVault("jobs"), order, JobSummary.class);
                    if (call.flag("--wait")) {
                        return JobWatch.follow(call, remote, job.id());
                    }
                    Output.done(call, job, "Asked " + server.name() + " for a " + Output.words(kind) + ", job "
                            + Output.id(job.id()) + ". Follow it with 'holdfast job watch " + Output.id(job.id())
                            + "'.");
                    return RemoteCommand.DONE;
                }).example("job start backup db-01 --wait").example("job start backup db-01 /srv/sql --keep-until 1y");
    }

    /** {@code job watch}. */
    public static Command watch() {
        return RemoteCommand.inVault("job watch", "Show the progress of a job until it has ended", List.of(),
                List.of(JOB), (call, remote) -> JobWatch.follow(call, remote, remote.job(call.operand("JOB"))))
                .saying("Ctrl-C stops watching; the job goes on.");
    }

    /** {@code job cancel}, {@code job pause} and {@code job resume}. */
    public static Command tell(String verb, String summary) {
        return RemoteCommand.inVault("job " + verb, summary, List.of(), List.of(JOB), (call, remote) -> {
            String id = remote.job(call.operand("JOB"));
            remote.client().post(remote.inVault("jobs", id, verb), Map.of(), Void.class);
            Output.done(call, remote.client().get(remote.inVault("jobs", id), JobSummary.class), "Asked for.");
            return RemoteCommand.DONE;
        });
    }

    /** {@code job warnings}. */
    public static Command warnings() {
        return RemoteCommand.inVault("job warnings", "List what a job skipped or handled in part", List.of(),
                List.of(JOB), (call, remote) -> {
                    String id = remote.job(call.operand("JOB"));
                    var named = remote.all(Call.get(remote.inVault("jobs", id, "warnings")), WarningDetail.class);
                    var job = remote.client().get(remote.inVault("jobs", id), JobSummary.class);
                    if (call.json()) {
                        Output.value(call, new ArrayList<>(named));
                    } else if (!named.isEmpty()) {
                        named.forEach(w -> call.out().println(w.path() + ": " + w.reason()));
                    } else {
                        call.out().println(job.warnings().isEmpty() ? "No warnings."
                                : warnings(job.warnings())
                                        + ". The policy does not let the vault know the paths; they are in the point.");
                    }
                    return RemoteCommand.DONE;
                });
    }
}
