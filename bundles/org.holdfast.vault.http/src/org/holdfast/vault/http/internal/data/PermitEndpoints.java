package org.holdfast.vault.http.internal.data;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

import org.holdfast.protocol.data.Arrival;
import org.holdfast.protocol.data.PermitAnswer;
import org.holdfast.protocol.data.PermitRequest;
import org.holdfast.protocol.data.SessionOpened;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.data.GrantService;
import org.holdfast.vault.data.PermitService;
import org.holdfast.vault.data.SessionService;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Caller;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Route;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How agents get at packs without the vault in between. */
@Component(service = Endpoints.class)
public final class PermitEndpoints implements Endpoints {
    private final SessionService sessions;
    private final GrantService grants;
    private final PermitService permits;

    /** Takes what it works with. */
    @Activate
    public PermitEndpoints(@Reference SessionService sessions, @Reference GrantService grants,
            @Reference PermitService permits) {
        this.sessions = sessions;
        this.grants = grants;
        this.permits = permits;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("ask-permit", "/agent/v1/permits").agent()
                        .summary("Permits to make or read one pack in its place, for minutes, where that can be done.")
                        .takes(PermitRequest.class).gives(PermitAnswer.class).handle(this::permit),
                Route.post("note-arrival", "/agent/v1/permits/arrival").agent()
                        .summary("Notes that a pack was made with a permit.").takes(Arrival.class).status(204)
                        .handle(call -> {
                            session(call);
                            Arrival arrival = call.body(Arrival.class);
                            permits.arrived(vault(call), server(call), arrival.name(), arrival.length());
                            return null;
                        }));
    }

    private Object permit(Call call) throws IOException {
        PermitRequest wish = call.body(PermitRequest.class);
        return switch (wish.access()) {
            case PermitRequest.CREATE -> {
                session(call);
                yield permits.create(vault(call), server(call), wish.name(), wish.length());
            }
            case PermitRequest.READ -> {
                String other = wish.server();
                UUID owner = other == null ? server(call) : AgentDataEndpoints.id(other, "server");
                grants.requireReadable(vault(call), server(call), owner);
                yield permits.read(vault(call), owner, wish.name());
            }
            default -> throw new Refusal(Refusal.Kind.INVALID, "invalid-request",
                    "A permit is to create or to read.", "");
        };
    }

    private void session(Call call) {
        sessions.require(server(call), call.header(SessionOpened.HEADER).orElse(""));
    }

    private static UUID vault(Call call) {
        return UUID.fromString(call.agent().vaultId());
    }

    private static UUID server(Call call) {
        return UUID.fromString(((Caller.Agent) call.caller()).server());
    }
}
