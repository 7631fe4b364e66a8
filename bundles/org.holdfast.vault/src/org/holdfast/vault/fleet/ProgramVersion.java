package org.holdfast.vault.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** The version of this program, from the manifest of this bundle. */
public final class ProgramVersion {
    private static final String BUNDLE = "org.holdfast.vault";

    private ProgramVersion() {
    }

    /** The version, or empty when the program does not run from bundles. */
    public static String read() {
        try {
            var loader = ProgramVersion.class.getClassLoader();
            for (URL place : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
                try (InputStream in = place.openStream()) {
                    Attributes attributes = new Manifest(in).getMainAttributes();
                    String name = attributes.getValue("Bundle-SymbolicName");
                    if (name != null && name.split(";")[0].strip().equals(BUNDLE)) {
                        return String.valueOf(attributes.getValue("Bundle-Version"));
                    }
                }
            }
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
