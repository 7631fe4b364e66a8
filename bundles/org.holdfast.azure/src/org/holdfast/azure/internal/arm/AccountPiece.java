package org.holdfast.azure.internal.arm;

import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.NameAnswer;
import org.holdfast.api.azure.PlanStep;
import org.holdfast.api.azure.PlanStep.Difference;
import org.holdfast.api.azure.PlanStep.Kind;
import org.holdfast.api.azure.PlanStep.State;
import org.holdfast.api.azure.Redundancy;
import org.holdfast.api.azure.VaultRequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The storage account: TLS 1.2 at least, nothing public, no shared keys. */
record AccountPiece(ArmClient arm, VaultRequest request) implements Piece {
    static String path(VaultRequest request) {
        return "/subscriptions/" + request.subscription() + "/resourceGroups/" + request.group()
                + "/providers/Microsoft.Storage/storageAccounts/" + request.account();
    }

    /** Asks whether an account could be called so; the name counts for the whole cloud. */
    static NameAnswer check(ArmClient arm, String subscription, String name) {
        if (!VaultRequest.isAccountName(name)) {
            return new NameAnswer(false, "A storage account has 3 to 24 lower-case letters and digits.");
        }
        JsonNode answer = arm.post("/subscriptions/" + subscription
                + "/providers/Microsoft.Storage/checkNameAvailability", Versions.STORAGE,
                Bodies.object().put("name", name).put("type", "Microsoft.Storage/storageAccounts"), AzureWatch.none());
        return new NameAnswer(answer.path("nameAvailable").asBoolean(), Bodies.text(answer, "message"));
    }

    @Override
    public PlanStep look() {
        JsonNode found = arm.find(path(request), Versions.STORAGE);
        String sku = request.redundancy().sku();
        if (found == null) {
            NameAnswer name = check(arm, request.subscription(), request.account());
            return name.available()
                    ? new PlanStep(Kind.ACCOUNT, request.account(), sku + ", " + request.region(), State.TO_MAKE,
                            List.of(), List.of(secured(command("create").with("location", request.region())
                                    .with("kind", "StorageV2").with("sku", sku).with("access-tier", "Hot")).line()))
                    : step(State.BLOCKED, found, List.of(new Difference("name", name.message(), "a free name")),
                            List.of());
        }
        List<Difference> fixed = fixed(found);
        List<Difference> settings = settings(found);
        if (!fixed.isEmpty()) {
            return step(State.BLOCKED, found, fixed, List.of());
        }
        return settings.isEmpty() ? step(State.THERE, found, settings, List.of())
                : step(State.DIFFERS, found, settings,
                        List.of(secured(command("update").with("sku", sku)).line()));
    }

    private PlanStep step(State state, JsonNode found, List<Difference> differences, List<String> commands) {
        return new PlanStep(Kind.ACCOUNT, request.account(), found == null ? ""
                : Bodies.text(found, "sku/name") + ", " + Bodies.text(found, "location"), state, differences, commands);
    }

    /** What an account keeps for life. */
    private List<Difference> fixed(JsonNode found) {
        List<Difference> wrong = new ArrayList<>();
        if (!Bodies.sameRegion(Bodies.text(found, "location"), request.region())) {
            wrong.add(new Difference("location", Bodies.text(found, "location"), request.region()));
        }
        String kind = Bodies.text(found, "kind");
        if (!kind.equals("StorageV2")) {
            wrong.add(new Difference("kind", kind, "StorageV2"));
        }
        // Accounts with directories have no versions, and so no locks on single objects.
        if (Bodies.at(found, "properties/isHnsEnabled").asBoolean()) {
            wrong.add(new Difference("isHnsEnabled", "true", "false"));
        }
        String is = Bodies.text(found, "sku/name");
        boolean standard = java.util.Arrays.stream(Redundancy.values()).anyMatch(r -> r.sku().equals(is));
        if (!standard || is.contains("Z") != request.redundancy().isZonal()) {
            wrong.add(new Difference("sku.name", is, request.redundancy().sku()));
        }
        return wrong;
    }

    private List<Difference> settings(JsonNode found) {
        List<Difference> wrong = new ArrayList<>();
        Bodies.compare(found, "sku/name", request.redundancy().sku(), wrong);
        if (!Bodies.text(found, "properties/minimumTlsVersion").equals("TLS1_3")) {
            Bodies.compare(found, "properties/minimumTlsVersion", "TLS1_2", wrong);
        }
        Bodies.compare(found, "properties/allowBlobPublicAccess", "false", wrong);
        Bodies.compare(found, "properties/allowSharedKeyAccess", "false", wrong);
        Bodies.compare(found, "properties/supportsHttpsTrafficOnly", "true", wrong);
        return wrong;
    }

    private Az command(String verb) {
        return Az.of("storage account " + verb).with("subscription", request.subscription())
                .with("resource-group", request.group()).with("name", request.account());
    }

    private static Az secured(Az az) {
        return az.with("min-tls-version", "TLS1_2").with("https-only", "true")
                .with("allow-blob-public-access", "false").with("allow-shared-key-access", "false");
    }

    @Override
    public void make(AzureWatch watch) {
        ObjectNode body = Bodies.object();
        body.putObject("sku").put("name", request.redundancy().sku());
        ObjectNode properties = body.putObject("properties").put("minimumTlsVersion", "TLS1_2")
                .put("allowBlobPublicAccess", false).put("allowSharedKeyAccess", false)
                .put("supportsHttpsTrafficOnly", true);
        if (arm.find(path(request), Versions.STORAGE) != null) {
            arm.patch(path(request), Versions.STORAGE, body, watch);
            return;
        }
        properties.put("accessTier", "Hot").put("defaultToOAuthAuthentication", true);
        body.put("kind", "StorageV2").put("location", request.region());
        arm.put(path(request), Versions.STORAGE, body, watch);
    }
}
