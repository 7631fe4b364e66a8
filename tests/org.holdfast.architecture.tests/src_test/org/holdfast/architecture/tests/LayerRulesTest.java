package org.holdfast.architecture.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule about layers finds what breaks it, and only that. */
class LayerRulesTest {

    @TempDir
    private Path folder;
    private Fixture fixture;

    @BeforeEach
    void setUp() throws IOException {
        fixture = new Fixture(folder);
        fixture.bundle("org.holdfast.api").bundle("org.holdfast.crypto");
    }

    @Test
    void layersThatPointUpAreFound() throws IOException {
        fixture.bundle("org.holdfast.vault.http", "Import-Package: org.holdfast.vault,org.holdfast.vault.catalog.fleet")
                .bundle("org.holdfast.vault", "Import-Package: org.holdfast.vault.catalog,org.holdfast.vault.http")
                .bundle("org.holdfast.vault.catalog", "Import-Package: org.holdfast.api,org.holdfast.vault")
                .bundle("org.holdfast.protocol", "Import-Package: org.holdfast.api.policy,org.holdfast.crypto")
                .bundle("org.holdfast.client")
                .file("bundles/org.holdfast.client/src/org/holdfast/client/A.java",
                        "import org.holdfast.protocol.common.Json;\nimport org.holdfast.crypto.Keys;\n");
        assertEquals(List.of(
                "org.holdfast.client (src/org/holdfast/client/A.java): is a layer that must not use"
                        + " org.holdfast.crypto.Keys",
                "org.holdfast.protocol (manifest): is a layer that must not use org.holdfast.crypto",
                "org.holdfast.vault (manifest): is a layer that must not use org.holdfast.vault.http",
                "org.holdfast.vault.catalog (manifest): is a layer that must not use org.holdfast.vault"),
                LayerRules.layersPointDown(fixture.tree()));
    }

    @Test
    void programsThatKnowEachOtherAreFound() throws IOException {
        fixture.bundle("org.holdfast.agent", "Import-Package: org.holdfast.client,org.holdfast.vault.fleet")
                .bundle("org.holdfast.client")
                .bundle("org.holdfast.vault", "Import-Package: org.holdfast.client,org.holdfast.crypto")
                .bundle("org.holdfast.cli", "Import-Package: org.holdfast.client,org.holdfast.agent")
                .bundle("org.holdfast.notify", "Import-Package: org.holdfast.vault,org.holdfast.cli");
        assertEquals(List.of(
                "org.holdfast.agent (manifest): reaches into another program: org.holdfast.vault.fleet",
                "org.holdfast.cli (manifest): reaches into another program: org.holdfast.agent",
                "org.holdfast.notify (manifest): reaches into another program: org.holdfast.cli",
                "org.holdfast.vault (manifest): reaches into another program: org.holdfast.client"),
                LayerRules.programsMeetOnTheWire(fixture.tree()));
    }
}
