package org.holdfast.console.client.fleet;

import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.ServerItems;
import org.holdfast.api.fleet.ServerSummary;
import org.holdfast.client.Body;
import org.holdfast.client.Call;
import org.holdfast.protocol.common.Page;
import org.holdfast.protocol.fleet.ChangeServer;
import org.holdfast.protocol.fleet.DeletedData;
import org.holdfast.protocol.fleet.ServerPolicy;

/** Protected servers. Calls are made in the background and fail with a {@code HoldfastException}. */
public final class ServerCalls {
    private static final String VAULTS = "vaults";
    private static final String SERVERS = "servers";
    private static final String POLICY = "policy";
    private static final String ITEMS = "items";

    private final Caller caller;

    ServerCalls(Caller caller) {
        this.caller = caller;
    }

    /** Part of the servers of a vault; {@link LiveFleet#servers()} has all of them at hand. */
    public CompletableFuture<Page<ServerSummary>> list(String vault, ListQuery query) {
        return caller.page(query, ServerSummary.class, VAULTS, vault, SERVERS);
    }

    /** A server, to be edited. */
    public CompletableFuture<Versioned<ServerSummary>> read(String vault, String server) {
        return caller.read(ServerSummary.class, VAULTS, vault, SERVERS, server);
    }

    /** Changes name, tags or labels. */
    public CompletableFuture<Versioned<ServerSummary>> change(String vault, String server, ChangeServer change,
            String etag) {
        return caller.patch(change, etag, ServerSummary.class, VAULTS, vault, SERVERS, server);
    }

    /** Gives a server up: it keeps its points and may not connect any more. */
    public CompletableFuture<@Nullable Void> retire(String vault, String server, String etag) {
        return caller.delete(etag, VAULTS, vault, SERVERS, server);
    }

    /** Deletes all points of a server that was given up. */
    public CompletableFuture<DeletedData> deleteData(String vault, String server) {
        return caller.press(DeletedData.class, VAULTS, vault, SERVERS, server, "delete-data");
    }

    /** Brings the points of a server back that people have deleted. */
    public CompletableFuture<DeletedData> undeleteData(String vault, String server) {
        return caller.press(DeletedData.class, VAULTS, vault, SERVERS, server, "undelete-data");
    }

    /** Takes all certificates of a server away. */
    public CompletableFuture<@Nullable Void> revokeCertificates(String vault, String server) {
        return caller.delete(null, VAULTS, vault, SERVERS, server, "certificates");
    }

    /** What a server protects instead of its policy's items. */
    public CompletableFuture<Versioned<ServerItems>> items(String vault, String server) {
        return caller.read(ServerItems.class, VAULTS, vault, SERVERS, server, ITEMS);
    }

    /** Sets what a server protects. */
    public CompletableFuture<Versioned<ServerItems>> setItems(String vault, String server, ServerItems items,
            String etag) {
        return caller.put(items, etag, ServerItems.class, VAULTS, vault, SERVERS, server, ITEMS);
    }

    /** The policy that a server has, and why. */
    public CompletableFuture<Versioned<ServerPolicy>> policy(String vault, String server) {
        return caller.read(ServerPolicy.class, VAULTS, vault, SERVERS, server, POLICY);
    }

    /**
     * Assigns a policy.
     *
     * @param policy name, null for none of its own
     */
    public CompletableFuture<Versioned<ServerPolicy>> assign(String vault, String server, @Nullable String policy,
            String etag) {
        return caller.put(ServerPolicy.assign(policy), etag, ServerPolicy.class, VAULTS, vault, SERVERS, server,
                POLICY);
    }

    /**
     * Asks the agent something that the vault cannot read; fails when no answer comes within half a minute.
     *
     * @param sealed see {@code AskOrder} of the protocol, as it is sent
     * @return the answer, sealed
     */
    public CompletableFuture<byte[]> ask(String vault, String server, byte[] sealed) {
        return caller.ask(c -> c.send(Call.post(Caller.path(VAULTS, vault, SERVERS, server, "ask"),
                new Body.Memory(sealed, 0, sealed.length)), byte[].class).body());
    }
}
