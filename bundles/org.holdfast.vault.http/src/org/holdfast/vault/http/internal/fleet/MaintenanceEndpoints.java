package org.holdfast.vault.http.internal.fleet;

import java.util.List;
import java.util.UUID;

import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.fleet.MaintenancePlan;
import org.holdfast.protocol.fleet.PackDamage;
import org.holdfast.protocol.fleet.RebuildResult;
import org.holdfast.protocol.fleet.ScrubView;
import org.holdfast.protocol.fleet.VaultMaintenance;
import org.holdfast.vault.data.Housekeeping;
import org.holdfast.vault.data.MaintenancePlans;
import org.holdfast.vault.data.Rebuild;
import org.holdfast.vault.data.Scrubber;
import org.holdfast.vault.fleet.ServerRegistry;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.Permissions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How the vault looks after what it keeps: when, how far it is, and what it found. */
@Component(service = Endpoints.class)
public final class MaintenanceEndpoints implements Endpoints {
    private static final String PLAN = "/api/v1/maintenance";

    private final Vaults vaults;
    private final MaintenancePlans plans;
    private final Scrubber scrubber;
    private final Rebuild rebuild;
    private final Housekeeping housekeeping;
    private final ServerRegistry registry;

    /** Takes what it works with. */
    @Activate
    public MaintenanceEndpoints(@Reference Vaults vaults, @Reference MaintenancePlans plans,
            @Reference Scrubber scrubber, @Reference Rebuild rebuild,
            @Reference Housekeeping housekeeping, @Reference ServerRegistry registry) {
        this.vaults = vaults;
        this.plans = plans;
        this.scrubber = scrubber;
        this.rebuild = rebuild;
        this.housekeeping = housekeeping;
        this.registry = registry;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("read-maintenance", PLAN).person(Permissions.VAULT_READ)
                        .summary("Tells when the vault server does what is not urgent, and how much of it.")
                        .gives(MaintenancePlan.class).handle(call -> plans.get()),
                Route.put("set-maintenance", PLAN).person(Permissions.VAULT_MANAGE)
                        .summary("Says when the vault server does what is not urgent, and how much of it.")
                        .takes(MaintenancePlan.class).gives(MaintenancePlan.class)
                        .handle(call -> plans.set(call.body(MaintenancePlan.class))),
                Route.post("rebuild", "/api/v1/rebuild").person(Permissions.VAULT_MANAGE)
                        .summary("Adds to the catalogue what the store has and the catalogue has lost.")
                        .gives(RebuildResult.class).handle(call -> {
                            Rebuild.Outcome done = rebuild.run();
                            done.servers().forEach(registry::announce);
                            return new RebuildResult(done.servers().size(), done.points(), done.packs(),
                                    done.failed());
                        }),
                Route.get("read-vault-maintenance", Lists.VAULT + "/maintenance").person(Permissions.VAULT_READ)
                        .summary("Tells what collection did for the servers of a vault, and what it has freed.")
                        .gives(VaultMaintenance.class).handle(call -> housekeeping.view(vault(call))),
                Route.post("collect-vault", Lists.VAULT + "/collect").person(Permissions.VAULT_MANAGE)
                        .summary("Lets retention and collection run now for a vault; answers before they are done.")
                        .gives(VaultMaintenance.class).handle(call -> {
                            housekeeping.collectNow(vault(call));
                            return housekeeping.view(vault(call));
                        }),
                Route.post("scrub-vault", Lists.VAULT + "/scrub").person(Permissions.VAULT_MANAGE)
                        .summary("Lets all packs of a vault be read again now; answers before that is done.")
                        .gives(VaultMaintenance.class).handle(call -> {
                            housekeeping.scrubNow(vault(call));
                            return housekeeping.view(vault(call));
                        }),
                Route.get("list-scrubs", Lists.VAULT + "/scrub").person(Permissions.POINT_READ)
                        .summary("Tells when the packs of each server were read again.").lists(ScrubView.class)
                        .handle(call -> all(scrubber.views(vault(call)))),
                Route.get("list-damage", Lists.VAULT + "/damage").person(Permissions.POINT_READ)
                        .summary("Lists damaged packs and the points they hurt, the newest first.")
                        .lists(PackDamage.class).handle(call -> all(scrubber.damages(vault(call)))));
    }

    private static <T> Page<T> all(List<T> list) {
        return new Page<>(list, null, (long) list.size());
    }

    private UUID vault(Call call) {
        return vaults.id(call.path("vault"));
    }
}
