package org.holdfast.azure.doubles;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.holdfast.azure.doubles.HttpsDouble.Answer;
import org.holdfast.azure.doubles.HttpsDouble.Asked;

/** Storage accounts with what is in them, and Key Vaults, as Azure Resource Manager has them. */
public final class ArmStorage {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]{3,24}");

    private final ArmDouble arm;
    private final Set<String> taken = ConcurrentHashMap.newKeySet();
    private final Set<String> deleted = ConcurrentHashMap.newKeySet();

    ArmStorage(ArmDouble arm) {
        this.arm = arm;
    }

    /** Somebody else has an account or a Key Vault of that name. */
    public void taken(String name) {
        taken.add(name);
    }

    /** There was a Key Vault of that name, which could be had back. */
    public void deleted(String keyVault) {
        deleted.add(keyVault);
    }

    Answer answer(Asked asked, String lower, JsonNode body) {
        String path = asked.path();
        if (lower.endsWith("/checknameavailability")) {
            return check(body);
        }
        if (lower.contains("/deletedvaults/")) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            return deleted.contains(name) ? Answer.json(200, HttpsDouble.JSON.createObjectNode().put("name", name)
                    .put("type", "Microsoft.KeyVault/deletedVaults"))
                    : ArmDouble.error(404, "DeletedVaultNotFound", "There is no deleted vault " + name + ".");
        }
        String account = path.replaceFirst("(?i)(/(storageAccounts|vaults)/[^/]+).*$", "$1");
        ObjectNode parent = arm.resource(account);
        if (!account.equals(path) && parent == null) {
            return ArmDouble.error(404, "ParentResourceNotFound", "Failed to perform the operation on nested resource: "
                    + "parent not found.");
        }
        if (asked.method().equals("GET")) {
            ObjectNode found = arm.resource(path);
            return found != null ? Answer.json(200, found)
                    : ArmDouble.error(404, "ResourceNotFound",
                            "The resource '" + path + "' was not found.");
        }
        if (account.equals(path)) {
            return lower.contains("/microsoft.keyvault/") ? keyVault(asked, path, body) : account(asked, path, body);
        }
        return inside(asked, path, lower, body);
    }

    private Answer check(JsonNode body) {
        String name = body.path("name").asText();
        ObjectNode answer = HttpsDouble.JSON.createObjectNode();
        boolean storage = body.path("type").asText().equals("Microsoft.Storage/storageAccounts");
        if (storage && !NAME.matcher(name).matches()) {
            answer.put("nameAvailable", false).put("reason", "AccountNameInvalid").put("message",
                    name + " is not a valid storage account name.");
        } else if (taken.contains(name)) {
            answer.put("nameAvailable", false).put("reason", "AlreadyExists").put("message",
                    (storage ? "The storage account named " : "The vault name ") + name + " is already taken.");
        } else {
            answer.put("nameAvailable", true);
        }
        return Answer.json(200, answer);
    }

    private Answer account(Asked asked, String path, JsonNode body) {
        ObjectNode found = arm.resource(path);
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (asked.method().equals("PATCH")) {
            if (found == null) {
                return ArmDouble.error(404, "ResourceNotFound", "The resource '" + path + "' was not found.");
            }
            merge(found, body);
            return Answer.json(200, found);
        }
        if (taken.contains(name)) {
            return ArmDouble.error(409, "StorageAccountAlreadyTaken",
                    "The storage account named " + name + " is already taken.");
        }
        for (String needed : Set.of("sku", "kind", "location")) {
            if (!body.has(needed)) {
                return ArmDouble.error(400, "InvalidRequestContent", "The request lacks '" + needed + "'.");
            }
        }
        return arm.located(() -> made(path, name, body));
    }

    private ObjectNode made(String path, String name, JsonNode body) {
        ObjectNode made = HttpsDouble.JSON.createObjectNode().put("id", path).put("name", name)
                .put("type", "Microsoft.Storage/storageAccounts").put("kind", body.path("kind").asText())
                .put("location", body.path("location").asText());
        made.putObject("sku").put("name", body.at("/sku/name").asText()).put("tier", "Standard");
        ObjectNode properties = made.putObject("properties");
        properties.setAll((ObjectNode) body.path("properties").deepCopy());
        properties.put("provisioningState", "Succeeded").put("primaryLocation", body.path("location").asText())
                .put("statusOfPrimary", "available").put("creationTime", arm.clock().instant().toString());
        if (!properties.has("supportsHttpsTrafficOnly")) {
            properties.put("supportsHttpsTrafficOnly", true);
        }
        ObjectNode endpoints = properties.putObject("primaryEndpoints");
        for (String service : Set.of("blob", "dfs", "file", "queue", "table", "web")) {
            endpoints.put(service, "https://" + name + "." + service + ".core.windows.net/");
        }
        arm.keep(path, made);
        ObjectNode blobs = HttpsDouble.JSON.createObjectNode().put("id", path + "/blobServices/default")
                .put("name", "default").put("type", "Microsoft.Storage/storageAccounts/blobServices");
        blobs.putObject("properties").putObject("deleteRetentionPolicy").put("enabled", false);
        arm.keep(path + "/blobServices/default", blobs);
        return made;
    }

    private Answer inside(Asked asked, String path, String lower, JsonNode body) {
        String type = lower.contains("/containers/") ? "Microsoft.Storage/storageAccounts/blobServices/containers"
                : lower.contains("/managementpolicies/") ? "Microsoft.Storage/storageAccounts/managementPolicies"
                        : "Microsoft.Storage/storageAccounts/blobServices";
        ObjectNode found = arm.resource(path);
        boolean locks = body.at("/properties/immutableStorageWithVersioning/enabled").asBoolean();
        if (locks) {
            ObjectNode blobs = arm.resource(path.replaceFirst("(?i)/containers/.*$", ""));
            if (blobs == null || !blobs.at("/properties/isVersioningEnabled").asBoolean()) {
                return ArmDouble.error(409, "ImmutableStorageWithVersioningNotSupported",
                        "Versioning has to be enabled before.");
            }
        }
        ObjectNode made = found == null || asked.method().equals("PUT")
                ? HttpsDouble.JSON.createObjectNode().put("id", path)
                        .put("name", path.substring(path.lastIndexOf('/') + 1)).put("type", type)
                : found;
        merge(made, body);
        arm.keep(path, made);
        return Answer.json(found == null ? 201 : 200, made);
    }

    private Answer keyVault(Asked asked, String path, JsonNode body) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        ObjectNode found = arm.resource(path);
        boolean recover = body.at("/properties/createMode").asText().equals("recover");
        if (found == null && (taken.contains(name) || deleted.contains(name) && !recover)) {
            return ArmDouble.error(409, deleted.contains(name) ? "ConflictError" : "VaultAlreadyExists",
                    "The vault name '" + name + "' is already in use.");
        }
        if (found == null && body.at("/properties/tenantId").asText().isEmpty()) {
            return ArmDouble.error(400, "BadRequest", "The parameter tenantId is required.");
        }
        ObjectNode made = found != null ? found
                : HttpsDouble.JSON.createObjectNode().put("id", path).put("name", name)
                        .put("type", "Microsoft.KeyVault/vaults");
        merge(made, body);
        ObjectNode properties = (ObjectNode) made.path("properties");
        properties.remove("createMode");
        if (recover) {
            deleted.remove(name);
            properties.put("enableRbacAuthorization", true).put("enableSoftDelete", true)
                    .put("enablePurgeProtection", true);
        }
        properties.put("vaultUri", "https://" + name + ".vault.azure.net/").put("provisioningState",
                "RegisteringDns").put("publicNetworkAccess", "Enabled");
        arm.keep(path, made);
        // The first answer says that it goes on; whoever looks again finds it done.
        ObjectNode answer = made.deepCopy();
        properties.put("provisioningState", "Succeeded");
        return Answer.json(found == null ? 201 : 200, answer).with("Retry-After", "0");
    }

    static void merge(ObjectNode into, JsonNode from) {
        for (Map.Entry<String, JsonNode> each : from.properties()) {
            JsonNode old = into.path(each.getKey());
            if (old instanceof ObjectNode inner && each.getValue().isObject()) {
                merge(inner, each.getValue());
            } else {
                into.set(each.getKey(), each.getValue().deepCopy());
            }
        }
    }

    /** An object id, always the same for a name. */
    public static String objectId(String name) {
        return UUID.nameUUIDFromBytes(name.toLowerCase(Locale.ROOT).getBytes()).toString();
    }
}
