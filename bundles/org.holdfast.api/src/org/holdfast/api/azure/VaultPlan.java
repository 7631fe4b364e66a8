package org.holdfast.api.azure;

import java.util.List;

/**
 * What a vault's place needs, and what there is of it.
 *
 * @param request what is wanted
 * @param identity object id of the identity that gets the roles
 * @param steps in their order
 * @param location for {@code --store}
 * @param serve the command line that starts a vault server on it
 * @param variables of the vault server's environment, {@code NAME=value}
 * @param keyVault address of the Key Vault, empty when there is none
 * @param failure why {@link AzureManagement#apply} ended early, empty when it did not
 * @param advice what to do about it, may be empty
 */
public record VaultPlan(VaultRequest request, String identity, List<PlanStep> steps, String location, String serve,
        List<String> variables, String keyVault, String failure, String advice) {
    /** Copies the lists. */
    public VaultPlan {
        steps = List.copyOf(steps);
        variables = List.copyOf(variables);
    }

    /** Whether everything is there. */
    public boolean isComplete() {
        return steps.stream().allMatch(step -> step.state() == PlanStep.State.THERE);
    }

    /** Whether something is in the way that nobody here can change. */
    public boolean isBlocked() {
        return steps.stream().anyMatch(step -> step.state() == PlanStep.State.BLOCKED);
    }

    /** All commands that are left to do, for a script. */
    public List<String> commands() {
        return steps.stream().flatMap(step -> step.commands().stream()).toList();
    }
}
