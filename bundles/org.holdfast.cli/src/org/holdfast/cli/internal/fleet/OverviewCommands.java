package org.holdfast.cli.internal.fleet;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.holdfast.api.fleet.AlertSummary;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.output.Units;
import org.holdfast.client.Call;
import org.holdfast.protocol.fleet.AcknowledgeAlert;
import org.holdfast.protocol.fleet.MuteAlert;
import org.holdfast.protocol.people.AuditVerification;
import org.holdfast.protocol.people.AuditView;

/** Alerts, audit and events of a vault. */
public final class OverviewCommands {
    private static final CliOperand ALERT = CliOperand.one("ALERT", "Alert: its id, or the beginning of it");

    private OverviewCommands() {
    }

    /** {@code alert list}. */
    public static Command alerts() {
        return RemoteCommand.inVault("alert list", "List alerts, the most urgent first", List.of(
                CliOption.flag("--all", "Also those that are closed")), List.of(), (call, remote) -> {
                    Call list = Call.get(remote.inVault("alerts")).query("sort", "-severity,-lastSeen");
                    var alerts = remote.all(list, AlertSummary.class).stream()
                            .filter(a -> call.flag("--all") || a.closed() == null).toList();
                    Output.list(call, alerts, "No alerts.",
                            new String[] { "SEVERITY", "ID", "STATE", "KIND", "SERVER", "LAST SEEN", ">TIMES",
                                    "MESSAGE" },
                            a -> new String[] { Output.words(a.severity()), Output.id(a.id()),
                                    Output.words(a.state()), Output.words(a.kind()), Output.text(a.server()),
                                    Output.time(call, a.lastSeen()), Long.toString(a.count()), a.message() });
                    return RemoteCommand.DONE;
                });
    }

    /** {@code alert acknowledge}. */
    public static Command acknowledge() {
        return RemoteCommand.inVault("alert acknowledge", "Say that you take care of an alert",
                List.of(CliOption.value("--remark", "TEXT", "What others should know")), List.of(ALERT),
                (call, remote) -> {
                    var alert = alert(call.operand("ALERT"), remote);
                    remote.client().post(remote.inVault("alerts", alert.id(), "acknowledge"),
                            new AcknowledgeAlert(call.value("--remark")), Void.class);
                    Output.done(call, alert, "Acknowledged.");
                    return RemoteCommand.DONE;
                });
    }

    /** {@code alert mute}. */
    public static Command mute() {
        return RemoteCommand.inVault("alert mute", "Tell nobody about an alert for some time",
                List.of(CliOption.value("--until", "DATE", "Until when, such as 7d or 2027-01-31 (default: 1d)")),
                List.of(ALERT), (call, remote) -> {
                    var alert = alert(call.operand("ALERT"), remote);
                    var until = call.time("--until", true, 1);
                    remote.client().post(remote.inVault("alerts", alert.id(), "mute"), new MuteAlert(
                            until == null ? call.clock().instant().plus(java.time.Duration.ofDays(1)) : until),
                            Void.class);
                    Output.done(call, alert, "Muted.");
                    return RemoteCommand.DONE;
                });
    }

    private static AlertSummary alert(String text, Remote remote) {
        return Remote.pick("alert", text, remote.all(Call.get(remote.inVault("alerts")), AlertSummary.class),
                AlertSummary::id, a -> "");
    }

    /** {@code audit list}. */
    public static Command audit() {
        return RemoteCommand.of("audit list", "List who changed what, the newest first", List.of(
                CliOption.value("--actor", "NAME", "Only what this account did"),
                CliOption.value("--limit", "N", "At most so many (default: 100)")), List.of(), (call, remote) -> {
                    Call list = Call.get(Remote.path("audit")).query("sort", "-seq").query("limit",
                            call.number("--limit", 1, 500, 100));
                    list = call.value("--actor") == null ? list : list.query("actor", call.value("--actor"));
                    Output.list(call, remote.client().list(list, AuditView.class).items(), "Nothing.",
                            new String[] { ">NO", "TIME", "WHO", "FROM", "DID", "TO", "RESULT" },
                            a -> new String[] { Long.toString(a.seq()), Output.time(call, a.at()), a.actor(),
                                    Output.text(a.origin()), a.action(), Output.text(a.target()), a.result() });
                    return RemoteCommand.DONE;
                });
    }

    /** {@code audit verify}. */
    public static Command verifyAudit() {
        return RemoteCommand.of("audit verify", "Check that nobody changed the audit", List.of(), List.of(),
                (call, remote) -> {
                    var found = remote.client().get(Remote.path("audit", "verify"), AuditVerification.class);
                    Output.done(call, found, found.intact()
                            ? Units.count(found.entries(), "entry", "entries") + ", all as they were written. Head: "
                                    + found.head()
                            : "The audit was changed at entry " + found.brokenAt() + ": " + found.reason());
                    return found.intact() ? RemoteCommand.DONE : RemoteCommand.FAILED;
                });
    }

    /** {@code audit export}. */
    public static Command exportAudit() {
        return RemoteCommand.of("audit export", "Write all of the audit as lines of JSON, the oldest first",
                List.of(), List.of(), (call, remote) -> {
                    var found = remote.client().get(Remote.path("audit", "verify"), AuditVerification.class);
                    Call list = Call.get(Remote.path("audit")).query("sort", "seq").query("limit", 500);
                    String after = null;
                    do {
                        var page = remote.client().list(after == null ? list : list.query("after", after),
                                AuditView.class);
                        page.items().forEach(entry -> Output.value(call, entry));
                        after = page.next();
                    } while (after != null && !call.outputGone());
                    call.err().println(found.intact() ? "The chain holds. Head: " + found.head()
                            : "The audit was changed at entry " + found.brokenAt() + ": " + found.reason());
                    return found.intact() ? RemoteCommand.DONE : RemoteCommand.FAILED;
                });
    }

    /** {@code events}. */
    public static Command events() {
        return RemoteCommand.inVault("events", "Show what happens until Ctrl-C", List.of(), List.of(),
                (call, remote) -> {
                    var end = new CountDownLatch(1);
                    var stream = remote.client().subscribe(
                            Call.get(Remote.path("events")).query("vault", remote.vault()), "", event -> {
                                call.out().println(call.json() ? event.data() : event.type() + " " + event.data());
                                call.out().flush();
                            }, refused -> {
                                call.err().println(refused.getMessage());
                                end.countDown();
                            });
                    try (stream) {
                        while (!call.cancel().isCancelled() && !call.outputGone()
                                && !end.await(200, TimeUnit.MILLISECONDS)) {
                            continue;
                        }
                    }
                    return end.getCount() == 0 ? RemoteCommand.FAILED : RemoteCommand.DONE;
                });
    }
}
