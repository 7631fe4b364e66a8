package org.holdfast.vault.http.internal.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a record of the protocol must have. A component that is marked as nullable may be left out of the JSON, every
 * other one is required. The mark is kept in class files only and not for reflection, so it is read from there; in that
 * way a record says it once, for the compiler, the checks and the OpenAPI document.
 *
 * @param components the components in their order
 */
public record RecordShape(List<Component> components) {
    private static final String NULLABLE = "Lorg/eclipse/jdt/annotation/Nullable;";

    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return read(type);
        }
    };

    /** The shape of a record class. */
    public static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static RecordShape read(Class<?> type) {
        Set<String> nullable = nullable(type);
        List<Component> components = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            components.add(new Component(component.getName(), component.getGenericType(),
                    nullable.contains(component.getName()), accessor));
        }
        return new RecordShape(List.copyOf(components));
    }

    private static Set<String> nullable(Class<?> type) {
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        ClassModel model;
        try (InputStream in = type.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no class file of " + type);
            }
            model = ClassFile.of().parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set<String> names = new HashSet<>();
        model.findAttribute(Attributes.record()).ifPresent(attribute -> attribute.components().forEach(component -> {
            if (isNullable(component)) {
                names.add(component.name().stringValue());
            }
        }));
        model.fields().stream().filter(RecordShape::isNullable)
                .forEach(field -> names.add(field.fieldName().stringValue()));
        return names;
    }

    private static boolean isNullable(AttributedElement element) {
        return element.findAttribute(Attributes.runtimeInvisibleTypeAnnotations())
                .map(found -> found.annotations().stream()
                        .anyMatch(each -> each.targetPath().isEmpty()
                                && each.annotation().className().stringValue().equals(NULLABLE)))
                .orElse(false);
    }

    /**
     * A component.
     *
     * @param name its name, also in JSON
     * @param type its type
     * @param optional whether it may be missing
     * @param accessor reads it
     */
    public record Component(String name, Type type, boolean optional, Method accessor) {
    }
}
