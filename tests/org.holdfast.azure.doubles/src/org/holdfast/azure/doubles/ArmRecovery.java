package org.holdfast.azure.doubles;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.holdfast.azure.doubles.HttpsDouble.Answer;
import org.holdfast.azure.doubles.HttpsDouble.Asked;

/**
 * Recovery Services vaults with their settings, and servers, items and jobs of Microsoft's agent. No example of the
 * latter three is published; their fields are those of Microsoft's client libraries.
 */
public final class ArmRecovery {
    private static final String TYPE = "Microsoft.RecoveryServices/vaults";

    private final ArmDouble arm;
    private final List<X509Certificate> certificates = new CopyOnWriteArrayList<>();
    private volatile String failure = "";

    ArmRecovery(ArmDouble arm) {
        this.arm = arm;
    }

    /** The making of vaults fails with this code from now on; empty for no failure. */
    public void failure(String code) {
        failure = code;
    }

    /** The certificates that were uploaded. */
    public List<X509Certificate> certificates() {
        return List.copyOf(certificates);
    }

    /** Registers a server with Microsoft's agent, and one volume that was backed up. */
    public void server(String vault, String name, Instant last, String status) {
        String container = vault + "/backupFabrics/Azure/protectionContainers/Windows;" + name;
        ObjectNode server = body(container, TYPE + "/backupFabrics/protectionContainers");
        ObjectNode properties = server.putObject("properties").put("backupManagementType", "MAB")
                .put("containerType", "Windows").put("friendlyName", name).put("registrationStatus", "Registered")
                .put("healthStatus", "Healthy").put("agentVersion", "2.0.9269.0").put("containerId", 4711)
                .put("canReRegister", true).put("containerHealthState", "Healthy").put("protectedItemCount", 1);
        properties.putArray("mabContainerHealthDetails");
        properties.putObject("extendedInfo").put("backupItemType", "FileFolder").put("lastBackupStatus", status)
                .put("lastRefreshedAt", last.toString()).put("policyName", "policy of " + name);
        arm.keep(container, server);
        String path = container + "/protectedItems/FileFolder;" + name;
        ObjectNode item = body(path, TYPE + "/backupFabrics/protectionContainers/protectedItems");
        item.putObject("properties").put("backupManagementType", "MAB").put("protectedItemType",
                "MabFileFolderProtectedItem").put("workloadType", "FileFolder").put("computerName", name)
                .put("friendlyName", "C:\\").put("protectionState", "Protected").put("lastBackupStatus", status)
                .put("lastBackupTime", last.toString()).putObject("extendedInfo")
                .put("lastRefreshedAt", last.toString()).put("oldestRecoveryPoint", last.toString())
                .put("recoveryPointCount", 12);
        arm.keep(path, item);
        String id = UUID.randomUUID().toString();
        ObjectNode job = body(vault + "/backupJobs/" + id, TYPE + "/backupJobs");
        properties = job.putObject("properties").put("jobType", "MabJob").put("backupManagementType", "MAB")
                .put("activityId", UUID.randomUUID().toString()).put("entityFriendlyName", "C:\\")
                .put("operation", "Backup").put("status", status).put("startTime", last.toString())
                .put("endTime", last.plusSeconds(600).toString()).put("duration", "PT10M")
                .put("mabServerName", name).put("mabServerType", "Container").put("workloadType", "FileFolder");
        if (status.equals("Failed")) {
            properties.putArray("errorDetails").addObject().put("errorString", "The volume is not there.");
        }
        arm.keep(vault + "/backupJobs/" + id, job);
        ObjectNode storage = arm.resource(vault + "/backupstorageconfig/vaultstorageconfig");
        if (storage != null) {
            ((ObjectNode) storage.path("properties")).put("storageTypeState", "Locked");
        }
    }

    private static ObjectNode body(String path, String type) {
        return HttpsDouble.JSON.createObjectNode().put("id", path)
                .put("name", path.substring(path.lastIndexOf('/') + 1)).put("type", type);
    }

    Answer answer(Asked asked, String lower, JsonNode body) {
        String path = asked.path();
        if (lower.endsWith("/providers/microsoft.recoveryservices/vaults")) {
            String within = path.replaceFirst("(?i)/providers/.*$", "");
            return arm.page(asked, arm.below(within).stream().filter(each -> each.path("type").asText().equals(TYPE))
                    .map(ArmRecovery::listed).toList());
        }
        String vault = path.replaceFirst("(?i)(/vaults/[^/]+).*$", "$1");
        ObjectNode found = arm.resource(vault);
        if (path.equals(vault)) {
            return vault(asked, path, found, body);
        }
        if (found == null) {
            return ArmDouble.error(404, "ResourceNotFound", "The resource '" + vault + "' was not found.");
        }
        String rest = lower.substring(vault.length() + 1);
        return switch (rest.replaceFirst("/.*$", "")) {
            case "backupstorageconfig", "backupconfig" -> setting(asked, path, rest, body);
            case "usages" -> usages(asked, vault);
            case "certificates" -> certificate(asked, path, vault, body);
            case "backupsecuritypin" -> pin();
            case "backupprotectioncontainers" ->
                mab(asked, arm.below(vault + "/backupFabrics"), "/backupFabrics/protectionContainers");
            case "backupprotecteditems" -> mab(asked, arm.below(vault + "/backupFabrics"), "/protectedItems");
            case "backupjobs" -> mab(asked, arm.below(vault + "/backupJobs"), "/backupJobs");
            default -> ArmDouble.error(404, "NotFound", "There is nothing at " + path + ".");
        };
    }

    /** The list says less than the vault itself. */
    private static ObjectNode listed(ObjectNode vault) {
        ObjectNode brief = vault.deepCopy();
        ObjectNode properties = brief.putObject("properties");
        properties.put("provisioningState", vault.at("/properties/provisioningState").asText());
        return brief;
    }

    private Answer vault(Asked asked, String path, ObjectNode found, JsonNode body) {
        if (asked.method().equals("GET")) {
            return found == null
                    ? ArmDouble.error(404, "ResourceNotFound", "The resource '" + path + "' was not found.")
                    : Answer.json(200, found);
        }
        if (asked.method().equals("PATCH")) {
            ArmStorage.merge(found, body);
            return Answer.json(200, found);
        }
        ObjectNode made = found == null ? body(path, TYPE) : found.deepCopy();
        made.put("etag", "W/\"datetime'2026-11-23T12%3A00%3A00.00Z'\"");
        ArmStorage.merge(made, body);
        made.put("location", body.path("location").asText().replace(" ", "").toLowerCase(java.util.Locale.ROOT));
        made.putObject("sku").put("name", "RS0").put("tier", "Standard");
        if (body.at("/identity/type").asText().equals("SystemAssigned")) {
            made.putObject("identity").put("type", "SystemAssigned")
                    .put("principalId", UUID.nameUUIDFromBytes(path.getBytes()).toString())
                    .put("tenantId", EntraDouble.TENANT);
        }
        ObjectNode properties = (ObjectNode) made.path("properties");
        ObjectNode begun = made.deepCopy();
        ((ObjectNode) begun.path("properties")).put("provisioningState", "Provisioning");
        properties.put("provisioningState", "Succeeded");
        return arm.asynchronous(found == null ? 201 : 200, begun, () -> done(path, made), failure);
    }

    private ObjectNode done(String path, ObjectNode made) {
        if (arm.resource(path + "/backupstorageconfig/vaultstorageconfig") == null) {
            ObjectNode storage = body(path + "/backupstorageconfig/vaultstorageconfig", TYPE + "/backupstorageconfig");
            storage.putObject("properties").put("storageModelType", "GeoRedundant").put("storageType", "GeoRedundant")
                    .put("storageTypeState", "Unlocked").put("crossRegionRestoreFlag", false);
            arm.keep(path + "/backupstorageconfig/vaultstorageconfig", storage);
            ObjectNode security = body(path + "/backupconfig/vaultconfig", TYPE + "/backupconfig");
            security.putObject("properties").put("enhancedSecurityState", "Enabled")
                    .put("softDeleteFeatureState", "Enabled");
            arm.keep(path + "/backupconfig/vaultconfig", security);
        }
        arm.keep(path, made);
        return made;
    }

    private Answer setting(Asked asked, String path, String rest, JsonNode body) {
        ObjectNode found = arm.resource(path);
        if (found == null) {
            return ArmDouble.error(404, "NotFound", "There is nothing at " + path + ".");
        }
        if (asked.method().equals("GET")) {
            return Answer.json(200, found);
        }
        boolean storage = rest.startsWith("backupstorageconfig");
        if (storage && found.at("/properties/storageTypeState").asText().equals("Locked")) {
            return ArmDouble.error(400, "CloudInvalidInputError",
                    "Storage type cannot be changed when there are protected items.");
        }
        ArmStorage.merge(found, body);
        if (storage) {
            ObjectNode properties = (ObjectNode) found.path("properties");
            properties.put("storageModelType", properties.path("storageType").asText());
        }
        return storage && asked.method().equals("PATCH") ? Answer.status(204) : Answer.json(200, found);
    }

    private Answer usages(Asked asked, String vault) {
        var all = new ArrayList<ObjectNode>();
        List<ObjectNode> below = arm.below(vault + "/backupFabrics");
        long servers = below.stream().filter(each -> each.path("type").asText().endsWith("protectionContainers"))
                .count();
        all.add(usage("MABContainersCount", servers));
        all.add(usage("MABProtectedItemCount", below.size() - servers));
        return arm.page(asked, all);
    }

    private static ObjectNode usage(String name, long value) {
        ObjectNode one = HttpsDouble.JSON.createObjectNode().put("unit", "Count").put("currentValue", value)
                .put("limit", -1);
        one.putObject("name").put("value", name).put("localizedValue", name);
        return one;
    }

    private Answer mab(Asked asked, List<ObjectNode> all, String type) {
        String filter = asked.query().getOrDefault("$filter", "");
        if (!filter.contains("backupManagementType eq 'MAB'")) {
            return ArmDouble.error(400, "BMSUserErrorInvalidInput", "The filter is not valid: " + filter);
        }
        if (type.equals("/backupJobs") && !filter.matches(
                "startTime eq '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d [AP]M' and endTime eq '.*[AP]M' and .*")) {
            return ArmDouble.error(400, "BMSUserErrorInvalidInput", "The times of the filter are not valid.");
        }
        return arm.page(asked, all.stream().filter(each -> each.path("type").asText().endsWith(type)).toList());
    }

    private Answer certificate(Asked asked, String path, String vault, JsonNode body) {
        X509Certificate certificate;
        String text = body.at("/properties/certificate").asText();
        String thumbprint;
        try {
            certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(text)));
            thumbprint = HexFormat.of().withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded()));
            certificate.checkValidity(java.util.Date.from(arm.clock().instant()));
        } catch (CertificateException | IllegalArgumentException e) {
            return ArmDouble.error(400, "BadRequest", "The certificate is not valid.");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        if (!body.at("/properties/authType").asText().equals("AAD")) {
            return ArmDouble.error(400, "BadRequest", "The authType is not valid.");
        }
        certificates.add(certificate);
        ObjectNode answer = body(path, TYPE + "/certificates");
        String name = vault.substring(vault.lastIndexOf('/') + 1);
        answer.putObject("properties").put("authType", "AzureActiveDirectory").put("certificate", text)
                .put("friendlyName", "").put("issuer", certificate.getIssuerX500Principal().getName())
                .put("resourceId", 8726350008099341000L).put("subject",
                        certificate.getSubjectX500Principal().getName())
                .put("thumbprint", thumbprint).put("validFrom", certificate.getNotBefore().toInstant().toString())
                .put("validTo", certificate.getNotAfter().toInstant().toString())
                .put("aadAudience", "api://" + EntraDouble.TENANT + "/RecoveryServiceVault/EU/" + name + "/1")
                .put("aadAuthority", "https://login.windows.net").put("aadTenantId", EntraDouble.TENANT)
                .put("azureManagementEndpointAudience", "https://pod01-id1.we.backup.windowsazure.com/restapi/")
                .put("servicePrincipalClientId", UUID.nameUUIDFromBytes(name.getBytes()).toString())
                .put("servicePrincipalObjectId", UUID.randomUUID().toString());
        return Answer.json(200, answer);
    }

    private Answer pin() {
        Instant end = arm.clock().instant().plusSeconds(300);
        return Answer.json(200, HttpsDouble.JSON.createObjectNode().put("token", "200432")
                .put("expiryTimeInUtcTicks", (end.getEpochSecond() + 62_135_596_800L) * 10_000_000L)
                .put("securityPIN", "200432"));
    }
}
