package org.holdfast.architecture.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule about manifests finds what breaks it, and only that. */
class ManifestRulesTest {

    @TempDir
    private Path folder;
    private Fixture fixture;

    @BeforeEach
    void setUp() {
        fixture = new Fixture(folder);
    }

    @Test
    void requiredAndReexportedBundlesAreFound() throws IOException {
        fixture.bundle("org.holdfast.console.ui",
                "Require-Bundle: org.eclipse.ui;visibility:=reexport,org.eclipse.core.runtime,com.example")
                .bundle("org.holdfast.engine", "Require-Bundle: org.eclipse.core.runtime");
        assertEquals(List.of("org.holdfast.console.ui: re-exports org.eclipse.ui",
                "org.holdfast.console.ui: requires com.example, which is not on the list",
                "org.holdfast.engine: requires org.eclipse.core.runtime instead of importing packages"),
                ManifestRules.importPackages(fixture.tree()));
    }

    @Test
    void classLoaderTricksAndActivatorsAreFound() throws IOException {
        fixture.bundle("org.holdfast.engine", "DynamicImport-Package: *", "Eclipse-BuddyPolicy: registered",
                "Bundle-Activator: org.holdfast.engine.Activator");
        assertEquals(List.of("org.holdfast.engine: has DynamicImport-Package",
                "org.holdfast.engine: has Eclipse-BuddyPolicy", "org.holdfast.engine: has Bundle-Activator"),
                ManifestRules.importPackages(fixture.tree()));
    }

    @Test
    void aHeaderWrittenTwiceIsFound() throws IOException {
        fixture.bundle("org.holdfast.engine", "Export-Package: a,\n b: c", "Export-Package: d");
        assertEquals(List.of("org.holdfast.engine: has Export-Package twice"),
                ManifestRules.headersOnce(fixture.tree()));
    }

    @Test
    void importsWithoutARangeAreFound() throws IOException {
        fixture.bundle("org.holdfast.engine", "Import-Package: javax.crypto,org.holdfast.api;version=\"1.0\","
                + "picocli,org.holdfast.format;version=\"[1.0,2.0)\"");
        assertEquals(List.of("org.holdfast.engine: imports org.holdfast.api without a version range",
                "org.holdfast.engine: imports picocli without a version range"),
                ManifestRules.importsHaveRanges(fixture.tree()));
    }

    @Test
    void usedPackagesThatAreNotImportedAreFound() throws IOException {
        fixture.bundle("org.holdfast.engine", "Import-Package: org.holdfast.api;version=\"[1.0,2.0)\"")
                .file("bundles/org.holdfast.engine/src/org/holdfast/engine/internal/B.java", "")
                .file("bundles/org.holdfast.engine/src/org/holdfast/engine/A.java", """
                        import java.util.Map.Entry;
                        import static javax.crypto.Cipher.getInstance;
                        import org.eclipse.jdt.annotation.Nullable;
                        import org.holdfast.api.Problem;
                        import org.holdfast.engine.internal.B;
                        import org.holdfast.format.Page;
                        """);
        assertEquals(List.of("org.holdfast.engine: uses javax.crypto without importing it",
                "org.holdfast.engine: uses org.holdfast.format without importing it"),
                ManifestRules.usedPackagesAreImported(fixture.tree()));
    }

    @Test
    void componentsOfABundleThatNobodyActivatesAreFound() throws IOException {
        fixture.bundle("org.holdfast.engine")
                .file("bundles/org.holdfast.engine/src/org/holdfast/engine/A.java", "@Component class A { }")
                .bundle("org.holdfast.format", "Bundle-ActivationPolicy: lazy")
                .file("bundles/org.holdfast.format/src/org/holdfast/format/A.java", "@Component class A { }")
                .bundle("org.holdfast.crypto")
                .file("bundles/org.holdfast.crypto/src/org/holdfast/crypto/A.java", "// @Component\nclass A { }");
        assertEquals(List.of("org.holdfast.engine: has components but not Bundle-ActivationPolicy: lazy"),
                ManifestRules.componentsAreActivated(fixture.tree()));
    }

    @Test
    void aPackageInTwoBundlesIsFound() throws IOException {
        fixture.bundle("org.holdfast.engine").bundle("org.holdfast.format")
                .file("bundles/org.holdfast.engine/src/org/holdfast/engine/A.java", "")
                .file("bundles/org.holdfast.engine/src/org/holdfast/engine/B.java", "")
                .file("bundles/org.holdfast.format/src/org/holdfast/engine/C.java", "")
                .file("bundles/org.holdfast.format/src_test/org/holdfast/engine/CTest.java", "");
        assertEquals(List.of("org.holdfast.engine: in org.holdfast.engine and in org.holdfast.format"),
                ManifestRules.noSplitPackages(fixture.tree()));
    }

    @Test
    void unversionedAndInternalExportsAreFound() throws IOException {
        fixture.bundle("org.holdfast.engine", "Export-Package: org.holdfast.engine,"
                + "org.holdfast.engine.internal;version=\"1.0\","
                + "org.holdfast.engine.internal.test;version=\"1.0\";x-friends:=\"org.holdfast.engine.tests\","
                + "org.holdfast.engine.good;version=\"1.0\"")
                .file("bundles/org.holdfast.engine/src/org/holdfast/engine/package-info.java",
                        "// @Version in a comment does not count\npackage org.holdfast.engine;")
                .file("bundles/org.holdfast.engine/src/org/holdfast/engine/good/package-info.java",
                        "@org.osgi.annotation.versioning.Version(\"1.0\") package org.holdfast.engine.good;");
        assertEquals(List.of("org.holdfast.engine: exports org.holdfast.engine without a version",
                "org.holdfast.engine: src/org/holdfast/engine/package-info.java has no @Version",
                "org.holdfast.engine: exports org.holdfast.engine.internal",
                "org.holdfast.engine: src/org/holdfast/engine/internal/package-info.java has no @Version"),
                ManifestRules.exportsAreVersioned(fixture.tree()));
    }

    @Test
    void folderNameAndPackageThatDifferAreFound() throws IOException {
        fixture.file("bundles/elsewhere/META-INF/MANIFEST.MF",
                "Manifest-Version: 1.0\nBundle-SymbolicName: org.holdfast.engine\n")
                .file("bundles/elsewhere/src/org/holdfast/motor/A.java", "");
        assertEquals(List.of("org.holdfast.engine: lies in elsewhere",
                "org.holdfast.engine: src/org/holdfast/engine/package-info.java is missing",
                "org.holdfast.engine: holds the package org.holdfast.motor"),
                ManifestRules.oneName(fixture.tree()));
    }
}
