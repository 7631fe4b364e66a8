package org.holdfast.azure.internal.arm;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.PlanStep;
import org.holdfast.api.azure.PlanStep.Kind;
import org.holdfast.api.azure.PlanStep.State;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A role of the vault's identity on one resource.
 *
 * @param arm the way there
 * @param subscription id
 * @param scope path of the resource
 * @param role which
 * @param principal object id of the identity
 * @param person whether it is a person and not a program
 */
record RolePiece(ArmClient arm, String subscription, String scope, Role role, String principal, boolean person)
        implements
        Piece {
    private static final int TRIES = 6;
    private static final Duration REPLICATION = Duration.ofSeconds(10);

    /** Roles, with the ids that they have everywhere. */
    // https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
    enum Role {
        /** Reads and writes objects. */
        BLOBS("Storage Blob Data Contributor", "ba92f5b4-2d11-453d-a403-e96b0029c9fe"),
        /** Has keys made with which permits are signed. */
        PERMITS("Storage Blob Delegator", "db58b8e5-c6ad-4a2a-8342-4190687cbf4a"),
        /** Reads and writes secrets. */
        SECRETS("Key Vault Secrets Officer", "b86a8fe4-44ce-4948-aee5-eccb2c155cd7");

        private final String title;
        private final String id;

        Role(String title, String id) {
            this.title = title;
            this.id = id;
        }
    }

    @Override
    public PlanStep look() {
        boolean there = arm.list(scope + "/providers/Microsoft.Authorization/roleAssignments", Versions.AUTHORIZATION,
                "principalId eq '" + principal + "'").stream().anyMatch(this::isIt);
        return new PlanStep(Kind.ROLE, scope.substring(scope.lastIndexOf('/') + 1), role.title,
                there ? State.THERE : State.TO_MAKE, List.of(), there ? List.of()
                        : List.of(Az.of("role assignment create").with("role", role.title)
                                .with("assignee-object-id", principal)
                                .with("assignee-principal-type", type()).with("scope", scope).line()));
    }

    private String type() {
        return person ? "User" : "ServicePrincipal";
    }

    /** Here or further up counts; the list also has what was given further down. */
    private boolean isIt(JsonNode assignment) {
        String where = Bodies.text(assignment, "properties/scope").toLowerCase(Locale.ROOT).replaceFirst("/+$", "");
        String here = scope.toLowerCase(Locale.ROOT);
        return Bodies.text(assignment, "properties/roleDefinitionId").toLowerCase(Locale.ROOT).endsWith(role.id)
                && Bodies.text(assignment, "properties/principalId").equalsIgnoreCase(principal)
                && (here.equals(where) || here.startsWith(where + "/"));
    }

    @Override
    public void make(AzureWatch watch) {
        // The same name each time: nothing is given twice, however often it is tried.
        UUID name = UUID.nameUUIDFromBytes((scope.toLowerCase(Locale.ROOT) + "|" + role.id + "|" + principal)
                .getBytes(StandardCharsets.UTF_8));
        ObjectNode body = Bodies.object();
        body.putObject("properties")
                .put("roleDefinitionId", "/subscriptions/" + subscription
                        + "/providers/Microsoft.Authorization/roleDefinitions/" + role.id)
                .put("principalId", principal).put("principalType", type());
        for (int tries = 1;; tries++) {
            try {
                arm.put(scope + "/providers/Microsoft.Authorization/roleAssignments/" + name, Versions.AUTHORIZATION,
                        body, watch);
                return;
            } catch (ArmException e) {
                if (e.is("RoleAssignmentExists")) {
                    return;
                }
                // An identity that was made a moment ago is not known everywhere yet.
                if (!e.is("PrincipalNotFound") || tries == TRIES) {
                    throw e;
                }
                Pause.of(watch, "the identity to be known", REPLICATION);
            }
        }
    }
}
