package org.holdfast.azure.internal.arm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.RecoveryVault;
import org.holdfast.api.azure.RecoveryVaultId;
import org.holdfast.api.azure.RecoveryVaultRequest;
import org.holdfast.api.azure.Redundancy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Recovery Services vaults and their settings. */
public final class RecoveryVaults {
    private static final int MIN_DAYS = 14;
    private static final int MAX_DAYS = 180;
    private static final Set<Redundancy> POSSIBLE = Set.of(Redundancy.LRS, Redundancy.ZRS, Redundancy.GRS);

    private final ArmClient arm;

    /** Asks nothing yet. */
    public RecoveryVaults(ArmClient arm) {
        this.arm = arm;
    }

    /** Those of a subscription, with what the list says. */
    public List<RecoveryVault> list(String subscription) {
        return arm.list("/subscriptions/" + subscription + "/providers/Microsoft.RecoveryServices/vaults",
                Versions.RECOVERY, "").stream().map(found -> vault(id(subscription, found), found, null, null, -1, -1))
                .sorted(Comparator.comparing(v -> v.id().name())).toList();
    }

    private static RecoveryVaultId id(String subscription, JsonNode found) {
        String[] parts = Bodies.text(found, "id").split("/");
        String group = "";
        for (int i = 0; i + 1 < parts.length; i++) {
            group = parts[i].equalsIgnoreCase("resourceGroups") ? parts[i + 1] : group;
        }
        return new RecoveryVaultId(subscription, group, Bodies.text(found, "name"));
    }

    /** One with all its settings. */
    public RecoveryVault show(RecoveryVaultId id) {
        JsonNode found = arm.get(id.path(), Versions.RECOVERY);
        int servers = 0;
        int items = 0;
        for (JsonNode usage : arm.list(id.path() + "/usages", Versions.RECOVERY, "")) {
            switch (Bodies.text(usage, "name/value")) {
                case "MABContainersCount" -> servers = usage.path("currentValue").asInt();
                case "MABProtectedItemCount" -> items = usage.path("currentValue").asInt();
                default -> {
                    // counts of what Holdfast does not look after
                }
            }
        }
        return vault(id, found, storage(id), security(id), servers, items);
    }

    private @Nullable JsonNode storage(RecoveryVaultId id) {
        return arm.find(id.path() + "/backupstorageconfig/vaultstorageconfig", Versions.BACKUP);
    }

    private @Nullable JsonNode security(RecoveryVaultId id) {
        return arm.find(id.path() + "/backupconfig/vaultconfig", Versions.BACKUP);
    }

    private static RecoveryVault vault(RecoveryVaultId id, JsonNode found, @Nullable JsonNode storage,
            @Nullable JsonNode security, int servers, int items) {
        String softDelete = Bodies.text(found, "properties/securitySettings/softDeleteSettings/softDeleteState");
        if (softDelete.isEmpty() && security != null) {
            softDelete = Bodies.text(security, "properties/softDeleteFeatureState");
        }
        String redundancy = storage == null ? "" : Bodies.text(storage, "properties/storageType");
        return new RecoveryVault(id, Bodies.text(found, "location"),
                Bodies.text(found, "properties/provisioningState"),
                Bodies.text(found, "properties/publicNetworkAccess"),
                redundancy.isEmpty() ? Bodies.text(found, "properties/redundancySettings/standardTierStorageRedundancy")
                        : redundancy,
                storage != null && Bodies.text(storage, "properties/storageTypeState").equals("Locked"),
                Bodies.text(found, "properties/redundancySettings/crossRegionRestore"), softDelete,
                Bodies.number(found,
                        "properties/securitySettings/softDeleteSettings/softDeleteRetentionPeriodInDays", 0),
                Bodies.text(found, "properties/securitySettings/immutabilitySettings/state"),
                Bodies.text(found, "properties/securitySettings/multiUserAuthorization"), servers, items);
    }

    /** Makes one, or brings one into line that has no items yet. */
    public RecoveryVault create(RecoveryVaultRequest request, AzureWatch watch) {
        mistakes(request);
        RecoveryVaultId id = request.id();
        arm.put(id.path(), Versions.RECOVERY, vault(request), watch);
        redundancy(request, watch);
        ObjectNode security = Bodies.object();
        security.putObject("properties").put("enhancedSecurityState", "Enabled").put("softDeleteFeatureState",
                softDelete(request));
        arm.put(id.path() + "/backupconfig/vaultconfig", Versions.BACKUP, security, watch);
        return show(id);
    }

    private static String softDelete(RecoveryVaultRequest request) {
        return request.alwaysSoftDelete() ? "AlwaysON" : "Enabled";
    }

    private static void mistakes(RecoveryVaultRequest request) {
        List<String> found = new ArrayList<>();
        if (!RecoveryVaultId.isName(request.id().name())) {
            found.add("A Recovery Services vault has 2 to 50 letters, digits and hyphens, begins with a letter and"
                    + " does not end with a hyphen.");
        }
        if (!POSSIBLE.contains(request.redundancy())) {
            found.add("A Recovery Services vault is lrs, zrs or grs.");
        }
        if (request.crossRegionRestore() && request.redundancy() != Redundancy.GRS) {
            found.add("Only with grs there is a second region to restore from.");
        }
        if (request.softDeleteDays() < MIN_DAYS || request.softDeleteDays() > MAX_DAYS) {
            found.add("Soft delete keeps for 14 to 180 days.");
        }
        if (!found.isEmpty()) {
            throw new HoldfastException(Problem.INVALID_REQUEST, String.join(" ", found), "");
        }
    }

    private static ObjectNode vault(RecoveryVaultRequest request) {
        ObjectNode body = Bodies.object().put("location", request.region());
        body.putObject("sku").put("name", "RS0").put("tier", "Standard");
        body.putObject("identity").put("type", "SystemAssigned");
        ObjectNode properties = body.putObject("properties").put("publicNetworkAccess", "Enabled");
        ObjectNode security = properties.putObject("securitySettings");
        security.putObject("softDeleteSettings").put("softDeleteState", softDelete(request))
                .put("softDeleteRetentionPeriodInDays", request.softDeleteDays());
        security.putObject("immutabilitySettings").put("state", request.immutable() ? "Unlocked" : "Disabled");
        return body;
    }

    private void redundancy(RecoveryVaultRequest request, AzureWatch watch) {
        JsonNode found = storage(request.id());
        String wanted = request.redundancy().vaultName();
        boolean same = found != null && Bodies.text(found, "properties/storageType").equals(wanted)
                && Bodies.at(found, "properties/crossRegionRestoreFlag").asBoolean() == request.crossRegionRestore();
        if (same) {
            return;
        }
        if (found != null && Bodies.text(found, "properties/storageTypeState").equals("Locked")) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "The redundancy of '" + request.id().name() + "' is "
                    + Bodies.text(found, "properties/storageType") + " and cannot be changed: it protects something.",
                    "Make another vault, and register the servers there.");
        }
        ObjectNode body = Bodies.object();
        ObjectNode properties = body.putObject("properties").put("storageType", wanted)
                .put("storageTypeState", "Unlocked");
        if (request.crossRegionRestore()) {
            properties.put("crossRegionRestoreFlag", true);
        }
        arm.patch(request.id().path() + "/backupstorageconfig/vaultstorageconfig", Versions.BACKUP, body, watch);
    }
}
