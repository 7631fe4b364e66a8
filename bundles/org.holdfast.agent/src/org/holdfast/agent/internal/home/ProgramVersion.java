package org.holdfast.agent.internal.home;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of this program, from the manifest of its bundle. */
public final class ProgramVersion {
    /** What programs that do not run from bundles call themselves; no version is older or newer than it. */
    public static final String DEVELOPMENT = "development";
    private static final String BUNDLE = "org.holdfast.agent";
    private static final Pattern NUMBERS = Pattern.compile("(\\d+\\.\\d+\\.\\d+)(?:\\..*)?");

    private ProgramVersion() {
    }

    /** Version and build. */
    public static String full() {
        return read(ProgramVersion.class.getClassLoader());
    }

    /** The three numbers of the version, without the build. */
    public static String numbers() {
        return numbers(full());
    }

    static String numbers(String version) {
        Matcher parts = NUMBERS.matcher(version);
        return parts.matches() ? parts.group(1) : version;
    }

    static String read(ClassLoader loader) {
        try {
            for (URL place : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
                try (InputStream in = place.openStream()) {
                    Attributes attributes = new Manifest(in).getMainAttributes();
                    String name = attributes.getValue("Bundle-SymbolicName");
                    String version = attributes.getValue("Bundle-Version");
                    if (name != null && version != null && name.split(";")[0].strip().equals(BUNDLE)) {
                        return version;
                    }
                }
            }
        } catch (IOException e) {
            // A program that cannot read its own version works all the same.
            return DEVELOPMENT;
        }
        return DEVELOPMENT;
    }
}
