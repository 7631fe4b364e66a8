package org.holdfast.protocol.agent;

import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.holdfast.api.Phase;
import org.holdfast.api.fleet.JobFailure;
import org.holdfast.api.fleet.JobKind;
import org.holdfast.api.fleet.JobProgress;
import org.holdfast.api.fleet.JobResult;
import org.holdfast.api.fleet.JobState;
import org.holdfast.api.fleet.JobTrigger;
import org.holdfast.api.fleet.PolicyOrigin;
import org.holdfast.api.policy.Bandwidth;
import org.holdfast.api.policy.DrillRule;
import org.holdfast.api.policy.Hook;
import org.holdfast.api.policy.Policy;
import org.holdfast.api.policy.RetentionRule;
import org.holdfast.api.policy.RunPlan;
import org.holdfast.api.policy.Schedule;
import org.holdfast.api.vault.ChangeDetection;
import org.holdfast.api.vault.EntryType;
import org.holdfast.api.vault.Exclusions;
import org.holdfast.api.vault.IfExists;

/** One value of everything that agents and vault send each other, with all of its properties set. */
final class Samples {
    private static final Instant AT = Instant.parse("2026-03-29T01:30:00.123Z");
    private static final String JOB = "6f0e3a52-3d0e-4a2d-9a5e-0c8f6b7d1e2a";
    private static final String SERVER = "0b9c8f6e-54f7-4a3c-8d15-6b7a3c2d1e0f";
    private static final String COMMAND = "b5d1c2a3-9e8f-4706-8152-a3b4c5d6e7f8";
    private static final String POINT = "00112233445566778899aabbccddeeff";
    private static final JobProgress PROGRESS = new JobProgress(Phase.TRANSFERRING, 10, -1, 2048, 4096, 512, 1024.5, 2L,
            1);
    private static final JobResult RESULT = new JobResult(POINT, 100, 4096, 1, 2, 97, 3, 2048, 512, 4, 7.5, true);
    private static final JobFailure FAILURE = new JobFailure("store-full", "The vault has no room.", "Ask for more.");

    private Samples() {
    }

    static Map<String, Object> all() {
        var all = new LinkedHashMap<String, Object>();
        for (Object sample : List.of(poll(), answer(), policy(), backup(), restore(), restoreRequest(), ask(),
                askRequest(), askAnswer(), dryRun(), trial(), report(), leftOut(), entry(),
                new Signed(bytes("body"), bytes("signature")), jobStart(),
                jobEvents(), event(), new WarningDetail("/srv/a", "file-changed", "It changed."),
                new JobEventsAnswer(7, JobState.DONE_WITH_WARNINGS, true))) {
            all.put(sample.getClass().getSimpleName(), sample);
        }
        all.put("Retirement", new Retirement(true, bytes("proof")));
        all.put("Command", Command.backup(COMMAND, AT, JOB, backup()));
        all.put("Command.restore", Command.restore(COMMAND, AT, JOB, restore()));
        all.put("Command.ask", Command.ask(COMMAND, AT, ask()));
        all.put("Command.cancel", Command.job(COMMAND, CommandKind.CANCEL, AT, JOB));
        all.put("Command.drill", Command.drill(COMMAND, AT, JOB, new DrillOrder(POINT, 42L)));
        all.put("DrillOrder", new DrillOrder(POINT, 42L));
        all.put("AgentPolicy.weekly", new AgentPolicy("w", plan(new Schedule.Weekly(2, Set.of(DayOfWeek.SATURDAY),
                List.of(LocalTime.of(23, 15)), LocalDate.of(2026, 1, 5))), PolicyOrigin.DEFAULT, List.of("/"),
                Exclusions.NONE));
        all.put("AgentPolicy.cron", new AgentPolicy("c", plan(new Schedule.Cron("0 */6 * * 1-5")), PolicyOrigin.TAG,
                List.of("/"), Exclusions.NONE));
        all.put("AgentPolicy.none", new AgentPolicy("n", null, PolicyOrigin.NONE, List.of(), Exclusions.NONE));
        return all;
    }

    private static PollRequest poll() {
        return new PollRequest("0.1.0", "boot", "web-1", List.of("192.0.2.7", "2001:db8::7"), "Debian 12",
                "Europe/Berlin", AT, "v3", "hook missing", List.of(JOB), List.of(COMMAND), 30, AT.plusSeconds(3600));
    }

    private static PollAnswer answer() {
        return new PollAnswer(AT, policy(), List.of(Command.backup(COMMAND, AT, JOB, backup())), List.of(JOB));
    }

    private static AgentPolicy policy() {
        return new AgentPolicy("v3", plan(new Schedule.Daily(List.of(LocalTime.of(6, 0), LocalTime.of(22, 30)))),
                PolicyOrigin.SERVER, List.of("/srv", "/etc"), new Exclusions(List.of("*.tmp"), -1, true,
                        List.of(".nobackup"), true));
    }

    private static Policy plan(Schedule schedule) {
        return new Policy("nightly", 3, "Every night", List.of("/srv"), new Exclusions(List.of("*.tmp"), 1 << 30, true,
                List.of(".nobackup"), true), new RunPlan(schedule, "Europe/Berlin", Duration.ofMinutes(30), true),
                new RetentionRule(1, 2, 3, 4, 5), new Bandwidth(Set.of(DayOfWeek.MONDAY), LocalTime.of(9, 0),
                        LocalTime.of(18, 0), 512_000, Bandwidth.UNLIMITED, true),
                new Hook("dump-database", List.of("--all"), Duration.ofMinutes(5), Hook.OnFailure.WARN),
                new Hook("tidy", List.of(), Duration.ofSeconds(30), Hook.OnFailure.IGNORE), 3, ChangeDetection.DEFAULT,
                true, 10, new DrillRule(7, 2, 50, 2 << 20));
    }

    private static BackupOrder backup() {
        return new BackupOrder(List.of("/srv/www"), AT.plusSeconds(86400));
    }

    private static RestoreOrder restore() {
        return new RestoreOrder(SERVER, POINT, bytes("sealed"));
    }

    private static RestoreRequest restoreRequest() {
        return new RestoreRequest(JOB, SERVER, SERVER, POINT, List.of(bytes("/srv/a")), bytes("/tmp/r"),
                IfExists.values()[0], true, false, "a passphrase of sixteen or more");
    }

    private static AskOrder ask() {
        return new AskOrder(bytes("sealed"));
    }

    private static AskRequest askRequest() {
        return new AskRequest("browse", SERVER, AT, new byte[32], POINT, bytes("/srv"), "*.txt", bytes("m"), 500);
    }

    private static AskAnswer askAnswer() {
        return new AskAnswer(List.of(entry()), true, FAILURE);
    }

    private static ExclusionTrial trial() {
        return new ExclusionTrial(List.of("/srv"), new Exclusions(List.of("*.tmp"), -1, true, List.of(), false));
    }

    private static ExclusionReport report() {
        return new ExclusionReport(true, 7, 1, List.of(leftOut()));
    }

    private static LeftOut leftOut() {
        return new LeftOut(bytes("/srv/cache"), true, "matches cache");
    }

    private static DryRunState dryRun() {
        return new DryRunState(true, 100, 7, 4096, 3, 2, 1, 4, 1L << 40, 1,
                List.of(new WarningDetail("/srv/a", "file-changed", "It changed.")));
    }

    private static AskEntry entry() {
        return new AskEntry(bytes("a"), bytes("/srv/a"), EntryType.values()[0], 12, AT, 0644, "root", "root",
                bytes("b"), POINT);
    }

    private static JobStart jobStart() {
        return new JobStart(JOB, JobKind.BACKUP, JobTrigger.CATCH_UP, AT, List.of("/srv"), AT.plusSeconds(86400), POINT,
                COMMAND);
    }

    private static JobEvents jobEvents() {
        return new JobEvents("boot", List.of(event()));
    }

    private static JobEvent event() {
        return new JobEvent(7, AT, JobState.FAILED, PROGRESS, Map.of("file-changed", 2L),
                List.of(new WarningDetail("/srv/a", "file-changed", "It changed.")), RESULT, FAILURE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
