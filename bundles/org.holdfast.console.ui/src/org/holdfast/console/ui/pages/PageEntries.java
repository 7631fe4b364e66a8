package org.holdfast.console.ui.pages;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.Platform;
import org.eclipse.e4.core.contexts.ContextInjectionFactory;
import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.jdt.annotation.Nullable;
import org.eclipse.jface.resource.ImageDescriptor;
import org.osgi.framework.Bundle;

/** Reads which pages there are from the extension registry. */
public final class PageEntries {
    private static final int LAST = 1000;

    /** Finds the class of a page in the bundle that contributes it. */
    @FunctionalInterface
    public interface Loader {
        /** Loads a class. */
        Class<?> load(String bundle, String className) throws ClassNotFoundException;
    }

    private PageEntries() {
    }

    /**
     * All pages in their order.
     *
     * @param <P> kind of the pages
     * @param point id of the extension point
     * @param type kind of the pages
     * @param context what pages are injected from
     */
    public static <P extends EditorPage> List<PageEntry<P>> read(IExtensionRegistry registry, String point,
            Class<P> type, Loader loader, IEclipseContext context) {
        var pages = new ArrayList<PageEntry<P>>();
        for (IConfigurationElement e : registry.getConfigurationElementsFor(point)) {
            pages.add(new PageEntry<>(value(e, "id"), value(e, "name"), icon(e), order(e), value(e, "requires"),
                    () -> type.cast(ContextInjectionFactory
                            .make(loader.load(e.getContributor().getName(), value(e, "class")), context))));
        }
        pages.sort(Comparator.comparingInt((PageEntry<P> page) -> page.order()).thenComparing(PageEntry::name)
                .thenComparing(PageEntry::id));
        return List.copyOf(pages);
    }

    /** Loads classes from the bundles of this platform. */
    public static Class<?> load(String bundle, String className) throws ClassNotFoundException {
        Bundle found = Platform.getBundle(bundle);
        if (found == null) {
            throw new ClassNotFoundException(className + " of " + bundle);
        }
        return found.loadClass(className);
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
