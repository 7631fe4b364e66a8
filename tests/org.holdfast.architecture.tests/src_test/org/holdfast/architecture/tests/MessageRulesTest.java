package org.holdfast.architecture.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule about texts finds what breaks it, and only that. */
class MessageRulesTest {

    private static final String BUNDLE = "org.holdfast.console.ui";
    private static final String SRC = "bundles/" + BUNDLE + "/src/org/holdfast/console/ui/";

    @TempDir
    private Path folder;
    private Fixture fixture;

    @BeforeEach
    void setUp() throws IOException {
        fixture = new Fixture(folder).bundle(BUNDLE, "Bundle-Name: %name", "Bundle-Localization: plugin")
                .file("bundles/" + BUNDLE + "/plugin.properties", "name = Console\n");
    }

    @Test
    void incompleteTranslationsAreFound() throws IOException {
        fixture.file(SRC + "messages.properties", "a = one {0} of {1}\nb = two\n")
                .file(SRC + "messages_ja.properties", "a = {1} / {1}\nc = three\n")
                .file(SRC + "other_ja.properties", "a = one\n");
        String where = BUNDLE + "/src/org/holdfast/console/ui/";
        assertEquals(List.of(where + "messages_ja.properties: a has other placeholders than the original",
                where + "messages_ja.properties: b is missing",
                where + "messages_ja.properties: c is not in the original",
                where + "other_ja.properties: translates nothing"),
                MessageRules.translationsAreComplete(fixture.tree()).stream().sorted().toList());
    }

    @Test
    void refusalsWithoutTextAreFound() throws IOException {
        String texts = "bundles/org.holdfast.console.client/src/org/holdfast/console/client/refusals.properties";
        fixture.file(texts, "known-one = Known.\n").bundle("org.holdfast.vault").file(
                "bundles/org.holdfast.vault/src/org/holdfast/vault/A.java",
                "class A { Object a = new Refusal(Refusal.Kind.GONE,\n \"known-one\", \"x\", \"\"); "
                        + "Object b = new Refusal(Kind.GONE, \"new-one\", \"x\", \"\"); "
                        + "Object c = ProblemBody.of(400, \"other-one\", \"x\", \"\"); }");
        assertEquals(List.of(texts + ": new-one has no text", texts + ": other-one has no text"),
                MessageRules.refusalsHaveTexts(fixture.tree()));
    }

    @Test
    void aTranslationWithItsPlaceholdersInAnotherOrderIsComplete() throws IOException {
        fixture.file(SRC + "messages.properties", "a = {0} of {1}\n")
                .file(SRC + "messages_ja.properties", "a = {1} / {0}\n");
        assertEquals(List.of(), MessageRules.translationsAreComplete(fixture.tree()));
    }

    @Test
    void messageClassesThatDifferFromTheirTextsAreFound() throws IOException {
        fixture.file(SRC + "Messages.java",
                "class Messages extends NLS { public static String a; public static String b; }")
                .file(SRC + "messages.properties", "b = two\nc = three\n");
        String where = BUNDLE + "/src/org/holdfast/console/ui/Messages.java: ";
        assertEquals(List.of(where + "a has no text", where + "the text c has no field"),
                MessageRules.messageClassesMatch(fixture.tree()));
    }

    @Test
    void plainAndMissingAndUnusedPluginTextsAreFound() throws IOException {
        fixture.file("bundles/" + BUNDLE + "/plugin.xml",
                "<plugin><command label=\"Restore\"/><command label=\"%open\"/></plugin>")
                .file("bundles/" + BUNDLE + "/plugin.properties", "name = Console\nclose = Close\n");
        assertEquals(List.of(BUNDLE + "/plugin.xml: 'Restore' is not a %key", BUNDLE + ": %open has no text",
                BUNDLE + ": the text close is not used"), MessageRules.pluginTextsAreExternal(fixture.tree()));
    }

    @Test
    void aGiantPluginXmlIsFound() throws IOException {
        fixture.file("bundles/" + BUNDLE + "/plugin.xml", "\n".repeat(301));
        assertEquals(List.of(BUNDLE + "/plugin.xml: longer than 300 lines"),
                MessageRules.pluginTextsAreExternal(fixture.tree()));
    }
}
