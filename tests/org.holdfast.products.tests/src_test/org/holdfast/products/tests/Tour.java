package org.holdfast.products.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The bundle {@code console.smoke}, which looks at the console from inside and writes what it has found. */
final class Tour {

    private static final String NAME = "org.holdfast.console.smoke";

    private Tour() {
    }

    /** Makes a copy of the console's product that starts it. */
    static Path productWithIt(Path product) throws IOException {
        copy(Product.named("console").folder(), product);
        addTo(product.resolve("configuration"));
        return product;
    }

    /** Adds it to the list of bundles to start in a configuration, unless there is no list or it is in it. */
    static void addTo(Path configuration) throws IOException {
        Path list = configuration.resolve("org.eclipse.equinox.simpleconfigurator/bundles.info");
        if (!Files.exists(list) || Files.readString(list).contains(NAME)) {
            return;
        }
        Path tour = jar();
        try (JarFile jar = new JarFile(tour.toFile())) {
            String version = jar.getManifest().getMainAttributes().getValue("Bundle-Version");
            Files.writeString(list, Files.readString(list).stripTrailing() + '\n' + NAME + ',' + version + ",file:"
                    + tour + ",4,false\n");
        }
    }

    /** Copies a folder. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static Path jar() throws IOException {
        Path target = Product.repository().resolve("tests/org.holdfast.console.smoke/target");
        try (Stream<Path> files = Files.list(target)) {
            return files
                    .filter(file -> file.getFileName().toString().matches("org\\.holdfast\\.console\\.smoke-.*\\.jar"))
                    .findFirst().orElseThrow();
        }
    }
}
