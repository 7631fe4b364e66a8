package org.holdfast.console.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.eclipse.core.runtime.ContributorFactorySimple;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.RegistryFactory;
import org.eclipse.core.runtime.spi.RegistryStrategy;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridLayout;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.holdfast.console.ui.Ui;
import org.holdfast.console.ui.tile.DashboardTile;
import org.holdfast.console.ui.tile.TileFleet;
import org.holdfast.console.ui.tile.Tiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tiles that bundles contribute: their order, what they are told, and that a bad one harms nobody else. */
class TilesTest {
    private static final TileFleet NOTHING = new TileFleet(List.of(), List.of(), List.of(), List.of());
    private static final String EXTENSION = """
            <plugin>
              <extension point="org.holdfast.console.ui.tile">
                <tile id="com.example.late" name="Late" class="Late" columns="9"/>
                <tile id="com.example.early" name="Early" class="Early" order="10" columns="2"/>
                <tile id="com.example.bad" name="Bad" class="Bad" order="20"/>
                <tile id="com.example.gone" name="Gone" class="Gone" order="30"/>
              </extension>
            </plugin>
            """;

    /** Notes what it is told. */
    private final class Noting implements DashboardTile {
        private final String name;

        Noting(String name) {
            this.name = name;
        }

        @Override
        public void create(Composite parent) {
            Ui.id(new Label(parent, SWT.NONE), "label." + name).setText(name);
        }

        @Override
        public void update(TileFleet fleet) {
            told.add(name);
            if (name.equals("Bad")) {
                throw new IllegalStateException("bad");
            }
        }

        @Override
        public void dispose() {
            told.add(name + " ends");
        }
    }

    private final List<String> told = new ArrayList<>();
    private Screen screen;
    private IExtensionRegistry registry;
    private Composite parent;
    private Tiles tiles;

    @BeforeEach
    void start() throws Exception {
        screen = new Screen();
        parent = new Composite(screen.shell(), SWT.NONE);
        parent.setLayout(new GridLayout(3, true));
        registry = RegistryFactory.createRegistry(new RegistryStrategy(null, null), this, this);
        contribute("org.holdfast.console.ui",
                Files.readString(Path.of("..", "..", "bundles", "org.holdfast.console.ui", "plugin.xml")));
        contribute("com.example", EXTENSION);
        tiles = new Tiles(parent, registry, (bundle, type) -> {
            assertEquals("com.example", bundle);
            if (type.equals("Gone")) {
                throw new ClassNotFoundException(type);
            }
            return new Noting(type);
        });
        screen.open();
    }

    @AfterEach
    void stop() {
        screen.close();
        registry.stop(this);
    }

    private void contribute(String bundle, String extensions) {
        assertTrue(registry.addContribution(new ByteArrayInputStream(extensions.getBytes(StandardCharsets.UTF_8)),
                ContributorFactorySimple.createContributor(bundle), false, bundle, null, this));
    }

    @Test
    void tilesStandInOrderWithTheirTitles() {
        List<Group> groups = Arrays.stream(parent.getChildren()).map(Group.class::cast).toList();
        assertEquals(List.of("Early", "Bad", "Gone", "Late"), groups.stream().map(Group::getText).toList());
        assertEquals(List.of(2, 1, 1, 3), groups.stream().map(group -> group.getData(Tiles.COLUMNS)).toList());
    }

    @Test
    void aBadOneSaysSoAndTheOthersGoOn() {
        assertTrue(screen.label("com.example.gone.failed").contains("com.example"));
        tiles.update(NOTHING);
        assertEquals(List.of("Early", "Bad", "Bad ends", "Late"), told);
        assertTrue(screen.label("com.example.bad.failed").contains("com.example"));
        told.clear();
        tiles.update(NOTHING);
        assertEquals(List.of("Early", "Late"), told);
    }

    @Test
    void tilesEndWithTheOverview() {
        parent.dispose();
        assertEquals(List.of("Early ends", "Bad ends", "Late ends"), told);
        assertTrue(tiles.isEmpty());
        tiles.update(NOTHING);
        assertEquals(3, told.size());
    }
}
