package org.holdfast.azure.internal.arm;

import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.PlanStep;
import org.holdfast.api.azure.PlanStep.Difference;
import org.holdfast.api.azure.PlanStep.Kind;
import org.holdfast.api.azure.PlanStep.State;
import org.holdfast.api.azure.VaultRequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A Key Vault with roles instead of access policies, and with protection against purging. */
record KeyVaultPiece(ArmClient arm, VaultRequest request) implements Piece {
    private static final int KEPT_DAYS = 90;

    static String path(VaultRequest request) {
        return "/subscriptions/" + request.subscription() + "/resourceGroups/" + request.group()
                + "/providers/Microsoft.KeyVault/vaults/" + request.keyVault();
    }

    /** Names stay taken for as long as one of that name could be had back. */
    private boolean isDeleted() {
        return arm.find("/subscriptions/" + request.subscription() + "/providers/Microsoft.KeyVault/locations/"
                + request.region() + "/deletedVaults/" + request.keyVault(), Versions.KEY_VAULT) != null;
    }

    @Override
    public PlanStep look() {
        JsonNode found = arm.find(path(request), Versions.KEY_VAULT);
        if (found == null) {
            return absent();
        }
        List<Difference> fixed = new ArrayList<>();
        // Turning roles on takes away all rights that access policies give, so that is not for us to do.
        Bodies.compare(found, "properties/enableRbacAuthorization", "true", fixed);
        if (Bodies.text(found, "properties/enableSoftDelete").equals("false")) {
            fixed.add(new Difference("enableSoftDelete", "false", "true"));
        }
        List<Difference> wrong = new ArrayList<>();
        Bodies.compare(found, "properties/enablePurgeProtection", "true", wrong);
        State state = !fixed.isEmpty() ? State.BLOCKED : wrong.isEmpty() ? State.THERE : State.DIFFERS;
        return step(state, state == State.BLOCKED ? fixed : wrong, state == State.DIFFERS
                ? List.of(command("update").with("enable-purge-protection", "true").line())
                : List.of());
    }

    private PlanStep absent() {
        if (isDeleted()) {
            return step(State.DIFFERS, List.of(new Difference("deleted", "true", "false")),
                    List.of(Az.of("keyvault recover").with("subscription", request.subscription())
                            .with("name", request.keyVault()).line()));
        }
        JsonNode name = arm.post("/subscriptions/" + request.subscription()
                + "/providers/Microsoft.KeyVault/checkNameAvailability", Versions.KEY_VAULT,
                Bodies.object().put("name", request.keyVault()).put("type", "Microsoft.KeyVault/vaults"),
                AzureWatch.none());
        return name.path("nameAvailable").asBoolean()
                ? step(State.TO_MAKE, List.of(), List.of(command("create").with("location", request.region())
                        .with("enable-rbac-authorization", "true").with("enable-purge-protection", "true")
                        .with("retention-days", Integer.toString(KEPT_DAYS)).line()))
                : step(State.BLOCKED, List.of(new Difference("name", Bodies.text(name, "message"), "a free name")),
                        List.of());
    }

    private PlanStep step(State state, List<Difference> differences, List<String> commands) {
        return new PlanStep(Kind.KEY_VAULT, request.keyVault(), "", state, differences, commands);
    }

    private Az command(String verb) {
        return Az.of("keyvault " + verb).with("subscription", request.subscription())
                .with("resource-group", request.group()).with("name", request.keyVault());
    }

    @Override
    public void make(AzureWatch watch) {
        ObjectNode body = Bodies.object();
        ObjectNode properties = body.putObject("properties");
        if (arm.find(path(request), Versions.KEY_VAULT) != null) {
            properties.put("enablePurgeProtection", true);
            arm.patch(path(request), Versions.KEY_VAULT, body, watch);
            return;
        }
        body.put("location", request.region());
        properties.put("tenantId", tenant());
        properties.putObject("sku").put("family", "A").put("name", "standard");
        if (isDeleted()) {
            properties.put("createMode", "recover");
        } else {
            properties.put("enableRbacAuthorization", true).put("enableSoftDelete", true)
                    .put("softDeleteRetentionInDays", KEPT_DAYS).put("enablePurgeProtection", true);
        }
        arm.put(path(request), Versions.KEY_VAULT, body, watch);
    }

    private String tenant() {
        return Bodies.text(arm.get("/subscriptions/" + request.subscription(), Versions.SUBSCRIPTIONS), "tenantId");
    }
}
