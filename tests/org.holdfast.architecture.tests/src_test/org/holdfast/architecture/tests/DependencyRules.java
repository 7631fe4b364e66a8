package org.holdfast.architecture.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who may depend on whom: manifests and import statements alike. */
final class DependencyRules {

    private static final Pattern WIDGETS =
            Pattern.compile("org\\.eclipse\\.(swt|jface|ui|e4\\.ui)(\\..*)?");
    private static final Pattern CONTRACT_IMPORTS =
            Pattern.compile("(javax?|org\\.osgi|org\\.eclipse\\.jdt\\.annotation)\\..*");
    private static final Pattern PROVIDERS = Pattern.compile("(source|store|notify|azure|keys)(\\..*)?");
    /** Packages of the Azure SDK and of what it is made with. */
    private static final Pattern AZURE_SDK =
            Pattern.compile("(com\\.azure|com\\.microsoft\\.aad|reactor|org\\.reactivestreams)\\..*");
    /** Bundles that put implementations together and so may name them. */
    private static final Set<String> COMPOSITION_ROOTS = Set.of("cli", "agent");
    private static final Pattern CONSOLE_MAY_USE =
            Pattern.compile("(api|protocol|client|console)(\\..*)?|agent\\.install");
    private static final Set<String> CONSOLE_WITHOUT_WIDGETS = Set.of("console.client", "console.model");
    private static final Set<String> CONSOLE_SHARED =
            Set.of("console.client", "console.model", "console.ui");

    private DependencyRules() {
    }

    /** R1: widgets only in console bundles, and neither engine nor command line product contains any. */
    static List<String> widgetsOnlyInConsole(Tree tree) {
        List<String> found = new ArrayList<>(eachUse(tree, bundle -> !bundle.isConsole(),
                (bundle, used) -> WIDGETS.matcher(used).matches(), "uses widgets"));
        for (String feature : List.of("platform", "engine", "wire", "logging", "azure", "cli", "vault", "agent")) {
            for (String plugin : Features.plugins(tree, "org.holdfast." + feature + ".feature")) {
                if (WIDGETS.matcher(plugin).matches()) {
                    found.add("org.holdfast." + feature + ".feature: contains " + plugin);
                }
            }
        }
        return found;
    }

    /** R2: the contracts compile against the JDK, OSGi and annotations alone. */
    static List<String> contractsImportNothing(Tree tree) {
        return eachUse(tree, bundle -> bundle.shortName().equals("api"),
                (bundle, used) -> !CONTRACT_IMPORTS.matcher(used).matches() && !used.startsWith("org.holdfast.api"),
                "a contract uses");
    }

    /** R3: implementations behind an interface are services; nobody imports them but a composition root. */
    static List<String> providersAreServices(Tree tree) {
        return eachUse(tree, bundle -> !COMPOSITION_ROOTS.contains(bundle.shortName()),
                (bundle, used) -> {
                    String owner = ownerOf(tree, used);
                    // What identities and transports are made of is there for everything about Azure.
                    boolean shared = "azure".equals(owner)
                            && (isAzure(bundle) || bundle.shortName().equals("keys.azure"));
                    return owner != null && PROVIDERS.matcher(owner).matches() && !owner.equals(bundle.shortName())
                            && !shared;
                }, "uses a provider");
    }

    /** R3: the Azure SDK is large and changes often; two bundles know it, everybody else knows interfaces of ours. */
    static List<String> azureSdkIsWrapped(Tree tree) {
        return eachUse(tree, bundle -> !isAzure(bundle), (bundle, used) -> AZURE_SDK.matcher(used).matches(),
                "uses the Azure SDK:");
    }

    private static boolean isAzure(Bundle bundle) {
        return bundle.shortName().equals("azure") || bundle.shortName().equals("store.azure");
    }

    /** R4: the console talks to contracts, never to an engine, so that it works over the wire as well. */
    static List<String> consoleUsesContracts(Tree tree) {
        return eachUse(tree, Bundle::isConsole,
                (bundle, used) -> {
                    String owner = ownerOf(tree, used);
                    return owner != null && !CONSOLE_MAY_USE.matcher(owner).matches();
                }, "the console uses");
    }

    /** R5: the client half has no widgets, and the parts of the workbench do not know each other. */
    static List<String> consolePartsAreApart(Tree tree) {
        List<String> found = new ArrayList<>(
                eachUse(tree, bundle -> CONSOLE_WITHOUT_WIDGETS.contains(bundle.shortName()),
                        (bundle, used) -> WIDGETS.matcher(used).matches(), "uses widgets"));
        found.addAll(eachUse(tree, bundle -> bundle.isConsole() && !bundle.shortName().equals("console.app"),
                (bundle, used) -> {
                    String owner = ownerOf(tree, used);
                    return owner != null && owner.startsWith("console.") && !owner.equals(bundle.shortName())
                            && !CONSOLE_SHARED.contains(owner);
                }, "uses a sibling part"));
        return found;
    }

    /** Helpers of tests stay out of what is shipped, although the build files of bundles name them. */
    static List<String> productsWithoutTestCode(Tree tree) {
        return eachUse(tree, bundle -> true,
                (bundle, used) -> used.startsWith("org.holdfast.testkit") || used.startsWith("org.junit"),
                "shipped code uses");
    }

    /** The uses of a package or class, in manifests and import statements, that are bad. */
    static List<String> eachUse(Tree tree, Predicate<Bundle> who, BiPredicate<Bundle, String> bad,
            String what) {
        List<String> found = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            if (!who.test(bundle)) {
                continue;
            }
            Stream.concat(bundle.importedPackages().stream(), bundle.requiredBundles().stream())
                    .filter(used -> bad.test(bundle, used))
                    .forEach(used -> found.add(bundle.name() + " (manifest): " + what + " " + used));
            for (SourceFile source : bundle.sources()) {
                source.imports().stream()
                        .filter(used -> bad.test(bundle, used))
                        .forEach(used -> found.add(bundle.name() + " (" + source.path() + "): " + what + " " + used));
            }
        }
        return found;
    }

    /** The short name of our bundle that holds a package, a class or that name; null for anything of others. */
    static String ownerOf(Tree tree, String used) {
        String owner = null;
        for (Bundle bundle : tree.bundles()) {
            boolean holds = used.equals(bundle.name()) || used.startsWith(bundle.name() + ".");
            if (holds && (owner == null || bundle.shortName().length() > owner.length())) {
                owner = bundle.shortName();
            }
        }
        return owner;
    }
}
