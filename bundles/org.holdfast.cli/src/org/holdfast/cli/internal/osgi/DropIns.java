package org.holdfast.cli.internal.osgi;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/** Bundles somebody put into the folder {@code dropins} of the product. */
final class DropIns {
    private final BundleContext context;
    private final Consumer<String> complaints;

    /**
     * @param context where to install
     * @param complaints takes a line for each bundle that cannot be used; the others are
     */
    DropIns(BundleContext context, Consumer<String> complaints) {
        this.context = context;
        this.complaints = complaints;
    }

    /** Installs and starts them all. */
    void start() throws IOException {
        var area = context.getProperty("osgi.install.area");
        if (area == null) {
            return;
        }
        var folder = new File(URI.create(area.replace(" ", "%20"))).toPath().resolve("dropins");
        if (Files.isDirectory(folder)) {
            var bundles = install(folder);
            for (var bundle : bundles) {
                start(bundle);
            }
        }
    }

    private List<Bundle> install(Path folder) throws IOException {
        var bundles = new ArrayList<Bundle>();
        try (var jars = Files.newDirectoryStream(folder, "*.jar")) {
            for (var jar : jars) {
                try {
                    var bundle = context.installBundle(jar.toUri().toString());
                    if (bundle.getLastModified() < Files.getLastModifiedTime(jar).toMillis()) {
                        bundle.update();
                    }
                    bundles.add(bundle);
                } catch (BundleException e) {
                    complaints.accept("cannot use " + jar + ": " + e.getMessage());
                }
            }
        }
        return bundles;
    }

    private void start(Bundle bundle) {
        if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) != null) {
            return;
        }
        try {
            bundle.start();
        } catch (BundleException e) {
            complaints.accept("cannot start " + bundle.getSymbolicName() + ": " + e.getMessage());
        }
    }
}
