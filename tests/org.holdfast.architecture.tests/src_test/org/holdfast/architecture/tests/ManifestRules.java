package org.holdfast.architecture.tests;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a manifest may say. */
final class ManifestRules {

    /** Bundles of the platform whose packages are split, so that importing packages does not work. */
    private static final Set<String> MAY_BE_REQUIRED = Set.of("org.eclipse.core.runtime", "org.eclipse.swt",
            "org.eclipse.jface", "org.eclipse.jface.databinding", "org.eclipse.ui", "org.eclipse.ui.workbench",
            "org.eclipse.e4.ui.css.swt.theme", "org.eclipse.e4.core.di", "org.eclipse.e4.core.contexts",
            "org.eclipse.e4.ui.di", "org.eclipse.e4.ui.workbench", "org.eclipse.e4.ui.model.workbench");
    private static final List<String> NEVER = List.of("DynamicImport-Package", "Eclipse-BuddyPolicy",
            "Eclipse-RegisterBuddy", "Bundle-ClassPath", "Bundle-Activator", "Service-Component");
    /** Annotations that leave nothing to load at run time. */
    private static final Set<String> COMPILE_TIME = Set.of("org.eclipse.jdt.annotation",
            "org.osgi.annotation.versioning", "org.osgi.annotation.bundle",
            "org.osgi.service.component.annotations", "org.osgi.service.component.propertytypes");
    /** Splits a type's or a member's name behind its package: by custom, packages are lower case and types are not. */
    private static final Pattern PACKAGE_OF = Pattern.compile("^([a-z0-9_.]+)\\.[A-Z].*$");
    private static final Pattern HEADER_NAME = Pattern.compile("(?m)^([A-Za-z][A-Za-z0-9_-]*): ");
    private static final Pattern COMPONENT = Pattern.compile("@Component\\b");
    private static final Pattern VERSION_ANNOTATION = Pattern.compile("@(?:[\\w.]+\\.)?Version\\b");

    private ManifestRules() {
    }

    /** R6: packages are imported; bundles are required in the console only, from a closed list; nothing is magic. */
    static List<String> importPackages(Tree tree) {
        List<String> found = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            for (Header clause : bundle.header("Require-Bundle")) {
                if (!bundle.isConsole()) {
                    found.add(bundle.name() + ": requires " + clause.name() + " instead of importing packages");
                } else if (!MAY_BE_REQUIRED.contains(clause.name())) {
                    found.add(bundle.name() + ": requires " + clause.name() + ", which is not on the list");
                }
                if ("reexport".equals(clause.parameters().get("visibility:"))) {
                    found.add(bundle.name() + ": re-exports " + clause.name());
                }
            }
            for (String header : NEVER) {
                boolean inside = header.equals("Bundle-ClassPath") && bundle.isLibraries();
                if (bundle.manifest().getValue(header) != null && !inside) {
                    found.add(bundle.name() + ": has " + header);
                }
            }
        }
        return found;
    }

    /** R6: a header that is written twice loses its first value without a word. */
    static List<String> headersOnce(Tree tree) {
        List<String> found = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            Set<String> seen = new HashSet<>();
            HEADER_NAME.matcher(bundle.rawManifest()).results()
                    .map(match -> match.group(1))
                    .filter(name -> !seen.add(name))
                    .forEach(name -> found.add(bundle.name() + ": has " + name + " twice"));
        }
        return found;
    }

    /** R6: a package of ours or of a library is imported with a range, so that an incompatible one is not taken. */
    static List<String> importsHaveRanges(Tree tree) {
        List<String> found = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            for (Header clause : bundle.header("Import-Package")) {
                boolean versioned = !clause.name().matches("(javax?|jdk|sun|com\\.sun|org\\.w3c|org\\.xml)\\..*")
                        && !clause.name().startsWith("org.eclipse.");
                String version = clause.parameters().get("version");
                if (versioned && (version == null || !version.matches("\\[.+,.+\\)"))) {
                    found.add(bundle.name() + ": imports " + clause.name() + " without a version range");
                }
            }
        }
        return found;
    }

    /** R6: a package that the code of a headless bundle imports is in its manifest; javax packages are no exception. */
    static List<String> usedPackagesAreImported(Tree tree) {
        List<String> found = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            if (bundle.isConsole()) {
                continue;
            }
            Set<String> known = new HashSet<>(bundle.importedPackages());
            bundle.sources().forEach(source -> known.add(source.packageName()));
            bundle.sources().stream()
                    .flatMap(source -> source.imports().stream())
                    .map(used -> PACKAGE_OF.matcher(used).replaceFirst("$1"))
                    .filter(used -> !used.startsWith("java.") && !COMPILE_TIME.contains(used) && !known.contains(used))
                    .distinct()
                    .forEach(used -> found.add(bundle.name() + ": uses " + used + " without importing it"));
        }
        return found;
    }

    /**
     * R11: a bundle with components is activated lazily. The products start no bundle by name; one without the policy
     * would stay resolved, and its components would be missing without a word.
     */
    static List<String> componentsAreActivated(Tree tree) {
        return tree.bundles().stream()
                .filter(bundle -> bundle.sources().stream().anyMatch(source -> COMPONENT.matcher(source.code()).find()))
                .filter(bundle -> !"lazy".equals(bundle.manifest().getValue("Bundle-ActivationPolicy")))
                .map(bundle -> bundle.name() + ": has components but not Bundle-ActivationPolicy: lazy")
                .toList();
    }

    /** R7: a package lives in one bundle. */
    static List<String> noSplitPackages(Tree tree) {
        List<String> found = new ArrayList<>();
        Map<String, String> owners = new HashMap<>();
        List<Bundle> all = new ArrayList<>(tree.bundles());
        all.addAll(tree.testBundles());
        for (Bundle bundle : all) {
            for (SourceFile source : bundle.sources()) {
                String owner = owners.putIfAbsent(source.packageName(), bundle.name());
                if (owner != null && !owner.equals(bundle.name())) {
                    found.add(source.packageName() + ": in " + owner + " and in " + bundle.name());
                }
            }
        }
        return found.stream().distinct().toList();
    }

    /** R7: an exported package has a version in the manifest and says the same by annotation; none is internal. */
    static List<String> exportsAreVersioned(Tree tree) {
        List<String> found = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            for (Header clause : bundle.header("Export-Package")) {
                for (String exported : clause.names()) {
                    checkExport(bundle, clause, exported, found);
                }
            }
        }
        return found;
    }

    private static void checkExport(Bundle bundle, Header clause, String exported, List<String> found) {
        if (clause.parameters().get("version") == null) {
            found.add(bundle.name() + ": exports " + exported + " without a version");
        }
        boolean friendsOnly = clause.parameters().containsKey("x-friends:");
        if ((exported + ".").contains(".internal.") && !friendsOnly) {
            found.add(bundle.name() + ": exports " + exported);
        }
        String info = "src/" + exported.replace('.', '/') + "/package-info.java";
        boolean annotated = bundle.sources().stream()
                .anyMatch(source -> source.path().equals(info) && VERSION_ANNOTATION.matcher(source.code()).find());
        if (!annotated && !friendsOnly && !bundle.isLibraries()) {
            found.add(bundle.name() + ": " + info + " has no @Version");
        }
    }

    /** Folder, symbolic name and root package are one name; a glance at any of them tells the others. */
    static List<String> oneName(Tree tree) {
        List<String> found = new ArrayList<>();
        for (Bundle bundle : tree.bundles()) {
            if (!bundle.folder().getFileName().toString().equals(bundle.name())) {
                found.add(bundle.name() + ": lies in " + bundle.folder().getFileName());
            }
            String info = "src/" + bundle.name().replace('.', '/') + "/package-info.java";
            if (!bundle.isLibraries() && !bundle.isTranslation()
                    && bundle.sources().stream().noneMatch(source -> source.path().equals(info))) {
                found.add(bundle.name() + ": " + info + " is missing");
            }
            bundle.sources().stream()
                    .map(SourceFile::packageName)
                    .filter(name -> !(name + ".").startsWith(bundle.name() + "."))
                    .distinct()
                    .forEach(name -> found.add(bundle.name() + ": holds the package " + name));
        }
        return found;
    }
}
