package org.holdfast.cli.internal.fleet;

import java.time.Instant;
import java.util.List;

import org.holdfast.api.fleet.PointInfo;
import org.holdfast.api.fleet.PointPin;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.Invocation;
import org.holdfast.cli.internal.output.Units;
import org.holdfast.client.Body;
import org.holdfast.client.Call;
import org.holdfast.protocol.fleet.PinPoint;

/** Recovery points of a vault. */
public final class PointCommands {
    private static final CliOperand POINT = CliOperand.one("POINT", "Recovery point: its id, or the beginning of it");

    private PointCommands() {
    }

    /** {@code point list}. */
    public static Command list() {
        return RemoteCommand.inVault("point list", "List the recovery points of a vault or of one server", List.of(
                CliOption.flag("--deleted", "Those that were deleted and can be brought back")),
                List.of(CliOperand.optional("SERVER", "Only points of this server")), (call, remote) -> {
                    String server = call.operand("SERVER");
                    Call list = Call.get(server == null ? remote.inVault("points")
                            : remote.inVault("servers", remote.server(server).id(), "points"));
                    boolean deleted = call.flag("--deleted");
                    var points = remote.all(list, PointInfo.class).stream()
                            .filter(p -> p.deleted() != null == deleted).toList();
                    Output.list(call, points, deleted ? "No recovery point is deleted."
                            : "There are no recovery points yet.",
                            new String[] { "POINT", "TIME", "SERVER", ">FILES", ">SIZE", ">ADDED", "STATE",
                                    "KEPT UNTIL" },
                            p -> new String[] { Output.id(p.id()), Output.time(call, p.time()), p.server(),
                                    Units.count(p.files()), Units.size(p.bytes()), Units.size(p.storedBytes()),
                                    p.warnings() == 0 ? Output.words(p.state())
                                            : Units.count(p.warnings(), "warning", "warnings"),
                                    kept(call, p) });
                    return RemoteCommand.DONE;
                });
    }

    /** {@code point pin}. */
    public static Command pin() {
        return RemoteCommand.inVault("point pin", "Keep a recovery point whatever the policy says", List.of(
                CliOption.value("--until", "DATE", "Until when, such as 1y or 2027-01-31 (default: for ever)"),
                CliOption.value("--remark", "TEXT", "Why")), List.of(POINT), (call, remote) -> {
                    Instant until = call.time("--until", true, 1);
                    PointInfo point = point(call, remote);
                    PointInfo pinned = remote.client().post(remote.inVault("points", point.id(), "pin"),
                            new PinPoint(until, call.value("--remark")), PointInfo.class);
                    Output.done(call, pinned, until == null ? "Kept for ever, until somebody unpins it."
                            : "Kept until " + Output.time(call, until) + " at least.");
                    return RemoteCommand.DONE;
                });
    }

    /** {@code point unpin}. */
    public static Command unpin() {
        return RemoteCommand.inVault("point unpin", "Let the policy decide about a pinned recovery point again",
                List.of(), List.of(POINT), (call, remote) -> {
                    PointInfo point = point(call, remote);
                    PointInfo free = remote.client().send(Call.post(remote.inVault("points", point.id(), "unpin"),
                            new Body.Nothing()), PointInfo.class).body();
                    Output.done(call, free, "The policy decides about it again.");
                    return RemoteCommand.DONE;
                });
    }

    /** The later of what was said when it was made and by a pin. */
    private static String kept(Invocation call, PointInfo point) {
        PointPin pin = point.pin();
        Instant until = point.keepUntil();
        if (pin == null) {
            return Output.time(call, until);
        }
        Instant pinned = pin.until();
        if (pinned == null) {
            return "pinned";
        }
        return Output.time(call, until == null || pinned.isAfter(until) ? pinned : until);
    }

    private static PointInfo point(Invocation call, Remote remote) {
        String text = String.valueOf(call.operand("POINT"));
        return Remote.pick("point", text, remote.all(Call.get(remote.inVault("points")), PointInfo.class),
                PointInfo::id, p -> "");
    }
}
