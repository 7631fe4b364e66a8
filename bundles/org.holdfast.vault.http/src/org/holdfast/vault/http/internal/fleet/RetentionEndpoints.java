package org.holdfast.vault.http.internal.fleet;

import java.util.List;
import java.util.UUID;

import org.holdfast.api.fleet.PointInfo;
import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.fleet.ClockStanding;
import org.holdfast.protocol.fleet.DeletedData;
import org.holdfast.protocol.fleet.DeletedPoint;
import org.holdfast.protocol.fleet.PointForecast;
import org.holdfast.protocol.fleet.VaultProtection;
import org.holdfast.vault.catalog.fleet.PointTable;
import org.holdfast.vault.data.Deletions;
import org.holdfast.vault.data.Forecasts;
import org.holdfast.vault.data.VaultClock;
import org.holdfast.vault.fleet.RecoveryPoints;
import org.holdfast.vault.fleet.Servers;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.Approvals;
import org.holdfast.vault.people.Permissions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What becomes of recovery points: forecasts, deletion and the way back, and the clock all of it goes by. */
@Component(service = Endpoints.class)
public final class RetentionEndpoints implements Endpoints {
    private static final String POINT = Lists.VAULT + "/points/{point}";
    private static final String SERVER = Lists.VAULT + "/servers/{server}";
    private static final String CLOCK = "/api/v1/clock";

    private final Vaults vaults;
    private final Servers servers;
    private final RecoveryPoints points;
    private final Forecasts forecasts;
    private final Deletions deletions;
    private final VaultClock clock;
    private final Approvals approvals;

    /** Takes what it works with. */
    @Activate
    public RetentionEndpoints(@Reference Vaults vaults, @Reference Servers servers, @Reference RecoveryPoints points,
            @Reference Forecasts forecasts, @Reference Deletions deletions, @Reference VaultClock clock,
            @Reference Approvals approvals) {
        this.vaults = vaults;
        this.servers = servers;
        this.points = points;
        this.forecasts = forecasts;
        this.deletions = deletions;
        this.clock = clock;
        this.approvals = approvals;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("forecast-points", SERVER + "/forecast").person(Permissions.POINT_READ)
                        .summary("Tells what keeps the points of a server, and when their time will be over.")
                        .lists(PointForecast.class).handle(call -> {
                            List<PointForecast> all = forecasts.of(server(call));
                            return new Page<>(all, null, (long) all.size());
                        }),
                Route.get("read-protection", Lists.VAULT + "/protection").person(Permissions.VAULT_READ)
                        .summary("Tells what stands between a vault and whoever wants its data gone.")
                        .gives(VaultProtection.class)
                        .handle(call -> deletions.protection(vault(call), approvals.inForce())),
                Route.get("list-deleted-points", Lists.VAULT + "/deleted-points").person(Permissions.POINT_READ)
                        .summary("Lists the deleted recovery points of a vault that can be brought back.")
                        .lists(DeletedPoint.class, PointTable.LISTING.names())
                        .handle(call -> Lists.page(deletions.list(vault(call), call.list()))),
                Route.delete("delete-point", POINT).person(Permissions.POINT_DELETE)
                        .summary("Deletes a recovery point; it can be brought back as long as the vault says.")
                        .gives(PointInfo.class).handle(call -> {
                            deletions.deletePoint(vault(call), call.path("point"), call.person().name());
                            return points.get(vault(call), call.path("point"));
                        }),
                Route.post("undelete-point", POINT + "/undelete").person(Permissions.POINT_DELETE)
                        .summary("Brings a deleted recovery point back.").gives(PointInfo.class).handle(call -> {
                            deletions.undeletePoint(vault(call), call.path("point"));
                            return points.get(vault(call), call.path("point"));
                        }),
                Route.post("delete-server-data", SERVER + "/delete-data").person(Permissions.POINT_DELETE)
                        .summary("Deletes all points of a retired server, and in the end the server.")
                        .gives(DeletedData.class).handle(call -> new DeletedData(
                                deletions.deleteData(vault(call), server(call), call.person().name()))),
                Route.post("undelete-server-data", SERVER + "/undelete-data").person(Permissions.POINT_DELETE)
                        .summary("Brings the points of a server back that people have deleted.")
                        .gives(DeletedData.class)
                        .handle(call -> new DeletedData(deletions.undeleteData(vault(call), server(call)))),
                Route.get("read-clock", CLOCK).person(Permissions.VAULT_READ)
                        .summary("Tells whether the vault trusts its clock; while it does not, nothing is deleted.")
                        .gives(ClockStanding.class).handle(call -> view(clock.look())),
                Route.post("accept-clock", CLOCK + "/accept").person(Permissions.CLOCK_ACCEPT)
                        .summary("Says that the vault's clock is right as it is.").gives(ClockStanding.class)
                        .handle(call -> view(clock.accept())));
    }

    private static ClockStanding view(VaultClock.Standing standing) {
        return new ClockStanding(standing.now(), standing.frozen(), standing.reason());
    }

    private UUID vault(Call call) {
        return vaults.id(call.path("vault"));
    }

    private UUID server(Call call) {
        return UUID.fromString(servers.get(vault(call), call.path("server")).value().id());
    }
}
