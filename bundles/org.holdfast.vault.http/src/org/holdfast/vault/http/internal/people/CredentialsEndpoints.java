package org.holdfast.vault.http.internal.people;

import java.util.List;
import java.util.UUID;

import org.holdfast.protocol.people.CreateCredentials;
import org.holdfast.protocol.people.CredentialsFile;
import org.holdfast.protocol.people.CredentialsView;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.enrol.AgentCertificates;
import org.holdfast.vault.enrol.Credentials;
import org.holdfast.vault.fleet.ServerRegistry;
import org.holdfast.vault.fleet.Vaults;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Reply;
import org.holdfast.vault.http.Route;
import org.holdfast.vault.people.Permissions;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Vault credentials files, and taking certificates away. */
@Component(service = Endpoints.class)
public final class CredentialsEndpoints implements Endpoints {

    private static final String VAULT = "/api/v1/vaults/{vault}";
    private static final String ALL = VAULT + "/credentials";
    private static final String ONE = ALL + "/{id}";

    private final Credentials credentials;
    private final AgentCertificates certificates;
    private final ServerRegistry servers;
    private final Vaults vaults;

    /** Over credentials and certificates. */
    @Activate
    public CredentialsEndpoints(@Reference Credentials credentials, @Reference AgentCertificates certificates,
            @Reference ServerRegistry servers, @Reference Vaults vaults) {
        this.credentials = credentials;
        this.certificates = certificates;
        this.servers = servers;
        this.vaults = vaults;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("create-credentials", ALL).person(Permissions.CREDENTIALS_MANAGE)
                        .summary("Makes a vault credentials file; the answer is the file, which is given out once.")
                        .takes(CreateCredentials.class).gives(201, CredentialsFile.class).handle(this::create),
                Route.get("list-credentials", ALL).person(Permissions.CREDENTIALS_READ)
                        .summary("Lists vault credentials files that were given out.")
                        .lists(CredentialsView.class, "id", "created", "createdBy", "expires", "revoked", "policy",
                                "tags", "uses", "usesLeft")
                        .handle(call -> Pages.wire(credentials.list(call.path("vault"), call.list()))),
                Route.get("read-credentials", ONE).person(Permissions.CREDENTIALS_READ)
                        .summary("Tells how it stands with a vault credentials file.").gives(CredentialsView.class)
                        .handle(call -> credentials.get(call.path("vault"), call.path("id"))),
                Route.delete("revoke-credentials", ONE).person(Permissions.CREDENTIALS_MANAGE)
                        .summary("Revokes a vault credentials file; servers that used it stay.").handle(call -> {
                            credentials.revoke(call.path("vault"), call.path("id"));
                            return null;
                        }),
                Route.delete("revoke-certificates", VAULT + "/servers/{id}/certificates")
                        .person(Permissions.SERVER_RETIRE)
                        .summary("Revokes all certificates of a server at once; it has to register again.")
                        .handle(this::revoke));
    }

    private Reply create(Call call) {
        CredentialsFile file = credentials.create(call.path("vault"), call.body(CreateCredentials.class),
                call.person().name(), made -> call.audit("id " + Credentials.idOf(made) + ", " + made.uses()
                        + " uses until " + made.expires()));
        return Reply.of(file).location("/api/v1/vaults/" + file.vault() + "/credentials/" + Credentials.idOf(file));
    }

    private Object revoke(Call call) {
        UUID vault = vaults.id(call.path("vault"));
        UUID server;
        try {
            server = UUID.fromString(call.path("id"));
        } catch (IllegalArgumentException e) {
            throw Refusal.notFound("server");
        }
        servers.find(server).filter(found -> found.vaultId().equals(vault))
                .orElseThrow(() -> Refusal.notFound("server"));
        certificates.revoke(server, "by " + call.person().name(), count -> call.audit("revoked " + count));
        return Reply.empty();
    }
}
