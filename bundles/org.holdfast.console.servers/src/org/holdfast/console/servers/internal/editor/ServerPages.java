package org.holdfast.console.servers.internal.editor;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.e4.core.contexts.ContextInjectionFactory;
import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.resource.ImageDescriptor;
import org.holdfast.console.servers.ServersIds;
import org.holdfast.console.servers.page.ServerPage;

/** Reads which pages there are from the extension registry. */
public final class ServerPages {
    private static final int LAST = 1000;

    /** Finds the class of a page in the bundle that contributes it. */
    @FunctionalInterface
    public interface Loader {
        /** Loads a class. */
        Class<?> load(String bundle, String className) throws ClassNotFoundException;
    }

    private ServerPages() {
    }

    /**
     * All pages in their order.
     *
     * @param context what pages are injected from
     */
    public static List<PageEntry> read(IExtensionRegistry registry, Loader loader, IEclipseContext context) {
        var pages = new ArrayList<PageEntry>();
        for (IConfigurationElement e : registry.getConfigurationElementsFor(ServersIds.PAGES)) {
            pages.add(new PageEntry(value(e, "id"), value(e, "name"), icon(e), order(e), value(e, "requires"),
                    () -> make(e, loader, context)));
        }
        pages.sort(Comparator.comparingInt(PageEntry::order).thenComparing(PageEntry::name)
                .thenComparing(PageEntry::id));
        return List.copyOf(pages);
    }

    private static ServerPage make(IConfigurationElement e, Loader loader, IEclipseContext context)
            throws ClassNotFoundException {
        Class<?> type = loader.load(e.getContributor().getName(), value(e, "class"));
        return (ServerPage) ContextInjectionFactory.make(type, context);
    }

    private static String value(IConfigurationElement e, String name) {
        String value = e.getAttribute(name);
        return value == null ? "" : value;
    }

    private static int order(IConfigurationElement e) {
        try {
            return Integer.parseInt(value(e, "order"));
        } catch (NumberFormatException x) {
            return LAST;
        }
    }

    private static @Nullable ImageDescriptor icon(IConfigurationElement e) {
        String icon = value(e, "icon");
        if (icon.isEmpty()) {
            return null;
        }
        String url = icon.contains(":") ? icon : "platform:/plugin/" + e.getContributor().getName() + '/' + icon;
        return ImageDescriptor.createFromURLSupplier(false, () -> {
            try {
                return URI.create(url).toURL();
            } catch (java.net.MalformedURLException | IllegalArgumentException x) {
                return null; // a page without its picture is better than none
            }
        });
    }
}
