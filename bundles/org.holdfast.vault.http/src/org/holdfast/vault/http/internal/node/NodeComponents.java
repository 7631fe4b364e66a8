package org.holdfast.vault.http.internal.node;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.vault.VaultSettings;
import org.holdfast.vault.catalog.CatalogSettings;
import org.holdfast.vault.http.HttpSettings;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/**
 * Brings the components of a node to life: all of them wait for its settings, which are registered here, and end when
 * these are taken back. Made by the application, which the extension registry gives no services to.
 */
final class NodeComponents implements AutoCloseable {
    private final BundleContext context;
    private final Deque<ServiceRegistration<?>> settings = new ArrayDeque<>();

    NodeComponents(BundleContext context, VaultSettings vault) {
        this.context = context;
        register(Clock.class, Clock.systemUTC());
        register(VaultSettings.class, vault);
        register(HttpSettings.class, HttpSettings.of(vault.host(), vault.port()));
        register(CatalogSettings.class, vault.catalog());
    }

    private <T> void register(Class<T> type, T service) {
        settings.push(context.registerService(type, service, null));
    }

    /**
     * The node, put together.
     *
     * @throws HoldfastException when a component cannot be made, with its reason
     */
    VaultNode node() {
        ServiceReference<VaultNode> reference = context.getServiceReference(VaultNode.class);
        VaultNode node = reference == null ? null : context.getService(reference);
        HoldfastException failure = failure();
        if (node == null || failure != null) {
            throw failure == null ? new HoldfastException(Problem.INTERNAL, "the node cannot be put together",
                    "The log of the node has more about it.") : failure;
        }
        return node;
    }

    /**
     * What the component runtime knows to have failed, or to wait for something that is missing; null when all is well.
     */
    private @Nullable HoldfastException failure() {
        ServiceReference<ServiceComponentRuntime> reference =
                context.getServiceReference(ServiceComponentRuntime.class);
        if (reference == null) {
            return new HoldfastException(Problem.INTERNAL, "the installation is incomplete: no component runtime", "");
        }
        ServiceComponentRuntime runtime = context.getService(reference);
        var all = runtime.getComponentDescriptionDTOs().stream()
                .flatMap(description -> runtime.getComponentConfigurationDTOs(description).stream()).toList();
        String failed = all.stream().filter(each -> each.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                .map(each -> each.failure).flatMap(NodeComponents::reason).findFirst().orElse("");
        if (!failed.isEmpty()) {
            return new HoldfastException(Problem.INTERNAL, failed, "The log of the node has more about it.");
        }
        String waiting = all.stream().filter(NodeComponents::isUnsatisfied).map(each -> each.description.name + " ("
                + Stream.of(each.unsatisfiedReferences).map(missing -> missing.name).collect(Collectors.joining(", "))
                + ")").collect(Collectors.joining("; "));
        return waiting.isEmpty() ? null
                : new HoldfastException(Problem.INTERNAL,
                        "parts of the node are missing: " + waiting, "Is the installation complete?");
    }

    private static boolean isUnsatisfied(ComponentConfigurationDTO component) {
        return component.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE
                && component.description.name.startsWith("org.holdfast.");
    }

    /** The message of the innermost failure in a printed stack trace. */
    static Stream<String> reason(String trace) {
        return trace.lines().filter(line -> !line.startsWith("\t"))
                .map(line -> line.replaceFirst("^Caused by: ", ""))
                .map(line -> line.replaceFirst("^(?:org\\.holdfast\\.)[\\w.]*Exception: ", ""))
                .reduce((first, second) -> second).stream();
    }

    /** Ends the components. */
    @Override
    public void close() {
        settings.forEach(ServiceRegistration::unregister);
    }
}
