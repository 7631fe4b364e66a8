package org.holdfast.console.policies.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.policy.Policy;
import org.holdfast.client.RemoteException;
import org.holdfast.console.client.fleet.Versioned;
import org.holdfast.protocol.fleet.PolicyAssignments;

/**
 * A policy with whom it is for, as a vault server has it.
 *
 * @param policy the policy
 * @param etag names this version of it
 * @param assignments whom it is for
 */
record PolicyFile(Policy policy, String etag, PolicyAssignments assignments) {
    /** Nobody yet. */
    static final PolicyAssignments NOBODY = new PolicyAssignments(java.util.List.of(), false);

    /** Reads one. */
    static CompletableFuture<PolicyFile> read(VaultPlace place, String name) {
        var calls = place.session().api().policies();
        return calls.read(place.vault(), name).thenCombine(calls.assignments(place.vault(), name),
                (policy, assignments) -> new PolicyFile(policy.value(), policy.etag(), sorted(assignments)));
    }

    private static PolicyAssignments sorted(PolicyAssignments a) {
        return new PolicyAssignments(a.tags().stream().sorted().toList(), a.vaultDefault());
    }

    /** Stores the policy: makes it when there is none yet, else a new version of that one. */
    static CompletableFuture<PolicyFile> store(VaultPlace place, @Nullable PolicyFile old, Policy policy) {
        var calls = place.session().api().policies();
        if (old == null) {
            return calls.create(place.vault(), policy).thenCompose(made -> read(place, made.name()));
        }
        if (policy.equals(old.policy())) {
            return CompletableFuture.completedFuture(old);
        }
        CompletableFuture<Versioned<Policy>> changed =
                calls.change(place.vault(), policy.name(), policy, old.etag());
        return changed.thenApply(now -> new PolicyFile(now.value(), now.etag(), old.assignments()));
    }

    /** Stores whom it is for. */
    CompletableFuture<PolicyFile> assign(VaultPlace place, PolicyAssignments wanted) {
        if (wanted.equals(assignments)) {
            return CompletableFuture.completedFuture(this);
        }
        return place.session().api().policies().assign(place.vault(), policy.name(), wanted)
                .thenApply(now -> new PolicyFile(policy, etag, sorted(now.value())));
    }

    /** Whether a call failed because somebody else was faster. */
    static boolean isConflict(Throwable thrown) {
        Throwable t = thrown;
        while (t instanceof CompletionException && t.getCause() != null) {
            t = t.getCause();
        }
        return t instanceof RemoteException remote && "changed-meanwhile".equals(remote.code());
    }
}
