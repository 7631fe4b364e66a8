package org.holdfast.vault.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Finds the components on the class path: classes with the annotations of OSGi Declarative Services. These are kept in
 * class files only, so they are read from there.
 */
final class Components {
    private static final String DS = "org/osgi/service/component/annotations/";

    private Components() {
    }

    /**
     * A component.
     *
     * @param type its class
     * @param services what it provides
     * @param immediate whether it is made although nobody asks for it
     * @param constructor descriptor of the constructor that makes it
     * @param optional which of the constructor's parameters may be null
     */
    record Component(String type, List<String> services, boolean immediate, String constructor,
            List<Boolean> optional) {
    }

    /** All components in these packages and below, sorted by name. */
    static List<Component> find(ClassLoader loader, String... packages) {
        SortedSet<String> files = new TreeSet<>();
        try {
            for (String each : packages) {
                String folder = each.replace('.', '/');
                for (URL place : Collections.list(loader.getResources(folder))) {
                    collect(place, folder, files);
                }
            }
            List<Component> found = new ArrayList<>();
            for (String file : files) {
                try (InputStream in = loader.getResourceAsStream(file)) {
                    if (in != null) {
                        read(ClassFile.of().parse(in.readAllBytes())).ifPresent(found::add);
                    }
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void collect(URL place, String folder, SortedSet<String> files)
            throws IOException, URISyntaxException {
        if (place.openConnection() instanceof JarURLConnection jar) {
            jar.getJarFile().stream().map(entry -> entry.getName())
                    .filter(name -> name.startsWith(folder + "/") && name.endsWith(".class")).forEach(files::add);
            return;
        }
        Path root = Path.of(new URI(place.toString()));
        try (Stream<Path> walk = Files.walk(root)) {
            walk.filter(file -> file.toString().endsWith(".class"))
                    .forEach(file -> files.add(folder + "/" + root.relativize(file).toString().replace('\\', '/')));
        }
    }

    private static Optional<Component> read(ClassModel model) {
        Annotation component = annotation(model, "Component");
        if (component == null) {
            return Optional.empty();
        }
        List<String> services = new ArrayList<>();
        if (element(component, "service") instanceof AnnotationValue.OfArray many) {
            many.values().forEach(each -> services.add(name(((AnnotationValue.OfClass) each).classSymbol())));
        }
        boolean immediate = element(component, "immediate") instanceof AnnotationValue.OfBoolean yes
                && yes.booleanValue();
        MethodModel constructor = model.methods().stream()
                .filter(each -> each.methodName().equalsString("<init>") && annotation(each, "Activate") != null)
                .findFirst().orElseGet(() -> model.methods().stream()
                        .filter(each -> each.methodName().equalsString("<init>")).findFirst().orElseThrow());
        return Optional.of(new Component(model.thisClass().asInternalName().replace('/', '.'), services, immediate,
                constructor.methodType().stringValue(), optional(constructor)));
    }

    private static List<Boolean> optional(MethodModel constructor) {
        return constructor.findAttribute(Attributes.runtimeInvisibleParameterAnnotations())
                .map(found -> found.parameterAnnotations().stream().map(all -> all.stream()
                        .anyMatch(each -> element(each, "cardinality") instanceof AnnotationValue.OfEnum kind
                                && kind.constantName().equalsString("OPTIONAL")))
                        .toList())
                .orElse(List.of());
    }

    private static @Nullable Annotation annotation(AttributedElement element, String simpleName) {
        return element.findAttribute(Attributes.runtimeInvisibleAnnotations())
                .flatMap(found -> found.annotations().stream()
                        .filter(each -> each.className().equalsString("L" + DS + simpleName + ";")).findFirst())
                .orElse(null);
    }

    private static @Nullable AnnotationValue element(Annotation annotation, String name) {
        return annotation.elements().stream().filter(each -> each.name().equalsString(name))
                .map(AnnotationElement::value).findFirst().orElse(null);
    }

    private static String name(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    }
}
