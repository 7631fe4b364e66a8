package org.holdfast.agent.internal.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.holdfast.protocol.common.Json;

/** Rules for network security groups, and what to know about ExpressRoute, ready to paste. */
public final class AzureRules {
    private static final int FIRST_PRIORITY = 200;
    private static final int STEP = 10;

    private AzureRules() {
    }

    /** A rule: outgoing TCP to port 443 of a service tag. */
    record Rule(String name, String tag, int priority) {
    }

    /**
     * The rules: the three tags that Microsoft names for backups, and that of Key Vaults when one is used.
     *
     * @param keyVaults whether a Key Vault is used
     */
    static List<Rule> rules(boolean keyVaults) {
        List<String> tags = new ArrayList<>(List.of("AzureBackup", "Storage", "AzureActiveDirectory"));
        if (keyVaults) {
            tags.add("AzureKeyVault");
        }
        List<Rule> all = new ArrayList<>();
        for (String tag : tags) {
            all.add(new Rule("Allow" + tag.replaceFirst("^Azure", "") + "Out", tag,
                    FIRST_PRIORITY + STEP * all.size()));
        }
        return all;
    }

    /** For Azure's own command line. */
    public static String az(String group, String securityGroup, boolean keyVaults) {
        var text = new StringBuilder();
        for (Rule rule : rules(keyVaults)) {
            text.append("az network nsg rule create --resource-group ").append(group).append(" --nsg-name ")
                    .append(securityGroup).append(" --name ").append(rule.name()).append(" --priority ")
                    .append(rule.priority()).append(" --direction Outbound --access Allow --protocol Tcp")
                    .append(" --source-address-prefixes VirtualNetwork --source-port-ranges '*'")
                    .append(" --destination-address-prefixes ").append(rule.tag())
                    .append(" --destination-port-ranges 443\n");
        }
        return text.toString();
    }

    /** A template of Azure Resource Manager. */
    public static String json(String securityGroup, boolean keyVaults) {
        List<Object> resources = new ArrayList<>();
        for (Rule rule : rules(keyVaults)) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("type", "Microsoft.Network/networkSecurityGroups/securityRules");
            one.put("apiVersion", "2023-11-01");
            one.put("name", "[concat(parameters('networkSecurityGroup'), '/" + rule.name() + "')]");
            one.put("properties", properties(rule));
            resources.add(one);
        }
        Map<String, Object> parameter = new LinkedHashMap<>();
        parameter.put("type", "string");
        parameter.put("defaultValue", securityGroup);
        Map<String, Object> template = new LinkedHashMap<>();
        template.put("$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#");
        template.put("contentVersion", "1.0.0.0");
        template.put("parameters", Map.of("networkSecurityGroup", parameter));
        template.put("resources", resources);
        try {
            return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(template) + "\n";
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> properties(Rule rule) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("priority", rule.priority());
        all.put("direction", "Outbound");
        all.put("access", "Allow");
        all.put("protocol", "Tcp");
        all.put("sourceAddressPrefix", "VirtualNetwork");
        all.put("sourcePortRange", "*");
        all.put("destinationAddressPrefix", rule.tag());
        all.put("destinationPortRange", "443");
        return all;
    }

    /** For Bicep. */
    public static String bicep(String securityGroup, boolean keyVaults) {
        var text = new StringBuilder("param networkSecurityGroup string = '").append(securityGroup)
                .append("'\n\nresource group 'Microsoft.Network/networkSecurityGroups@2023-11-01' existing = {\n")
                .append("  name: networkSecurityGroup\n}\n");
        for (Rule rule : rules(keyVaults)) {
            String symbol = Character.toLowerCase(rule.name().charAt(0)) + rule.name().substring(1);
            text.append("\nresource ").append(symbol)
                    .append(" 'Microsoft.Network/networkSecurityGroups/securityRules@2023-11-01' = {\n")
                    .append("  parent: group\n  name: '").append(rule.name()).append("'\n  properties: {\n");
            properties(rule).forEach((name, value) -> text.append("    ").append(name).append(": ")
                    .append(value instanceof String ? "'" + value + "'" : value).append('\n'));
            text.append("  }\n}\n");
        }
        return text.toString();
    }

    /** What works over ExpressRoute, and what does not. */
    // https://learn.microsoft.com/azure/expressroute/expressroute-routing
    public static List<String> expressRoute() {
        return List.of(
                "Microsoft peering works: its route filter needs the community of Entra ID (12076:5060), and the"
                        + " regional communities of Azure and of Azure Storage for the region of the vault;"
                        + " 'az network route-filter rule list-service-communities' lists them.",
                "Private peering reaches the private endpoints of storage accounts and Key Vaults in a virtual network"
                        + " that the circuit is connected to; their names have to be resolved to private addresses"
                        + " here, by a DNS forwarder in that network.",
                "Private peering does not reach public endpoints, nor Entra ID, which has no private endpoint: its"
                        + " names need Microsoft peering or a way to the internet.",
                "Microsoft's agent does not support private peering for its own backups.",
                "Public peering is for old circuits only; new ones cannot have it.");
    }
}
