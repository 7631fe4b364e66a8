package org.holdfast.vault.http.internal.data;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

import org.holdfast.format.Manifest;
import org.holdfast.format.VaultDescriptor;
import org.holdfast.protocol.data.Committed;
import org.holdfast.protocol.data.ObjectEntry;
import org.holdfast.protocol.data.OpenSession;
import org.holdfast.protocol.data.SessionOpened;
import org.holdfast.protocol.data.SlotRemoval;
import org.holdfast.protocol.data.Space;
import org.holdfast.vault.Refusal;
import org.holdfast.vault.catalog.data.SessionRow;
import org.holdfast.vault.data.CommitService;
import org.holdfast.vault.data.GrantService;
import org.holdfast.vault.data.ObjectService;
import org.holdfast.vault.data.SessionService;
import org.holdfast.vault.data.SlotService;
import org.holdfast.vault.http.Call;
import org.holdfast.vault.http.Caller;
import org.holdfast.vault.http.Endpoints;
import org.holdfast.vault.http.Reply;
import org.holdfast.vault.http.Route;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How agents store and read objects. */
@Component(service = Endpoints.class)
public final class AgentDataEndpoints implements Endpoints {
    private static final long LARGEST = 1L << 30;
    private static final String SLOTS = "slots/";

    private final SessionService sessions;
    private final ObjectService objects;
    private final CommitService commits;
    private final GrantService grants;
    private final SlotService slots;
    private final ObjectReader reader;

    /** Takes what it works with. */
    @Activate
    public AgentDataEndpoints(@Reference SessionService sessions, @Reference ObjectService objects,
            @Reference CommitService commits, @Reference GrantService grants, @Reference SlotService slots) {
        this.sessions = sessions;
        this.objects = objects;
        this.commits = commits;
        this.grants = grants;
        this.slots = slots;
        this.reader = new ObjectReader(objects);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("open-session", "/agent/v1/sessions").agent().summary("Opens a session for writing.")
                        .takes(OpenSession.class).gives(201, SessionOpened.class).handle(call -> {
                            objects.prepare(vault(call), server(call));
                            return sessions.open(vault(call), server(call), call.body(OpenSession.class));
                        }),
                Route.delete("close-session", "/agent/v1/sessions/{id}").agent().summary("Ends a session.")
                        .handle(call -> {
                            sessions.close(server(call), id(call.path("id"), "session"));
                            return null;
                        }),
                Route.post("commit-point", "/agent/v1/sessions/{id}/commit/{name}").agent()
                        .summary("Commits a recovery point; the body is its manifest.")
                        .takesBytes(Manifest.MAX_BYTES).gives(Committed.class).audited(true).handle(this::commit),
                Route.put("store-object", "/agent/v1/objects/{name...}").agent()
                        .summary("Stores an object unless there is one of that name.").takesBytes(LARGEST)
                        .status(201).alsoStatus(200).handle(this::put),
                Route.get("read-object", "/agent/v1/objects/{name...}").unprovenAgent()
                        .summary("Reads an object, all of it or a range.").parameter("server", "whose object")
                        .givesBytes(ObjectReader.BYTES).alsoStatus(206, 416)
                        .handle(call -> reader.read(call, vault(call), source(call, call.path("name")))),
                Route.head("look-at-object", "/agent/v1/objects/{name...}").unprovenAgent()
                        .summary("Tells how large an object is.").parameter("server", "whose object")
                        .givesBytes(ObjectReader.BYTES)
                        .handle(call -> reader.look(call, vault(call), source(call, call.path("name")))),
                Route.get("list-objects", "/agent/v1/objects").unprovenAgent()
                        .summary("Lists objects, one line of JSON for each.")
                        .parameter("prefix", "beginning of the names").parameter("server", "whose objects")
                        .givesBytes(ObjectEntry.LINES)
                        .handle(call -> reader.list(call, vault(call),
                                source(call, call.query("prefix").orElse("")))),
                Route.delete("delete-object", "/agent/v1/objects/{name...}").agent()
                        .summary("Takes away a lease or a checkpoint.").status(204).handle(this::delete),
                Route.post("remove-slot", "/agent/v1/slots/{id}/removal").agent()
                        .summary("Takes away a key slot for a holder of the passphrase; another one has to remain.")
                        .takes(SlotRemoval.class).audited(true).handle(call -> {
                            session(call);
                            call.audit("key slot " + call.path("id"));
                            slots.remove(vault(call), server(call), call.path("id"), call.body(SlotRemoval.class));
                            return null;
                        }),
                Route.get("read-space", "/agent/v1/space").agent().summary("Tells how much room there is.")
                        .gives(Space.class).handle(call -> objects.space(vault(call), server(call))));
    }

    private Object commit(Call call) throws IOException {
        SessionRow session = session(call);
        if (!session.id().equals(id(call.path("id"), "session"))) {
            throw Refusal.notFound("session");
        }
        String name = call.path("name");
        call.audit("point " + name);
        return commits.commit(vault(call), session, name, call.stream().readAllBytes());
    }

    private Object put(Call call) throws IOException {
        session(call);
        boolean made = objects.put(vault(call), server(call), call.path("name"), call.length(), call.stream());
        return Reply.empty().status(made ? 201 : 200);
    }

    private Object delete(Call call) throws IOException {
        session(call);
        if (!objects.delete(vault(call), server(call), call.path("name"))) {
            throw Refusal.notFound("object");
        }
        return Reply.empty();
    }

    private SessionRow session(Call call) {
        return sessions.require(server(call), call.header(SessionOpened.HEADER).orElse(""));
    }

    private UUID source(Call call, String name) {
        UUID own = server(call);
        // To prove that it holds the passphrase it needs the key slots, and nothing else.
        if (call.agent().unproven() && (call.query("server").isPresent()
                || !name.equals(VaultDescriptor.OBJECT) && !name.startsWith(SLOTS))) {
            throw new Refusal(Refusal.Kind.FORBIDDEN, "registration-incomplete",
                    "This machine was registered before; it has not yet proven to be the same.",
                    "Complete the registration with the passphrase that the server had.");
        }
        UUID wanted = call.query("server").map(text -> id(text, "server")).orElse(own);
        grants.requireReadable(vault(call), own, wanted);
        return wanted;
    }

    private static UUID vault(Call call) {
        return UUID.fromString(call.agent().vaultId());
    }

    private static UUID server(Call call) {
        return UUID.fromString(((Caller.Agent) call.caller()).server());
    }

    static UUID id(String text, String what) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.notFound(what);
        }
    }
}
