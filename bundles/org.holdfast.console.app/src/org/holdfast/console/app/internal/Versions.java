package org.holdfast.console.app.internal;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.core.runtime.Platform;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.osgi.framework.Bundle;

/** What runs here, in lines for people. */
final class Versions {
    private Versions() {
    }

    /** The short list of the About dialog. */
    static List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(NLS.bind(Messages.about_console, bundle("org.holdfast.console.app")));
        lines.add(NLS.bind(Messages.about_java, System.getProperty("java.runtime.version"),
                System.getProperty("java.vendor")));
        lines.add(NLS.bind(Messages.about_system, new Object[] { System.getProperty("os.name"),
                System.getProperty("os.version"), System.getProperty("os.arch") }));
        lines.add(NLS.bind(Messages.about_platform, bundle("org.eclipse.ui"),
                SWT.getPlatform() + ' ' + SWT.getVersion()));
        lines.add(NLS.bind(Messages.about_language, Platform.getNL()));
        lines.add(NLS.bind(Messages.about_area, area()));
        return lines;
    }

    /** The same with every bundle, for a diagnostics archive. */
    static List<String> all() {
        var lines = new ArrayList<String>(lines());
        for (Bundle bundle : Platform.getBundle("org.holdfast.console.app").getBundleContext().getBundles()) {
            lines.add(bundle.getSymbolicName() + ' ' + bundle.getVersion());
        }
        return lines;
    }

    private static String area() {
        var location = Platform.getInstanceLocation();
        return location == null || location.getURL() == null ? "-" : location.getURL().getPath();
    }

    private static String bundle(String name) {
        Bundle bundle = Platform.getBundle(name);
        return bundle == null ? "-" : bundle.getVersion().toString();
    }
}
