package org.holdfast.console.smoke;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.eclipse.core.runtime.Platform;
import org.eclipse.jface.resource.JFaceResources;
import org.holdfast.console.smoke.Report.Findings;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.BundleWiring;

/** The texts of the platform in Japanese: the fragments {@code console.nl.*} fit the bundles that they translate. */
final class PlatformTextChecks {
    private static final String OURS = "org.holdfast.console.nl.";
    private static final String TRANSLATED = "_ja.properties";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

    private PlatformTextChecks() {
    }

    /** Each fragment is attached, and each of its texts is one of its host, with the same placeholders. */
    static int fitTheirHosts(Findings findings) {
        int seen = 0;
        for (Bundle fragment : FrameworkUtil.getBundle(PlatformTextChecks.class).getBundleContext().getBundles()) {
            if (!fragment.getSymbolicName().startsWith(OURS)) {
                continue;
            }
            Bundle host = Platform.getBundle(fragment.getHeaders().get("Fragment-Host").split(";")[0]);
            if (host == null || host.adapt(BundleWiring.class) == null || Stream.of(Platform.getFragments(host))
                    .noneMatch(fragment::equals)) {
                findings.add(fragment.getSymbolicName() + " is not attached to its host");
                continue;
            }
            for (URL file : Collections.list(fragment.findEntries("/", "*" + TRANSLATED, true))) {
                String original = file.getPath().replace(TRANSLATED, ".properties");
                seen += compare(fragment.getSymbolicName() + file.getPath(), load(file), host.getEntry(original),
                        findings);
            }
        }
        if (Platform.getNL().startsWith("ja") && JFaceResources.getString("cancel").equals("Cancel")) {
            findings.add("dialogs say Cancel in Japanese");
        }
        return seen;
    }

    private static int compare(String where, Properties translated, URL original, Findings findings) {
        if (original == null) {
            findings.add(where + " translates nothing");
            return 0;
        }
        Properties texts = load(original);
        for (String key : translated.stringPropertyNames()) {
            if (!texts.containsKey(key)) {
                findings.add(where + ": " + key + " is not in the original");
            } else if (!placeholders(texts.getProperty(key)).equals(placeholders(translated.getProperty(key)))) {
                findings.add(where + ": " + key + " has other placeholders");
            }
        }
        return translated.size();
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties load(URL file) {
        var properties = new Properties();
        try (InputStream in = file.openStream()) {
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
