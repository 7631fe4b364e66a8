package org.holdfast.console.client.fleet;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.policy.Policy;
import org.holdfast.protocol.fleet.PolicyAssignments;
import org.holdfast.protocol.fleet.PolicyPreview;
import org.holdfast.protocol.fleet.PreviewPolicy;

/** Policies. Calls are made in the background and fail with a {@code HoldfastException}. */
public final class PolicyCalls {
    private static final String VAULTS = "vaults";
    private static final String POLICIES = "policies";
    private static final String ASSIGNMENTS = "assignments";

    private final Caller caller;

    PolicyCalls(Caller caller) {
        this.caller = caller;
    }

    /** The policies of a vault; {@link LiveFleet#policies()} has all of them at hand. */
    public CompletableFuture<List<Policy>> list(String vault) {
        return caller.all(ListQuery.all(), Policy.class, VAULTS, vault, POLICIES);
    }

    /** A policy, to be edited. */
    public CompletableFuture<Versioned<Policy>> read(String vault, String policy) {
        return caller.read(Policy.class, VAULTS, vault, POLICIES, policy);
    }

    /** Makes a policy. */
    public CompletableFuture<Policy> create(String vault, Policy policy) {
        return caller.post(policy, Policy.class, VAULTS, vault, POLICIES);
    }

    /** Stores a new version of a policy. */
    public CompletableFuture<Versioned<Policy>> change(String vault, String name, Policy policy, String etag) {
        return caller.put(policy, etag, Policy.class, VAULTS, vault, POLICIES, name);
    }

    /** Removes a policy that nobody follows. */
    public CompletableFuture<@Nullable Void> delete(String vault, String name, String etag) {
        return caller.delete(etag, VAULTS, vault, POLICIES, name);
    }

    /** Earlier versions, the newest first. */
    public CompletableFuture<List<Policy>> versions(String vault, String name) {
        return caller.all(ListQuery.all(), Policy.class, VAULTS, vault, POLICIES, name, "versions");
    }

    /** Whom a policy is for besides the servers it is assigned to one by one. */
    public CompletableFuture<PolicyAssignments> assignments(String vault, String name) {
        return caller.get(PolicyAssignments.class, VAULTS, vault, POLICIES, name, ASSIGNMENTS);
    }

    /** Sets whom a policy is for. */
    public CompletableFuture<Versioned<PolicyAssignments>> assign(String vault, String name,
            PolicyAssignments assignments) {
        return caller.put(assignments, null, PolicyAssignments.class, VAULTS, vault, POLICIES, name, ASSIGNMENTS);
    }

    /** What a policy, stored or not, would do. */
    public CompletableFuture<PolicyPreview> preview(String vault, PreviewPolicy question) {
        return caller.post(question, PolicyPreview.class, VAULTS, vault, POLICIES, "preview");
    }
}
