package org.holdfast.cli.internal.fleet;

import java.util.List;

import org.holdfast.api.fleet.PointInfo;
import org.holdfast.api.spi.cli.CliOperand;
import org.holdfast.api.spi.cli.CliOption;
import org.holdfast.cli.internal.Command;
import org.holdfast.cli.internal.output.Units;
import org.holdfast.client.Call;
import org.holdfast.protocol.fleet.ClockStanding;
import org.holdfast.protocol.fleet.DeletedData;
import org.holdfast.protocol.fleet.PointForecast;

/** What becomes of recovery points in a vault: forecasts, deletion and the way back. */
public final class RetentionCommands {
    private static final CliOperand POINT = CliOperand.one("POINT", "Recovery point: its id, or the beginning of it");
    private static final String ACCEPT = "--accept";

    private RetentionCommands() {
    }

    /** {@code point forecast}. */
    public static Command forecast() {
        return RemoteCommand.inVault("point forecast", "Tell when the recovery points of a server will go, and why not"
                + " before", List.of(), List.of(ServerCommands.SERVER), (call, remote) -> {
                    String server = remote.server(call.operand("SERVER")).id();
                    Output.list(call, remote.all(Call.get(remote.inVault("servers", server, "forecast")),
                            PointForecast.class), "There are no recovery points yet.",
                            new String[] { "POINT", "COMMITTED", ">ADDED", "EXPIRES", "DELETED", "BY", "GONE AFTER",
                                    "KEPT BY" },
                            p -> new String[] { Output.id(p.point()), Output.time(call, p.committed()),
                                    Units.size(p.storedBytes()), Output.time(call, p.expires()),
                                    Output.time(call, p.deleted()), Output.text(p.deletedBy()),
                                    Output.time(call, p.purged()), Output.text(String.join(", ", p.keptBy())) });
                    return RemoteCommand.DONE;
                }).saying("Every backup that is planned is taken to succeed. A dash means five years or more.");
    }

    /** {@code point delete}. */
    public static Command delete() {
        return RemoteCommand.inVault("point delete", "Delete a recovery point; it can be brought back for a while",
                List.of(), List.of(POINT), (call, remote) -> {
                    var point = point(call.operand("POINT"), remote);
                    remote.client().delete(remote.inVault("points", point.id()), null);
                    Output.done(call, point, "Deleted. 'holdfast point undelete' brings it back as long as 'holdfast"
                            + " point forecast' says.");
                    return RemoteCommand.DONE;
                });
    }

    /** {@code point undelete}. */
    public static Command undelete() {
        return RemoteCommand.inVault("point undelete", "Bring a deleted recovery point back", List.of(),
                List.of(POINT), (call, remote) -> {
                    var point = point(call.operand("POINT"), remote);
                    var back = remote.client().post(remote.inVault("points", point.id(), "undelete"), null,
                            PointInfo.class);
                    Output.done(call, back, "It is back, and stays for a fortnight at least.");
                    return RemoteCommand.DONE;
                });
    }

    private static PointInfo point(String text, Remote remote) {
        return Remote.pick("point", text, remote.all(Call.get(remote.inVault("points")), PointInfo.class),
                PointInfo::id, p -> "");
    }

    /** {@code server delete-data}. */
    public static Command deleteData() {
        return RemoteCommand.inVault("server delete-data", "Delete all recovery points of a retired server",
                List.of(), List.of(ServerCommands.SERVER), (call, remote) -> {
                    var server = remote.server(call.operand("SERVER"));
                    var done = remote.client().post(remote.inVault("servers", server.id(), "delete-data"), null,
                            DeletedData.class);
                    Output.done(call, done, Units.count(done.points(), "recovery point", "recovery points")
                            + " deleted. 'holdfast server undelete-data' brings them back while they can be.");
                    return RemoteCommand.DONE;
                });
    }

    /** {@code server undelete-data}. */
    public static Command undeleteData() {
        return RemoteCommand.inVault("server undelete-data", "Bring back the deleted recovery points of a server",
                List.of(), List.of(ServerCommands.SERVER), (call, remote) -> {
                    var server = remote.server(call.operand("SERVER"));
                    var done = remote.client().post(remote.inVault("servers", server.id(), "undelete-data"), null,
                            DeletedData.class);
                    Output.done(call, done, Units.count(done.points(), "recovery point", "recovery points")
                            + " brought back.");
                    return RemoteCommand.DONE;
                });
    }

    /** {@code vault clock}. */
    public static Command clock() {
        return RemoteCommand.of("vault clock", "Tell whether the vault trusts its clock; while not, nothing is deleted",
                List.of(CliOption.flag(ACCEPT, "Say that the clock is right as it is")), List.of(),
                (call, remote) -> {
                    var standing = call.flag(ACCEPT)
                            ? remote.client().post(Remote.path("clock", "accept"), null, ClockStanding.class)
                            : remote.client().get(Remote.path("clock"), ClockStanding.class);
                    Output.done(call, standing, Output.time(call, standing.now()) + (standing.frozen() == null ? ""
                            : ". Since " + Output.time(call, standing.frozen()) + " nothing is deleted: "
                                    + standing.reason()));
                    return standing.frozen() == null ? RemoteCommand.DONE : RemoteCommand.FAILED;
                });
    }
}
