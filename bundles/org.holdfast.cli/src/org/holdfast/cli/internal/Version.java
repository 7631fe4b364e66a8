package org.holdfast.cli.internal;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.jar.JarFile;

/** Which build this is. */
public final class Version {
    private static final String UNKNOWN = "development build";

    private Version() {
    }

    /** The version in the manifest of the jar this class is in, and the Java it runs on. */
    public static String text() {
        return ofJar() + " (Java " + Runtime.version().feature() + "." + Runtime.version().interim() + "."
                + Runtime.version().update() + ")";
    }

    private static String ofJar() {
        try {
            var source = Version.class.getProtectionDomain().getCodeSource();
            if (source == null || !source.getLocation().getPath().endsWith(".jar")) {
                return UNKNOWN;
            }
            try (var jar = new JarFile(new File(source.getLocation().toURI()), false)) {
                var manifest = jar.getManifest();
                var version = manifest == null ? null : manifest.getMainAttributes().getValue("Bundle-Version");
                return version == null ? UNKNOWN : version;
            }
        } catch (IOException | URISyntaxException | IllegalArgumentException e) {
            return UNKNOWN;
        }
    }
}
