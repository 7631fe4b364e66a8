package org.holdfast.architecture.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule about dependencies finds what breaks it, and only that. */
class DependencyRulesTest {

    @TempDir
    private Path folder;
    private Fixture fixture;

    @BeforeEach
    void setUp() {
        fixture = new Fixture(folder);
    }

    @Test
    void widgetsOutsideTheConsoleAreFound() throws IOException {
        fixture.bundle("org.holdfast.engine", "Import-Package: java.util,org.eclipse.swt.widgets;version=\"[3,4)\"")
                .file("bundles/org.holdfast.engine/src/org/holdfast/engine/A.java", """
                        package org.holdfast.engine;
                        // import org.eclipse.jface.viewers.Viewer; is only a comment
                        import org.eclipse.jface.window.Window;
                        class A { Window window; }
                        """)
                .bundle("org.holdfast.console.ui", "Require-Bundle: org.eclipse.swt")
                .file("features/org.holdfast.cli.feature/feature.xml",
                        "<feature><plugin id=\"org.holdfast.cli\"/><plugin id=\"org.eclipse.jface\"/></feature>");
        assertEquals(List.of("org.holdfast.engine (manifest): uses widgets org.eclipse.swt.widgets",
                "org.holdfast.engine (src/org/holdfast/engine/A.java): uses widgets org.eclipse.jface.window.Window",
                "org.holdfast.cli.feature: contains org.eclipse.jface"),
                DependencyRules.widgetsOnlyInConsole(fixture.tree()));
    }

    @Test
    void contractsThatImportAreFound() throws IOException {
        fixture.bundle("org.holdfast.engine")
                .bundle("org.holdfast.api", "Import-Package: org.osgi.framework,org.holdfast.engine,com.example")
                .file("bundles/org.holdfast.api/src/org/holdfast/api/A.java", """
                        package org.holdfast.api;
                        import java.util.List;
                        import org.eclipse.jdt.annotation.Nullable;
                        import org.holdfast.api.vault.VaultService;
                        """);
        assertEquals(List.of("org.holdfast.api (manifest): a contract uses org.holdfast.engine",
                "org.holdfast.api (manifest): a contract uses com.example"),
                DependencyRules.contractsImportNothing(fixture.tree()));
    }

    @Test
    void importedProvidersAreFound() throws IOException {
        fixture.bundle("org.holdfast.store.directory", "Import-Package: org.holdfast.api.spi.store")
                .bundle("org.holdfast.source.files", "Import-Package: org.holdfast.store.directory")
                .bundle("org.holdfast.cli", "Import-Package: org.holdfast.store.directory")
                .bundle("org.holdfast.engine")
                .file("bundles/org.holdfast.engine/src/org/holdfast/engine/A.java",
                        "import static org.holdfast.source.files.Walker.walk;");
        assertEquals(List.of(
                "org.holdfast.engine (src/org/holdfast/engine/A.java): uses a provider"
                        + " org.holdfast.source.files.Walker.walk",
                "org.holdfast.source.files (manifest): uses a provider org.holdfast.store.directory"),
                DependencyRules.providersAreServices(fixture.tree()));
    }

    @Test
    void whoUsesTheAzureSdkIsFound() throws IOException {
        fixture.bundle("org.holdfast.azure", "Import-Package: com.azure.identity")
                .bundle("org.holdfast.store.azure", "Import-Package: com.azure.storage.blob,org.holdfast.azure")
                .bundle("org.holdfast.vault", "Import-Package: com.azure.storage.blob,org.holdfast.azure");
        assertEquals(List.of("org.holdfast.vault (manifest): uses the Azure SDK: com.azure.storage.blob"),
                DependencyRules.azureSdkIsWrapped(fixture.tree()));
        assertEquals(List.of("org.holdfast.vault (manifest): uses a provider org.holdfast.azure"),
                DependencyRules.providersAreServices(fixture.tree()));
    }

    @Test
    void aConsoleThatUsesTheEngineIsFound() throws IOException {
        fixture.bundle("org.holdfast.engine").bundle("org.holdfast.api")
                .bundle("org.holdfast.console.client", "Import-Package: org.holdfast.api.vault,org.holdfast.engine")
                .bundle("org.holdfast.console.app", "Import-Package: org.holdfast.console.client");
        assertEquals(List.of("org.holdfast.console.client (manifest): the console uses org.holdfast.engine"),
                DependencyRules.consoleUsesContracts(fixture.tree()));
    }

    @Test
    void consolePartsThatKnowEachOtherAreFound() throws IOException {
        fixture.bundle("org.holdfast.console.client", "Import-Package: org.eclipse.swt.graphics")
                .bundle("org.holdfast.console.ui", "Import-Package: org.holdfast.console.client")
                .bundle("org.holdfast.console.monitor")
                .bundle("org.holdfast.console.recovery",
                        "Import-Package: org.holdfast.console.ui,org.holdfast.console.monitor")
                .bundle("org.holdfast.console.app", "Import-Package: org.holdfast.console.recovery");
        assertEquals(List.of("org.holdfast.console.client (manifest): uses widgets org.eclipse.swt.graphics",
                "org.holdfast.console.recovery (manifest): uses a sibling part org.holdfast.console.monitor"),
                DependencyRules.consolePartsAreApart(fixture.tree()));
    }

    @Test
    void testCodeInProductsIsFound() throws IOException {
        fixture.bundle("org.holdfast.engine")
                .file("bundles/org.holdfast.engine/src/org/holdfast/engine/A.java",
                        "import org.holdfast.testkit.Trees;\nimport org.junit.jupiter.api.Test;\n")
                .file("bundles/org.holdfast.engine/src_test/org/holdfast/engine/ATest.java",
                        "import org.holdfast.testkit.Trees;\n");
        assertEquals(List.of(
                "org.holdfast.engine (src/org/holdfast/engine/A.java): shipped code uses org.holdfast.testkit.Trees",
                "org.holdfast.engine (src/org/holdfast/engine/A.java): shipped code uses org.junit.jupiter.api.Test"),
                DependencyRules.productsWithoutTestCode(fixture.tree()));
    }
}
