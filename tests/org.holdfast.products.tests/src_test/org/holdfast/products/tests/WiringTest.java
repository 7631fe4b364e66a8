package org.holdfast.products.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.wiring.FrameworkWiring;

/** In each product every bundle resolves and every component of ours finds what it needs (rule R11). */
class WiringTest {

    private static final int SATISFIED = 4;

    /** Where nobody signs in as a person, nobody opens the data of a server as one. */
    private static final Map<String, List<String>> IDLE = Map.of(
            "cli", List.of("org.holdfast.store.vault.SignedInStores: state 2"),
            "agent", List.of("org.holdfast.store.vault.SignedInStores: state 2"));

    @TempDir
    private Path storage;

    @ParameterizedTest
    @ValueSource(strings = { "cli", "console", "vault", "agent" })
    void everyBundleResolvesAndEveryComponentIsSatisfied(String name) throws Exception {
        Product product = Product.named(name);
        Framework framework = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow()
                .newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString()));
        framework.init();
        try {
            List<Bundle> bundles = install(product, framework.getBundleContext());
            framework.start();
            framework.adapt(FrameworkWiring.class).resolveBundles(bundles);
            List<String> unresolved = bundles.stream()
                    .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                    .map(Bundle::getSymbolicName)
                    .toList();
            assertEquals(List.of(), unresolved, "bundles that do not resolve");
            if (name.equals("vault")) {
                registerSettings(framework.getBundleContext(), bundles);
            }
            assertEquals(IDLE.getOrDefault(name, List.of()), unsatisfied(framework.getBundleContext()),
                    "components that are not satisfied");
        } finally {
            framework.stop();
            framework.waitForStop(30_000);
        }
    }

    /** What the application of the node registers when it knows its command line. */
    private void registerSettings(BundleContext context, List<Bundle> bundles) throws Exception {
        Class<?> settings = type(bundles, "org.holdfast.vault", "VaultSettings");
        Object vault = settings.getMethod("embedded", Path.class, String.class, int.class, List.class)
                .invoke(null, storage.resolve("data"), "127.0.0.1", 1, List.of("127.0.0.1:1"));
        context.registerService(settings.getName(), vault, null);
        Object catalog = settings.getMethod("catalog").invoke(vault);
        context.registerService(catalog.getClass().getName(), catalog, null);
        Class<?> http = type(bundles, "org.holdfast.vault.http", "HttpSettings");
        context.registerService(http.getName(),
                http.getMethod("of", String.class, int.class).invoke(null, "127.0.0.1", 1), null);
        context.registerService(Clock.class, Clock.systemUTC(), null);
    }

    private static Class<?> type(List<Bundle> bundles, String name, String type) throws ClassNotFoundException {
        return bundles.stream().filter(bundle -> name.equals(bundle.getSymbolicName())).findFirst().orElseThrow()
                .loadClass(name + "." + type);
    }

    /** Installs the bundles of a product, and starts those that the product starts. */
    static List<Bundle> install(Product product, BundleContext context) throws Exception {
        List<Bundle> bundles = new ArrayList<>();
        // The component runtime starts before all others, as in the products; bundles start in the order of their ids.
        List<Path> jars = new ArrayList<>(product.bundles());
        jars.sort(Comparator.comparing(jar -> !jar.getFileName().toString().startsWith("org.apache.felix.scr_")));
        for (Path jar : jars) {
            // The framework is the one that runs already.
            if (!jar.getFileName().toString().startsWith("org.eclipse.osgi_")) {
                // A bundle that is a folder can only be used where it is.
                bundles.add(context.installBundle((Files.isDirectory(jar) ? "reference:" : "") + jar.toUri()));
            }
        }
        for (Bundle bundle : bundles) {
            // As the products do: the component runtime by name, others when they ask for lazy activation.
            boolean lazy = bundle.getHeaders().get(Constants.BUNDLE_ACTIVATIONPOLICY) != null;
            // The product's configurator would install everything again; others use its packages.
            boolean not = bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null
                    || bundle.getSymbolicName().equals("org.eclipse.equinox.simpleconfigurator");
            if (!not && (lazy || bundle.getSymbolicName().equals("org.apache.felix.scr"))) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
        }
        return bundles;
    }

    /** Asks the component runtime by reflection, because its interface was loaded inside the framework. */
    private static List<String> unsatisfied(BundleContext context) throws Exception {
        // All, because the framework itself is not wired to the interface.
        var reference = context
                .getAllServiceReferences("org.osgi.service.component.runtime.ServiceComponentRuntime", null)[0];
        Object runtime = context.getService(reference);
        Class<?> type = runtime.getClass().getInterfaces()[0];
        var descriptions = (Collection<?>) type.getMethod("getComponentDescriptionDTOs", Bundle[].class)
                .invoke(runtime, (Object) new Bundle[0]);
        assertFalse(descriptions.isEmpty(), "there is no component at all");
        List<String> found = new ArrayList<>();
        for (Object description : descriptions) {
            String component = (String) description.getClass().getField("name").get(description);
            if (!component.startsWith("org.holdfast.")) {
                continue; // p2 has one that needs an extension of the framework, which comes before all other bundles
            }
            var configurations = (Collection<?>) Stream.of(type.getMethods())
                    .filter(method -> method.getName().equals("getComponentConfigurationDTOs"))
                    .findFirst().orElseThrow()
                    .invoke(runtime, description);
            for (Object configuration : configurations) {
                int state = configuration.getClass().getField("state").getInt(configuration);
                if (state < SATISFIED) {
                    found.add(component + ": state " + state);
                }
            }
        }
        return found;
    }
}
