package org.holdfast.azure.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.RecoveryVaultId;
import org.holdfast.api.azure.RecoveryVaultRequest;
import org.holdfast.api.azure.Redundancy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The double of Azure Resource Manager answers with the fields of the published examples (Azure/azure-rest-api-specs;
 * each test names the example), written down here by hand, so that client and double cannot agree on a wrong name.
 */
@Timeout(60)
class ArmShapesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private @TempDir Path folder = Path.of("");
    private Subscription azure;
    private RecoveryVaultId vault;
    private String account = "";

    @BeforeEach
    void start() {
        azure = new Subscription(folder);
        azure.resources().apply(azure.request(), AzureWatch.none());
        vault = new RecoveryVaultId(azure.id, "backups", "branch-offices");
        account = azure.group() + "/providers/Microsoft.Storage/storageAccounts/holdfastdata";
    }

    @AfterEach
    void stop() {
        azure.close();
    }

    private JsonNode ask(String method, String path, String version, String body)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder().sslContext(azure.tls.context()).build()) {
            var request = HttpRequest.newBuilder(URI.create(azure.arm.url() + path.replace(" ", "%20")
                    + (path.contains("?") ? "&" : "?") + "api-version=" + version))
                    .header("Authorization", "Bearer " + azure.entra.token("me", "https://management.azure.com/"))
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build();
            return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
        }
    }

    /** Every field of the example is in the answer. */
    private static void has(JsonNode answer, String... fields) {
        Set<String> found = new TreeSet<>();
        collect(answer, "", found);
        for (String field : fields) {
            assertTrue(found.contains(field), () -> field + " is not in " + found);
        }
    }

    private static void collect(JsonNode node, String prefix, Set<String> into) {
        if (node.isObject()) {
            node.properties().forEach(each -> {
                into.add(prefix + each.getKey());
                collect(each.getValue(), prefix + each.getKey() + ".", into);
            });
        } else if (node.isArray()) {
            node.forEach(each -> collect(each, prefix, into));
        }
    }

    @Test
    void subscriptionsAndGroups() throws Exception {
        // GetSubscriptions.json, 2022-12-01
        has(ask("GET", "/subscriptions", "2022-12-01", ""), "value", "value.authorizationSource", "value.displayName",
                "value.id", "value.state", "value.subscriptionId", "value.subscriptionPolicies.locationPlacementId",
                "value.subscriptionPolicies.quotaId", "value.subscriptionPolicies.spendingLimit", "value.tenantId");
        // CreateResourceGroup.json, ResourceGroups_Get.json, 2025-04-01
        has(ask("GET", "/subscriptions/" + azure.id + "/resourcegroups/backups", "2025-04-01", ""), "name", "id",
                "type", "location", "properties.provisioningState");
    }

    @Test
    void storage() throws Exception {
        // StorageAccountCheckNameAvailability.json, 2023-05-01
        has(ask("POST", "/subscriptions/" + azure.id + "/providers/Microsoft.Storage/checkNameAvailability",
                "2023-05-01", "{\"name\":\"sto3363\",\"type\":\"Microsoft.Storage/storageAccounts\"}"),
                "nameAvailable");
        // StorageAccountCreate.json and StorageAccountGetProperties.json, 2023-05-01
        has(ask("GET", account, "2023-05-01", ""), "id", "kind", "location", "name", "type", "sku.name", "sku.tier",
                "properties.allowBlobPublicAccess", "properties.minimumTlsVersion", "properties.allowSharedKeyAccess",
                "properties.creationTime", "properties.primaryEndpoints.web", "properties.primaryEndpoints.dfs",
                "properties.primaryEndpoints.blob", "properties.primaryEndpoints.file",
                "properties.primaryEndpoints.queue", "properties.primaryEndpoints.table",
                "properties.primaryLocation", "properties.provisioningState", "properties.statusOfPrimary",
                "properties.supportsHttpsTrafficOnly");
        // BlobServicesPut.json, BlobServicesGet.json, 2023-05-01
        has(ask("GET", account + "/blobServices/default", "2023-05-01", ""), "id", "name", "type",
                "properties.deleteRetentionPolicy.enabled", "properties.deleteRetentionPolicy.days",
                "properties.isVersioningEnabled");
        // BlobContainersPutObjectLevelWorm.json, 2023-05-01
        has(ask("GET", account + "/blobServices/default/containers/vault", "2023-05-01", ""), "id", "name", "type",
                "properties.immutableStorageWithVersioning.enabled");
    }

    @Test
    void rolesAndKeyVaults() throws Exception {
        // RoleAssignments_ListForScope.json and RoleAssignments_CreateForResource.json, 2022-04-01
        has(ask("GET", account + "/providers/Microsoft.Authorization/roleAssignments", "2022-04-01", ""), "value",
                "value.id", "value.name", "value.type", "value.properties.roleDefinitionId",
                "value.properties.principalId", "value.properties.principalType", "value.properties.scope");
        // getVault.json, 2023-07-01
        has(ask("GET", azure.group() + "/providers/Microsoft.KeyVault/vaults/holdfast-keys", "2023-07-01", ""), "id",
                "name", "type", "location", "properties.sku.family", "properties.sku.name", "properties.tenantId",
                "properties.vaultUri", "properties.provisioningState", "properties.publicNetworkAccess");
    }

    @Test
    void recoveryServices() throws Exception {
        azure.resources().create(new RecoveryVaultRequest(vault, "westeurope", Redundancy.LRS, false, 14, false,
                false), AzureWatch.none());
        azure.arm.recovery().server(vault.path(), "FILES-01", Instant.parse("2026-11-20T01:00:00Z"), "Completed");
        // PUTVault.json and GETVault.json, 2025-02-01
        has(ask("GET", vault.path(), "2025-02-01", ""), "name", "type", "etag", "id", "identity.type",
                "identity.principalId", "identity.tenantId", "location", "properties.provisioningState",
                "properties.publicNetworkAccess", "properties.securitySettings.immutabilitySettings.state",
                "properties.securitySettings.softDeleteSettings.softDeleteRetentionPeriodInDays",
                "properties.securitySettings.softDeleteSettings.softDeleteState", "sku.name", "sku.tier");
        // ListBySubscriptionIds.json, 2025-02-01
        has(ask("GET", "/subscriptions/" + azure.id + "/providers/Microsoft.RecoveryServices/vaults", "2025-02-01",
                ""), "value.name", "value.type", "value.etag", "value.id", "value.location",
                "value.properties.provisioningState", "value.sku.name");
        // BackupStorageConfig_Get.json, 2025-02-01
        has(ask("GET", vault.path() + "/backupstorageconfig/vaultstorageconfig", "2025-02-01", ""), "name", "type",
                "id", "properties.storageModelType", "properties.storageType", "properties.storageTypeState");
        // BackupResourceVaultConfigs_Put.json, 2024-10-01
        has(ask("GET", vault.path() + "/backupconfig/vaultconfig", "2025-02-01", ""), "id", "name", "type",
                "properties.enhancedSecurityState", "properties.softDeleteFeatureState");
        // BackupSecurityPin_Get.json, 2025-02-01
        JsonNode pin = ask("POST", vault.path() + "/backupSecurityPIN", "2025-02-01", "");
        has(pin, "token", "expiryTimeInUtcTicks", "securityPIN");
        assertEquals(18, pin.path("expiryTimeInUtcTicks").asText().length(), "as many digits as in the example");
        // ListUsages.json, 2026-02-01
        has(ask("GET", vault.path() + "/usages", "2025-02-01", ""), "value.unit", "value.currentValue", "value.limit",
                "value.name.value", "value.name.localizedValue");
    }

    @Test
    void backupService() throws Exception {
        azure.resources().create(new RecoveryVaultRequest(vault, "westeurope", Redundancy.LRS, false, 14, false,
                false), AzureWatch.none());
        azure.arm.recovery().server(vault.path(), "FILES-01", Clock.systemUTC().instant(), "Completed");
        String filter = "?$filter=" + "backupManagementType%20eq%20%27MAB%27";
        // ProtectionContainers_List.json, 2025-02-01, and the library's MabContainer
        has(ask("GET", vault.path() + "/backupProtectionContainers" + filter, "2025-02-01", ""), "value.name",
                "value.type", "value.id", "value.properties.backupManagementType", "value.properties.containerType",
                "value.properties.friendlyName", "value.properties.healthStatus",
                "value.properties.protectedItemCount", "value.properties.registrationStatus",
                "value.properties.agentVersion", "value.properties.containerId", "value.properties.canReRegister",
                "value.properties.containerHealthState", "value.properties.mabContainerHealthDetails",
                "value.properties.extendedInfo.lastRefreshedAt", "value.properties.extendedInfo.lastBackupStatus");
        // the library's MabFileFolderProtectedItem; no example is published
        has(ask("GET", vault.path() + "/backupProtectedItems" + filter, "2025-02-01", ""),
                "value.properties.protectedItemType", "value.properties.computerName",
                "value.properties.friendlyName", "value.properties.lastBackupStatus",
                "value.properties.lastBackupTime", "value.properties.protectionState",
                "value.properties.extendedInfo.oldestRecoveryPoint",
                "value.properties.extendedInfo.recoveryPointCount");
        // ListJobsWithAllSupportedFilters.json, 2025-02-01, and the library's MabJob
        has(ask("GET", vault.path() + "/backupJobs?$filter=startTime%20eq%20%272026-01-01%2012:00:00%20AM%27%20and"
                + "%20endTime%20eq%20%272026-11-29%2012:00:00%20AM%27%20and%20backupManagementType%20eq%20%27MAB%27",
                "2025-02-01", ""), "value.id", "value.name", "value.type", "value.properties.jobType",
                "value.properties.duration", "value.properties.entityFriendlyName",
                "value.properties.backupManagementType", "value.properties.operation", "value.properties.status",
                "value.properties.startTime", "value.properties.activityId", "value.properties.mabServerName");
    }

    @Test
    void certificates() throws Exception {
        azure.resources().create(new RecoveryVaultRequest(vault, "westeurope", Redundancy.LRS, false, 14, false,
                false), AzureWatch.none());
        var one = java.util.Base64.getEncoder().encodeToString(azure.tls.certificate().getEncoded());
        // PUTVaultCred.json, 2026-02-01
        has(ask("PUT", vault.path() + "/certificates/c", "2025-02-01",
                "{\"properties\":{\"authType\":\"AAD\",\"certificate\":\"" + one + "\"}}"), "name", "type", "id",
                "properties.aadAudience", "properties.aadAuthority", "properties.aadTenantId", "properties.authType",
                "properties.azureManagementEndpointAudience", "properties.certificate", "properties.friendlyName",
                "properties.issuer", "properties.resourceId", "properties.servicePrincipalClientId",
                "properties.servicePrincipalObjectId", "properties.subject", "properties.thumbprint",
                "properties.validFrom", "properties.validTo");
    }

    @Test
    void onlyTokensForTheResourceManagerCount() throws Exception {
        try (var client = HttpClient.newBuilder().sslContext(azure.tls.context()).build()) {
            for (String token : new String[] { "", azure.entra.token("me", "https://storage.azure.com"), "a.b.c" }) {
                var request = HttpRequest.newBuilder(URI.create(azure.arm.url() + "/subscriptions?api-version=1"));
                if (!token.isEmpty()) {
                    request.header("Authorization", "Bearer " + token);
                }
                assertEquals(401, client.send(request.build(), BodyHandlers.ofString()).statusCode());
            }
        }
    }
}
