package org.holdfast.architecture.tests;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts for people: complete in every language, no key without text and no text without use. */
final class MessageRules {

    private static final Pattern TRANSLATION = Pattern.compile("(.+?)_([a-z]{2}(?:_[A-Z]{2})?)\\.properties");
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{(\\d+)[^}]*}|%(\\d+\\$)?[-#+0,(]*\\d*(\\.\\d+)?[a-zA-Z]");
    private static final Pattern KEY_REFERENCE = Pattern.compile("[\"'>:]\\s*%([\\w.-]+)");
    private static final Pattern MESSAGE_FIELD = Pattern.compile("\\bpublic\\s+static\\s+String\\s+(\\w+)\\s*;");
    private static final Pattern MESSAGES_CLASS = Pattern.compile("\\bclass\\s+(\\w+)\\s+extends\\s+NLS\\b");
    /** The code of a refusal, or of a problem that is made without one. */
    private static final Pattern REFUSAL = Pattern.compile(
            "(?:new\\s+Refusal\\(\\s*[\\w.]+|ProblemBody\\.of\\(\\s*\\w+)\\s*,\\s*\"([a-z0-9-]+)\"");
    private static final String REFUSALS =
            "bundles/org.holdfast.console.client/src/org/holdfast/console/client/refusals.properties";
    private static final int PLUGIN_XML_LINES = 300;

    private MessageRules() {
    }

    /** Every translation has the keys of the original, with the same placeholders. */
    static List<String> translationsAreComplete(Tree tree) {
        List<String> found = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            if (bundle.isTranslation()) {
                continue; // the original is in the bundle of others; the console's tour compares them
            }
            for (Path file : propertiesOf(bundle)) {
                Matcher name = TRANSLATION.matcher(file.getFileName().toString());
                if (!name.matches()) {
                    continue;
                }
                Path original = file.resolveSibling(name.group(1) + ".properties");
                String where = bundle.name() + "/" + bundle.folder().relativize(file);
                if (!Files.exists(original)) {
                    found.add(where + ": translates nothing");
                } else {
                    compare(where, load(original), load(file), found);
                }
            }
        }
        return found;
    }

    /** Every code that the vault refuses with has a text for people; the console shows it in their language. */
    static List<String> refusalsHaveTexts(Tree tree) {
        Path texts = tree.root().resolve(REFUSALS);
        if (!Files.exists(texts)) {
            return List.of();
        }
        Set<String> codes = new TreeSet<>();
        for (Bundle bundle : tree.bundles()) {
            if (bundle.shortName().equals("vault") || bundle.shortName().startsWith("vault.")) {
                bundle.sources().stream().map(source -> text(bundle.folder().resolve(source.path())))
                        .forEach(code -> REFUSAL.matcher(code).results().map(match -> match.group(1))
                                .forEach(codes::add));
            }
        }
        return difference(codes, load(texts).stringPropertyNames()).stream()
                .map(code -> REFUSALS + ": " + code + " has no text").toList();
    }

    private static void compare(String where, Properties original, Properties translation, List<String> found) {
        difference(original.stringPropertyNames(), translation.stringPropertyNames())
                .forEach(key -> found.add(where + ": " + key + " is missing"));
        difference(translation.stringPropertyNames(), original.stringPropertyNames())
                .forEach(key -> found.add(where + ": " + key + " is not in the original"));
        for (String key : translation.stringPropertyNames()) {
            String text = original.getProperty(key);
            if (text != null && !placeholders(text).equals(placeholders(translation.getProperty(key)))) {
                found.add(where + ": " + key + " has other placeholders than the original");
            }
        }
    }

    /** The fields of a message class and the keys of its file are the same. */
    static List<String> messageClassesMatch(Tree tree) {
        List<String> found = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            for (SourceFile source : bundle.sources()) {
                Matcher messages = MESSAGES_CLASS.matcher(source.code());
                if (messages.find()) {
                    Path folder = bundle.folder().resolve(source.path()).getParent();
                    String where = bundle.name() + "/" + source.path();
                    checkMessages(where, source, folder, found);
                }
            }
        }
        return found;
    }

    private static void checkMessages(String where, SourceFile source, Path folder, List<String> found) {
        Path file = folder.resolve("messages.properties");
        if (!Files.exists(file)) {
            found.add(where + ": messages.properties is missing");
            return;
        }
        Set<String> fields = MESSAGE_FIELD.matcher(source.code()).results()
                .map(match -> match.group(1)).collect(Collectors.toCollection(TreeSet::new));
        Set<String> keys = load(file).stringPropertyNames();
        difference(fields, keys).forEach(name -> found.add(where + ": " + name + " has no text"));
        difference(keys, fields).forEach(name -> found.add(where + ": the text " + name + " has no field"));
    }

    /** What plugin.xml and the manifest show to people comes from a file of texts, and that file holds nothing else. */
    static List<String> pluginTextsAreExternal(Tree tree) {
        List<String> found = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            Path plugin = bundle.folder().resolve("plugin.xml");
            String xml = Files.exists(plugin) ? text(plugin) : "";
            if (xml.lines().count() > PLUGIN_XML_LINES) {
                found.add(bundle.name() + "/plugin.xml: longer than " + PLUGIN_XML_LINES + " lines");
            }
            Matcher label = Pattern.compile("\\s(?:label|tooltip)=\"([^%\"][^\"]*)\"").matcher(xml);
            while (label.find()) {
                found.add(bundle.name() + "/plugin.xml: '" + label.group(1) + "' is not a %key");
            }
            checkKeys(bundle, xml, found);
        }
        return found;
    }

    private static void checkKeys(Bundle bundle, String xml, List<String> found) {
        Set<String> used = new TreeSet<>();
        for (String text : List.of(xml, bundle.rawManifest())) {
            KEY_REFERENCE.matcher(text).results().map(match -> match.group(1)).forEach(used::add);
        }
        String base = bundle.manifest().getValue("Bundle-Localization");
        Path file = bundle.folder().resolve((base == null ? "OSGI-INF/l10n/bundle" : base) + ".properties");
        Set<String> keys = Files.exists(file) ? load(file).stringPropertyNames() : Set.of();
        difference(used, keys).forEach(key -> found.add(bundle.name() + ": %" + key + " has no text"));
        difference(keys, used).forEach(key -> found.add(bundle.name() + ": the text " + key + " is not used"));
    }

    private static List<Path> propertiesOf(Bundle bundle) {
        List<Path> files = new ArrayList<>();
        for (String part : List.of("src", "OSGI-INF", ".")) {
            Path root = bundle.folder().resolve(part).normalize();
            if (Files.isDirectory(root)) {
                try (Stream<Path> walk = Files.walk(root, part.equals(".") ? 1 : Integer.MAX_VALUE)) {
                    walk.filter(path -> path.toString().endsWith(".properties")).forEach(files::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return files;
    }

    /** By their numbers: how a value is worded, as one or many for instance, differs between languages. */
    private static List<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results()
                .map(match -> match.group(1) == null ? match.group() : "{" + match.group(1) + "}").distinct().sorted()
                .toList();
    }

    private static Set<String> difference(Set<String> all, Set<String> without) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(without);
        return rest;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Properties load(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
