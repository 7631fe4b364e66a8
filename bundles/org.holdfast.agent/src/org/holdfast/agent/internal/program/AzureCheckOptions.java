package org.holdfast.agent.internal.program;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.agent.internal.check.AzureChecks;
import org.holdfast.agent.internal.check.AzureCloud;
import org.holdfast.agent.internal.check.AzureRules;
import org.holdfast.agent.internal.check.CheckStep;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.client.ProxySettings;

import picocli.CommandLine.Option;

/** What {@code check} can be asked about Azure. */
final class AzureCheckOptions {
    @Option(names = "--azure", description = "Checks the way to Azure instead: names, connections, TLS, clock; whether"
            + " this server is a VM of Azure.")
    private boolean azure;

    @Option(names = "--cloud", paramLabel = "CLOUD", description = "public, usgovernment or china (default: the one of"
            + " this VM, or public).")
    private @Nullable String cloud;

    @Option(names = "--account", paramLabel = "NAME",
            description = "Storage account of the vault, for its blob endpoint; may be repeated.")
    private List<String> accounts = new ArrayList<>();

    @Option(names = "--key-vault", paramLabel = "NAME", description = "Key Vault; may be repeated.")
    private List<String> keyVaults = new ArrayList<>();

    @Option(names = "--vault-region", paramLabel = "REGION", description = "Region of the vault, to compare with this"
            + " VM's.")
    private String region = "";

    @Option(names = "--proxy", paramLabel = "HOST:PORT",
            description = "Checks through this HTTP proxy (default: the one"
                    + " that the agent was given).")
    private @Nullable String proxy;

    @Option(names = "--rules", paramLabel = "KIND",
            description = "Prints the rules that a network security group needs,"
                    + " as az, json or bicep, and checks nothing.")
    private @Nullable String rules;

    @Option(names = "--nsg", paramLabel = "GROUP/NAME", description = "Network security group for --rules.")
    private String securityGroup = "RESOURCE-GROUP/NSG";

    @Option(names = "--firewall", description = "Prints the names that firewalls have to let out, and checks nothing.")
    private boolean firewall;

    @Option(names = "--expressroute", description = "Prints what works over ExpressRoute, and checks nothing.")
    private boolean expressRoute;

    /** Whether anything of it is wanted. */
    boolean isWanted() {
        return azure || rules != null || firewall || expressRoute;
    }

    /** Whether the network is to be checked. */
    boolean checks() {
        return rules == null && !firewall && !expressRoute;
    }

    private AzureCloud cloud(AzureCloud otherwise) {
        AzureCloud found = cloud == null ? otherwise : AzureCloud.typed(cloud);
        if (found == null) {
            throw new HoldfastException(Problem.INVALID_REQUEST,
                    "'" + cloud + "' is not one of public, usgovernment, china.", "");
        }
        return found;
    }

    /** Checks the way to Azure. */
    List<CheckStep> run(Clock clock, @Nullable ProxySettings usual) {
        var request = new AzureChecks.Request(cloud == null ? null : cloud(AzureCloud.PUBLIC), accounts, keyVaults,
                region);
        return AzureChecks.ofThisMachine(proxy == null ? usual : proxy(proxy), clock).run(request);
    }

    private static ProxySettings proxy(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return new ProxySettings(text.substring(0, Math.max(0, colon)), Integer.parseInt(text.substring(colon + 1)),
                    null, null);
        } catch (NumberFormatException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, "'" + text + "' is not HOST:PORT.", "", e);
        }
    }

    /** Prints what is asked for; checks nothing. */
    int print(AgentCommand command) {
        if (rules != null) {
            command.out().print(rules(rules));
            return Program.DONE;
        }
        Map<String, Object> all = new LinkedHashMap<>();
        if (firewall) {
            all.put("names", cloud(AzureCloud.PUBLIC).allowed());
        }
        if (expressRoute) {
            all.put("expressRoute", AzureRules.expressRoute());
        }
        if (command.json()) {
            command.json(all);
            return Program.DONE;
        }
        if (firewall) {
            command.out().println("TCP 443 to:");
            cloud(AzureCloud.PUBLIC).allowed().forEach(each -> command.out().println(
                    String.format("  %-36s %s: %s", each.name(), each.who(), each.why())));
        }
        if (expressRoute) {
            AzureRules.expressRoute().forEach(line -> command.out().println("- " + line));
        }
        return Program.DONE;
    }

    private String rules(String kind) {
        int slash = securityGroup.indexOf('/');
        String group = slash > 0 ? securityGroup.substring(0, slash) : "RESOURCE-GROUP";
        String name = securityGroup.substring(slash + 1);
        boolean keys = !keyVaults.isEmpty();
        return switch (kind) {
            case "az" -> AzureRules.az(group, name, keys);
            case "json" -> AzureRules.json(name, keys);
            case "bicep" -> AzureRules.bicep(name, keys);
            default -> throw new HoldfastException(Problem.INVALID_REQUEST,
                    "'" + kind + "' is not one of az, json, bicep.", "");
        };
    }
}
