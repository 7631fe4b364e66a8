package org.holdfast.architecture.tests;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** In which direction the bundles between a person and stored bytes may depend on each other. */
final class LayerRules {

    /** Our own bundles that a bundle may use, for each bundle that has such a rule. */
    private static final Map<String, Pattern> MAY_USE = Map.ofEntries(
            layer("protocol", "api"),
            layer("client", "api|protocol"),
            layer("store.vault", "api|protocol|client"),
            layer("azure", "api"),
            layer("store.azure", "api|azure"),
            layer("keys.azure", "api|azure"),
            layer("upload", "api|scheduling"),
            layer("scheduling", "api"),
            layer("vault.catalog", "api"),
            layer("vault", "api|protocol|crypto|format|engine|scheduling|vault.catalog"),
            layer("notify", "api|protocol"),
            layer("vault.http", "api|protocol|crypto|format|vault|vault.catalog"));
    private static final Pattern NODE = Pattern.compile("vault(\\..*)?|notify");
    private static final Pattern AGENT = Pattern.compile("agent(\\..*)?|upload|store\\.vault|client");
    /** Brings agents to servers: a part of the agent that people's programs are made with. */
    private static final String INSTALLER = "agent.install";
    private static final Pattern PEOPLE = Pattern.compile("cli|console(\\..*)?");

    private LayerRules() {
    }

    private static Map.Entry<String, Pattern> layer(String bundle, String others) {
        return Map.entry(bundle, Pattern.compile(others));
    }

    /** R10: doors use rules, rules use the catalogue, and never the other way round; so it is on the agent's side. */
    static List<String> layersPointDown(Tree tree) {
        return DependencyRules.eachUse(tree, bundle -> MAY_USE.containsKey(bundle.shortName()), (bundle, used) -> {
            String owner = DependencyRules.ownerOf(tree, used);
            return owner != null && !owner.equals(bundle.shortName())
                    && !MAY_USE.get(bundle.shortName()).matcher(owner).matches();
        }, "is a layer that must not use");
    }

    /** R10: vault node, agent and programs for people meet on the wire alone. */
    static List<String> programsMeetOnTheWire(Tree tree) {
        return DependencyRules.eachUse(tree, bundle -> true, (bundle, used) -> {
            String owner = DependencyRules.ownerOf(tree, used);
            if (owner == null) {
                return false;
            }
            String name = bundle.shortName();
            boolean intoNode = NODE.matcher(owner).matches() && !NODE.matcher(name).matches();
            boolean intoAgent = AGENT.matcher(owner).matches() && NODE.matcher(name).matches()
                    || owner.startsWith("agent") && !AGENT.matcher(name).matches()
                            && !(owner.equals(INSTALLER) && PEOPLE.matcher(name).matches());
            boolean intoPeople = PEOPLE.matcher(owner).matches() && !PEOPLE.matcher(name).matches();
            return intoNode || intoAgent || intoPeople;
        }, "reaches into another program:");
    }
}
