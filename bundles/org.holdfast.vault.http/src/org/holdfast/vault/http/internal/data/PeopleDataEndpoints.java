package org.holdfast.vault.http.internal.data;

import java.util.List;
import java.util.UUID;

import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.data.CreateGrant;
import org.holdfast.protocol.data.GrantInfo;
import org.holdfast.protocol.data.ObjectEntry;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.data.DataServers;
import org.holdfast.vault.data.GrantService;
import org.holdfast.vault.data.ObjectService;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.Permissions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How people with the passphrase read objects of a server, and let servers read those of others. */
@Component(service = Endpoints.class)
public final class PeopleDataEndpoints implements Endpoints {
    private static final String SERVER = "/api/v1/vaults/{vault}/servers/{server}";
    private static final String GRANTS = "/api/v1/vaults/{vault}/grants";

    private final Vaults vaults;
    private final Catalog catalog;
    private final GrantService grants;
    private final ObjectReader reader;

    /** Takes what it works with. */
    @Activate
    public PeopleDataEndpoints(@Reference Vaults vaults, @Reference Catalog catalog, @Reference ObjectService objects,
            @Reference GrantService grants) {
        this.vaults = vaults;
        this.catalog = catalog;
        this.grants = grants;
        this.reader = new ObjectReader(objects);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("read-server-object", SERVER + "/objects/{name...}").person(Permissions.OBJECT_READ)
                        .summary("Reads an encrypted object of a server, all of it or a range.")
                        .givesBytes(ObjectReader.BYTES).alsoStatus(206, 416)
                        .handle(call -> reader.read(call, vault(call), server(call))),
                Route.head("look-at-server-object", SERVER + "/objects/{name...}").person(Permissions.OBJECT_READ)
                        .summary("Tells how large an object of a server is.").givesBytes(ObjectReader.BYTES)
                        .handle(call -> reader.look(call, vault(call), server(call))),
                Route.get("list-server-objects", SERVER + "/objects").person(Permissions.OBJECT_READ)
                        .summary("Lists the objects of a server, one line of JSON for each.")
                        .parameter("prefix", "beginning of the names").givesBytes(ObjectEntry.LINES)
                        .handle(call -> reader.list(call, vault(call), server(call))),
                Route.post("create-grant", GRANTS).person(Permissions.GRANT_MANAGE)
                        .summary("Lets a server read the objects of another one, for a restore.")
                        .takes(CreateGrant.class).gives(201, GrantInfo.class).handle(call -> grants
                                .create(vault(call), call.body(CreateGrant.class), call.person().name())),
                Route.get("list-grants", GRANTS).person(Permissions.SERVER_READ).summary("Lists grants that hold.")
                        .lists(GrantInfo.class).handle(call -> {
                            List<GrantInfo> all = grants.list(vault(call));
                            return new Page<>(all, null, (long) all.size());
                        }),
                Route.delete("delete-grant", GRANTS + "/{id}").person(Permissions.GRANT_MANAGE)
                        .summary("Takes a grant back.").handle(call -> {
                            grants.delete(vault(call), AgentDataEndpoints.id(call.path("id"), "grant"));
                            return null;
                        }));
    }

    private UUID vault(Call call) {
        return vaults.id(call.path("vault"));
    }

    /** A server of that vault and no other. */
    private UUID server(Call call) {
        UUID vault = vault(call);
        UUID server = AgentDataEndpoints.id(call.path("server"), "server");
        if (catalog.read(h -> DataServers.find(h, server)).filter(s -> s.vault().equals(vault)).isEmpty()) {
            throw Refusal.notFound("server");
        }
        return server;
    }
}
