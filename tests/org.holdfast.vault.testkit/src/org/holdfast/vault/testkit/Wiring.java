package org.holdfast.vault.testkit;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Makes components and what they need, as the component runtime of the product does: one instance of each, by its
 * constructor, with one provider of each service or with all of them. Values given before come first. Closes in the
 * reverse order. Not thread-safe.
 */
final class Wiring implements AutoCloseable {
    private final ClassLoader loader;
    private final List<Components.Component> components;
    private final Map<Class<?>, List<Object>> given = new HashMap<>();
    private final Map<String, Object> made = new LinkedHashMap<>();
    private final Set<String> making = new LinkedHashSet<>();
    private final Deque<AutoCloseable> closing = new ArrayDeque<>();

    Wiring(ClassLoader loader, List<Components.Component> components) {
        this.loader = loader;
        this.components = components;
    }

    /** Provides a value from outside; for one that is asked for alone, it replaces components. */
    <T> void give(Class<T> service, T value) {
        given.computeIfAbsent(service, key -> new ArrayList<>()).add(value);
    }

    /** The one provider of a service. */
    <T> T one(Class<T> service) {
        return service.cast(find(service, false));
    }

    /** All providers of a service. */
    <T> List<T> all(Class<T> service) {
        List<T> all = new ArrayList<>();
        given.getOrDefault(service, List.of()).forEach(each -> all.add(service.cast(each)));
        for (Components.Component component : components) {
            if (component.services().contains(service.getName())) {
                all.add(service.cast(make(component)));
            }
        }
        return List.copyOf(all);
    }

    /** Makes those that are made although nobody asks for them. */
    void makeImmediate() {
        components.stream().filter(Components.Component::immediate).forEach(this::make);
    }

    private @Nullable Object find(Class<?> service, boolean optional) {
        List<Object> values = given.get(service);
        if (values != null) {
            return values.getFirst();
        }
        for (Components.Component component : components) {
            if (component.services().contains(service.getName())) {
                return make(component);
            }
        }
        if (optional) {
            return null;
        }
        throw new IllegalStateException("nobody provides " + service.getName() + ", needed by " + making);
    }

    private Object make(Components.Component component) {
        Object known = made.get(component.type());
        if (known != null) {
            return known;
        }
        if (!making.add(component.type())) {
            throw new IllegalStateException("components need each other in a circle: " + making);
        }
        try {
            Constructor<?> constructor = Class.forName(component.type(), true, loader).getDeclaredConstructor(
                    MethodType.fromMethodDescriptorString(component.constructor(), loader).parameterArray());
            constructor.setAccessible(true);
            Type[] types = constructor.getGenericParameterTypes();
            Object[] arguments = new Object[types.length];
            for (int i = 0; i < types.length; i++) {
                boolean optional = i < component.optional().size() && component.optional().get(i);
                arguments[i] = argument(types[i], optional);
            }
            Object instance = constructor.newInstance(arguments);
            made.put(component.type(), instance);
            if (instance instanceof AutoCloseable closeable) {
                closing.push(closeable);
            }
            return instance;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("cannot make " + component.type(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + component.type(), e);
        } finally {
            making.remove(component.type());
        }
    }

    private @Nullable Object argument(Type type, boolean optional) {
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw
                && Collection.class.isAssignableFrom(raw)) {
            return all((Class<?>) generic.getActualTypeArguments()[0]);
        }
        return find((Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type), optional);
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        while (!closing.isEmpty()) {
            try {
                closing.pop().close();
            } catch (Exception e) {
                failure = new IllegalStateException("a component did not close", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
