package org.holdfast.architecture.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tests that are never executed look like tests that pass. So the reports of the build that these tests are part of
 * must show that a bundle with tests has run some, and as many as the bundle's minimum where it has one.
 */
final class TestCounts {

    private static final Pattern HEADER = Pattern.compile("<testsuite\\s[^>]*>", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("\\s(tests|skipped)=\"(\\d+)\"");

    private TestCounts() {
    }

    /** What the reports of a bundle say; empty when there are none. */
    static OptionalInt executed(Bundle bundle) {
        Path reports = bundle.folder().resolve("target/surefire-reports");
        if (!Files.isDirectory(reports)) {
            return OptionalInt.empty();
        }
        try (Stream<Path> files = Files.list(reports)) {
            return files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .mapToInt(TestCounts::executedIn)
                    .reduce(Integer::sum);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int executedIn(Path report) {
        try {
            Matcher header = HEADER.matcher(Files.readString(report));
            if (!header.find()) {
                throw new IllegalStateException(report + " is no report");
            }
            int executed = 0;
            Matcher number = NUMBER.matcher(header.group());
            while (number.find()) {
                int value = Integer.parseInt(number.group(2));
                executed += number.group(1).equals("tests") ? value : -value;
            }
            return executed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Compares the reports with the minimum of each bundle.
     *
     * @param minimum symbolic name to number of tests
     */
    static Rule atLeast(Properties minimum) {
        return tree -> {
            List<String> found = new ArrayList<>();
            Map<String, Bundle> bundles = new TreeMap<>();
            // The build runs these before the bundle of this rule; other bundles of tests may come after it.
            Stream.concat(tree.bundles().stream(), tree.testBundles().stream())
                    .filter(bundle -> !bundle.name().endsWith(".tests"))
                    .forEach(bundle -> bundles.put(bundle.name(), bundle));
            minimum.stringPropertyNames().stream().filter(name -> !bundles.containsKey(name)).sorted()
                    .forEach(name -> found.add(name + ": there is no such bundle"));
            bundles.forEach((name, bundle) -> {
                int executed = executed(bundle).orElse(0);
                int needed = Integer.parseInt(minimum.getProperty(name, bundle.tests().isEmpty() ? "0" : "1"));
                if (executed < needed) {
                    found.add(name + ": " + executed + " tests have run, there should be " + needed + " at least");
                }
            });
            return found;
        };
    }
}
