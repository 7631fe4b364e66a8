package org.holdfast.console.install.internal.pick;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;

import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.e4.core.contexts.ContextInjectionFactory;
import org.eclipse.e4.core.contexts.IEclipseContext;
import org.holdfast.console.install.InstallIds;
import org.holdfast.console.install.discovery.ServerDiscovery;
import org.holdfast.console.ui.pages.PageEntries;

/**
 * A contributed source of hosts.
 *
 * @param id of the extension
 * @param name for people
 * @param make makes it
 */
public record HostSource(String id, String name, Callable<ServerDiscovery> make) {

    /** All sources, by name. */
    public static List<HostSource> read(IExtensionRegistry registry, PageEntries.Loader loader,
            IEclipseContext context) {
        var all = new ArrayList<HostSource>();
        for (IConfigurationElement e : registry.getConfigurationElementsFor(InstallIds.DISCOVERY)) {
            all.add(new HostSource(String.valueOf(e.getAttribute("id")), String.valueOf(e.getAttribute("name")),
                    () -> (ServerDiscovery) ContextInjectionFactory.make(
                            loader.load(e.getContributor().getName(), e.getAttribute("class")), context)));
        }
        all.sort(Comparator.comparing(HostSource::name));
        return List.copyOf(all);
    }
}
