package org.holdfast.console.client.fleet;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.fleet.VaultSummary;
import org.holdfast.protocol.data.CreateGrant;
import org.holdfast.protocol.data.GrantInfo;
import org.holdfast.protocol.fleet.CheckName;
import org.holdfast.protocol.fleet.CheckNameAnswer;
import org.holdfast.protocol.fleet.CreateVault;
import org.holdfast.protocol.fleet.VaultProtection;
import org.holdfast.protocol.fleet.VaultStorage;

/** Vaults of a vault server. Calls are made in the background and fail with a {@code HoldfastException}. */
public final class VaultCalls {
    private static final String VAULTS = "vaults";
    private static final String GRANTS = "grants";

    private final Caller caller;
    private final Runnable changed;

    /** @param changed run after a vault was made, changed or removed: there are no events for that */
    VaultCalls(Caller caller, Runnable changed) {
        this.caller = caller;
        this.changed = changed;
    }

    /** A vault, to be edited. */
    public CompletableFuture<Versioned<VaultSummary>> read(String vault) {
        return caller.read(VaultSummary.class, VAULTS, vault);
    }

    /** How a vault is filled, and how it has grown. */
    public CompletableFuture<VaultStorage> storage(String vault) {
        return caller.get(VaultStorage.class, VAULTS, vault, "storage");
    }

    /** What stands between a vault and whoever wants its data gone. */
    public CompletableFuture<VaultProtection> protection(String vault) {
        return caller.get(VaultProtection.class, VAULTS, vault, "protection");
    }

    /** Whether a vault can have that name. */
    public CompletableFuture<CheckNameAnswer> checkName(String name) {
        return caller.post(new CheckName(name), CheckNameAnswer.class, VAULTS, "check-name");
    }

    /** Makes a vault. */
    public CompletableFuture<VaultSummary> create(CreateVault wanted) {
        return caller.post(wanted, VaultSummary.class, VAULTS).whenComplete((v, e) -> changed.run());
    }

    /** Changes a vault. */
    public CompletableFuture<Versioned<VaultSummary>> change(String vault, CreateVault wanted, String etag) {
        return caller.put(wanted, etag, VaultSummary.class, VAULTS, vault).whenComplete((v, e) -> changed.run());
    }

    /** Removes an empty vault. */
    public CompletableFuture<@Nullable Void> delete(String vault, String etag) {
        return caller.delete(etag, VAULTS, vault).whenComplete((v, e) -> changed.run());
    }

    /** Which servers may read the objects of others. */
    public CompletableFuture<List<GrantInfo>> grants(String vault) {
        return caller.all(ListQuery.all(), GrantInfo.class, VAULTS, vault, GRANTS);
    }

    /** Lets a server read the objects of another one for a time. */
    public CompletableFuture<GrantInfo> grant(String vault, CreateGrant grant) {
        return caller.post(grant, GrantInfo.class, VAULTS, vault, GRANTS);
    }

    /** Ends a grant. */
    public CompletableFuture<@Nullable Void> endGrant(String vault, String id) {
        return caller.delete(null, VAULTS, vault, GRANTS, id);
    }
}
