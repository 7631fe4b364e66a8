package org.holdfast.vault.http.internal.data;

import java.util.List;
import java.util.UUID;

import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.data.ImportSeed;
import org.holdfast.protocol.data.SeedImport;
import org.holdfast.vault.data.SeedImports;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.Permissions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** First backups that come on a disk. */
@Component(service = Endpoints.class)
public final class SeedEndpoints implements Endpoints {
    private static final String SEEDS = "/api/v1/vaults/{vault}/servers/{server}/seeds";

    private final Vaults vaults;
    private final SeedImports seeds;

    /** Takes what it works with. */
    @Activate
    public SeedEndpoints(@Reference Vaults vaults, @Reference SeedImports seeds) {
        this.vaults = vaults;
        this.seeds = seeds;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("import-seed", SEEDS).person(Permissions.SERVER_MANAGE)
                        .summary("Begins to import a first backup that lies in the folder 'seeds' of the vault node.")
                        .takes(ImportSeed.class).gives(202, SeedImport.class)
                        .handle(call -> seeds.begin(vault(call), server(call), call.body(ImportSeed.class),
                                call.person().name())),
                Route.get("list-seeds", SEEDS).person(Permissions.SERVER_READ)
                        .summary("Lists imports of first backups of a server.").lists(SeedImport.class)
                        .handle(call -> {
                            List<SeedImport> all = seeds.list(vault(call), server(call));
                            return new Page<>(all, null, (long) all.size());
                        }),
                Route.get("read-seed", SEEDS + "/{id}").person(Permissions.SERVER_READ)
                        .summary("Tells how far the import of a first backup is.").gives(SeedImport.class)
                        .handle(call -> seeds.get(vault(call), server(call), id(call))),
                Route.post("cancel-seed", SEEDS + "/{id}/cancel").person(Permissions.SERVER_MANAGE)
                        .summary("Ends the import of a first backup; what was copied stays for the next try.")
                        .gives(SeedImport.class)
                        .handle(call -> seeds.cancel(vault(call), server(call), id(call))));
    }

    private static UUID id(Call call) {
        return AgentDataEndpoints.id(call.path("id"), "import");
    }

    private UUID vault(Call call) {
        return vaults.id(call.path("vault"));
    }

    private static UUID server(Call call) {
        return AgentDataEndpoints.id(call.path("server"), "server");
    }
}
