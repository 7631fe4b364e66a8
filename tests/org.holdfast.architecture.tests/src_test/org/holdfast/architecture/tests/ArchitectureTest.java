package org.holdfast.architecture.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** This repository keeps every rule of its architecture. */
class ArchitectureTest {

    private static final Map<String, Rule> RULES = new LinkedHashMap<>();

    static {
        RULES.put("R1 widgets only in the console", DependencyRules::widgetsOnlyInConsole);
        RULES.put("R2 contracts import nothing", DependencyRules::contractsImportNothing);
        RULES.put("R3 providers are services", DependencyRules::providersAreServices);
        RULES.put("R3 the Azure SDK is wrapped", DependencyRules::azureSdkIsWrapped);
        RULES.put("R4 the console uses contracts", DependencyRules::consoleUsesContracts);
        RULES.put("R5 console parts are apart", DependencyRules::consolePartsAreApart);
        RULES.put("R6 packages are imported", ManifestRules::importPackages);
        RULES.put("R6 headers once", ManifestRules::headersOnce);
        RULES.put("R6 imports have ranges", ManifestRules::importsHaveRanges);
        RULES.put("R6 used packages are imported", ManifestRules::usedPackagesAreImported);
        RULES.put("R7 no split packages", ManifestRules::noSplitPackages);
        RULES.put("R7 exports are versioned", ManifestRules::exportsAreVersioned);
        RULES.put("R7 one name", ManifestRules::oneName);
        RULES.put("R8 no static state", SourceRules::noStaticState);
        RULES.put("R10 layers point down", LayerRules::layersPointDown);
        RULES.put("R10 programs meet on the wire", LayerRules::programsMeetOnTheWire);
        RULES.put("R11 components are activated", ManifestRules::componentsAreActivated);
        RULES.put("R11 constructors of components differ", ComponentRules::constructorsDiffer);
        RULES.put("R12 translations are complete", MessageRules::translationsAreComplete);
        RULES.put("R12 refusals have texts", MessageRules::refusalsHaveTexts);
        RULES.put("R12 message classes match", MessageRules::messageClassesMatch);
        RULES.put("R12 plug-in texts are external", MessageRules::pluginTextsAreExternal);
        RULES.put("products without test code", DependencyRules::productsWithoutTestCode);
    }

    @TestFactory
    Stream<DynamicTest> rules() {
        Tree tree = Tree.thisOne();
        assertTrue(tree.bundles().size() >= 24, "the rules looked at " + tree.bundles().size() + " bundles only");
        return RULES.entrySet().stream()
                .map(rule -> dynamicTest(rule.getKey(),
                        () -> assertKept(rule.getKey(), rule.getValue().violations(tree))));
    }

    @Test
    void bannedCallsAreMadeOnlyWhereTheAllowListSaysWhy() {
        AllowList allowed = AllowList.ofThisTree();
        assertKept("R9 banned calls", SourceRules.noBannedCalls(allowed).violations(Tree.thisOne()));
        assertKept("R9 allow-list", allowed.unused());
    }

    private static void assertKept(String rule, List<String> violations) {
        assertEquals("", String.join("\n", violations), rule);
    }
}
