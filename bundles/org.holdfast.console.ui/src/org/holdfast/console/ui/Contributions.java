package org.holdfast.console.ui;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Platform;
import org.eclipse.e4.core.contexts.ContextInjectionFactory;
import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.jdt.annotation.Nullable;

/**
 * What bundles contribute to an extension point whose elements have {@code id}, {@code class} and {@code order}; in
 * their order. An object is made when it is first needed, and one that cannot be made takes nobody else along.
 *
 * @param <T> what is contributed
 */
public final class Contributions<T> {
    private static final int LAST = 1000;

    /** Makes the object of an extension. */
    @FunctionalInterface
    public interface Maker {
        /** Makes an object of a class of a bundle. */
        Object make(String bundle, String className) throws ReflectiveOperationException;
    }

    private final Class<T> type;
    private final Maker maker;
    private final List<Contribution> all = new ArrayList<>();

    /** Those of a registry. */
    public Contributions(IExtensionRegistry registry, String point, Class<T> type, Maker maker) {
        this.type = type;
        this.maker = maker;
        for (IConfigurationElement element : registry.getConfigurationElementsFor(point)) {
            all.add(new Contribution(element));
        }
        all.sort(Comparator.comparingInt((Contribution c) -> c.order).thenComparing(Contribution::id));
    }

    private Contributions(Class<T> type) {
        this.type = type;
        maker = (bundle, name) -> {
            throw new ClassNotFoundException(name);
        };
    }

    /** Those of all bundles of this program, made by injection; none where no framework runs. */
    public static <T> Contributions<T> of(String point, Class<T> type, IEclipseContext context) {
        return Platform.isRunning() ? new Contributions<>(Platform.getExtensionRegistry(), point, type,
                (bundle, name) -> ContextInjectionFactory.make(Platform.getBundle(bundle).loadClass(name), context))
                : none(type);
    }

    /** None. */
    public static <T> Contributions<T> none(Class<T> type) {
        return new Contributions<>(type);
    }

    /** All, in their order. */
    public List<Contribution> all() {
        return List.copyOf(all);
    }

    /** Does something with each that can be made; what one throws is logged. */
    public void forEach(BiConsumer<Contribution, T> action) {
        for (Contribution each : all) {
            T made = each.get();
            if (made != null) {
                try {
                    action.accept(each, made);
                } catch (RuntimeException | LinkageError e) {
                    each.failed(e);
                }
            }
        }
    }

    /** One of them. */
    public final class Contribution {
        private final IConfigurationElement element;
        private final int order;
        private @Nullable T made;
        private boolean broken;

        private Contribution(IConfigurationElement element) {
            this.element = element;
            int number = LAST;
            try {
                number = Integer.parseInt(text("order"));
            } catch (NumberFormatException e) {
                // It comes last.
            }
            order = number;
        }

        /** Its id. */
        public String id() {
            return text("id");
        }

        /** An attribute, empty when it is missing. */
        public String text(String attribute) {
            String value = element.getAttribute(attribute);
            return value == null ? "" : value;
        }

        /** The bundle it is of. */
        public String bundle() {
            return element.getContributor().getName();
        }

        /** The object, made now unless it was; null when it cannot be. */
        public @Nullable T get() {
            if (made == null && !broken) {
                try {
                    made = type.cast(maker.make(bundle(), text("class")));
                } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                    broken = true;
                    failed(e);
                }
            }
            return made;
        }

        private void failed(Throwable e) {
            if (Platform.isRunning()) {
                ILog.of(Contributions.class).error(id() + " of " + bundle() + " failed.", e);
            }
        }
    }
}
