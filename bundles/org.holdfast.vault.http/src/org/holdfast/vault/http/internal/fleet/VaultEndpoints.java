package org.holdfast.vault.http.internal.fleet;

import java.util.List;

import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.protocol.fleet.CheckName;
import org.holdfast.protocol.fleet.CheckNameAnswer;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.fleet.VaultStorage;
import org.holdfast.vault.catalog.fleet.VaultTable;
import org.holdfast.vault.fleet.StorageReport;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.fleet.Versioned;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Reply;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.Permissions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Vaults: made, edited, and how they are filled. */
@Component(service = Endpoints.class)
public final class VaultEndpoints implements Endpoints {
    private static final String VAULTS = "/api/v1/vaults";

    private final Vaults vaults;
    private final StorageReport storage;

    /** Takes what it works with. */
    @Activate
    public VaultEndpoints(@Reference Vaults vaults, @Reference StorageReport storage) {
        this.vaults = vaults;
        this.storage = storage;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("list-vaults", VAULTS).person(Permissions.VAULT_READ).summary("Lists the vaults.")
                        .lists(VaultSummary.class, VaultTable.LISTING.names())
                        .handle(call -> Lists.page(vaults.list(call.list()))),
                Route.post("create-vault", VAULTS).person(Permissions.VAULT_MANAGE).summary("Makes a vault.")
                        .takes(CreateVault.class).gives(201, VaultSummary.class).handle(call -> {
                            var made = vaults.create(call.body(CreateVault.class));
                            return reply(made).location(VAULTS + "/" + made.value().name());
                        }),
                Route.post("check-vault-name", VAULTS + "/check-name").person(Permissions.VAULT_READ)
                        .summary("Tells whether a vault can be made with a name.").takes(CheckName.class)
                        .gives(CheckNameAnswer.class).audited(false)
                        .handle(call -> vaults.checkName(call.body(CheckName.class).name())),
                Route.get("read-vault", Lists.VAULT).person(Permissions.VAULT_READ).summary("Reads a vault.")
                        .gives(VaultSummary.class).versioned().handle(call -> reply(vaults.get(call.path("vault")))),
                Route.get("read-vault-storage", Lists.VAULT + "/storage").person(Permissions.VAULT_READ)
                        .summary("Tells how a vault is filled and how it has grown.").gives(VaultStorage.class)
                        .handle(call -> storage.of(call.path("vault"))),
                Route.put("edit-vault", Lists.VAULT).person(Permissions.VAULT_MANAGE)
                        .summary("Changes name and settings of a vault.").takes(CreateVault.class)
                        .gives(VaultSummary.class).versioned().handle(call -> reply(
                                vaults.edit(call.path("vault"), call.body(CreateVault.class), call.version()))),
                Route.delete("delete-vault", Lists.VAULT).person(Permissions.VAULT_MANAGE)
                        .summary("Takes an empty vault away.").versioned().handle(call -> {
                            vaults.delete(call.path("vault"), call.version());
                            return null;
                        }));
    }

    private static Reply reply(Versioned<VaultSummary> vault) {
        return Reply.of(vault.value()).version(vault.version());
    }
}
