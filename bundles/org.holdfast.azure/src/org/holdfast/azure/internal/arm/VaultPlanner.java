package org.holdfast.azure.internal.arm;

import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.PlanStep;
import org.holdfast.api.azure.PlanStep.State;
import org.holdfast.api.azure.VaultPlan;
import org.holdfast.api.azure.VaultRequest;
import org.holdfast.azure.internal.arm.RolePiece.Role;

/** Makes a plan for a vault's place, and carries it out. */
public final class VaultPlanner {
    private static final int LOCK_DAYS = 30;

    private final ArmClient arm;
    private final VaultRequest request;
    private final Principal principal;
    private final List<Piece> pieces = new ArrayList<>();

    /**
     * Asks for a token at most.
     *
     * @throws HoldfastException when the request breaks the rules of Azure
     */
    public VaultPlanner(ArmClient arm, VaultRequest request) {
        List<String> mistakes = request.mistakes();
        if (!mistakes.isEmpty()) {
            throw new HoldfastException(Problem.INVALID_REQUEST, String.join(" ", mistakes), "");
        }
        this.arm = arm;
        this.request = request;
        this.principal = request.identity().isEmpty() ? Principal.of(arm.token())
                : new Principal(request.identity(), false);
        boolean keys = !request.keyVault().isEmpty();
        pieces.add(new BasePieces.Provider(arm, request, "Microsoft.Storage"));
        if (keys) {
            pieces.add(new BasePieces.Provider(arm, request, "Microsoft.KeyVault"));
        }
        pieces.add(new BasePieces.Group(arm, request));
        pieces.add(new AccountPiece(arm, request));
        pieces.add(new BlobPieces.Service(arm, request));
        pieces.add(new BlobPieces.Lifecycle(arm, request));
        pieces.add(new BlobPieces.Container(arm, request));
        pieces.add(role(BlobPieces.Container.path(request), Role.BLOBS));
        pieces.add(role(AccountPiece.path(request), Role.PERMITS));
        if (keys) {
            pieces.add(new KeyVaultPiece(arm, request));
            pieces.add(role(KeyVaultPiece.path(request), Role.SECRETS));
        }
    }

    private RolePiece role(String scope, Role role) {
        return new RolePiece(arm, request.subscription(), scope, role, principal.id(), principal.person());
    }

    /** What there is. */
    public VaultPlan plan(AzureWatch watch) {
        List<PlanStep> steps = new ArrayList<>();
        for (Piece piece : pieces) {
            watch.cancel().check();
            steps.add(piece.look());
        }
        return plan(steps, "", "");
    }

    /** Makes what is missing, from the first piece to the last, and ends with the first that cannot be made. */
    public VaultPlan apply(AzureWatch watch) {
        VaultPlan before = plan(watch);
        List<PlanStep> steps = new ArrayList<>(before.steps());
        for (PlanStep step : steps) {
            if (step.state() == State.BLOCKED) {
                return plan(steps, "'" + step.resource() + "' cannot be used as it is: " + words(step),
                        "Choose another name, or what is there already, and run it again.");
            }
        }
        for (int i = 0; i < steps.size(); i++) {
            PlanStep step = steps.get(i);
            if (step.state() == State.THERE) {
                continue;
            }
            try {
                watch.cancel().check();
                watch.begins(step, i + 1, steps.size());
                pieces.get(i).make(watch);
                steps.set(i, pieces.get(i).look());
            } catch (HoldfastException e) {
                return plan(steps, String.valueOf(e.getMessage()), e.problem() == Problem.CANCELLED
                        ? "What was made stays; run it again to go on."
                        : e.advice().isEmpty() ? "Run it again when that is mended; what was made stays."
                                : e.advice());
            }
        }
        return plan(steps, "", "");
    }

    private static String words(PlanStep step) {
        return String.join(", ", step.differences().stream()
                .map(d -> d.setting() + " is " + d.is() + ", wanted " + d.wanted()).toList());
    }

    private VaultPlan plan(List<PlanStep> steps, String failure, String advice) {
        String location = "azure://" + request.account() + "." + arm.cloud().blobs() + "/" + request.container();
        List<String> variables = new ArrayList<>();
        if (request.immutable()) {
            variables.add("HOLDFAST_AZURE_LOCK_DAYS=" + LOCK_DAYS);
        }
        return new VaultPlan(request, principal.id(), steps, location,
                "holdfast-vault serve --data DIR --store " + location, variables,
                request.keyVault().isEmpty() ? ""
                        : "https://" + request.keyVault() + "." + arm.cloud().keyVaults() + "/",
                failure, advice);
    }
}
