package org.holdfast.console.ui.tile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Platform;
import org.eclipse.e4.core.contexts.ContextInjectionFactory;
import org.eclipse.e4.core.contexts.IEclipseContext;
import org.eclipse.osgi.util.NLS;
import org.eclipse.swt.SWT;
import org.eclipse.swt.layout.GridData;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Group;
import org.eclipse.swt.widgets.Label;
import org.holdfast.console.ui.Ui;

/**
 * The tiles that bundles contribute, each in a group with its title. The overview makes it after its own groups. A tile
 * that fails says so in its place and takes nobody else along. To be used on the user interface thread.
 */
public final class Tiles {
    /** Id of the extension point. */
    public static final String POINT = "org.holdfast.console.ui.tile";

    /** Key of a group's data with the number of columns it takes where there is room, an Integer. */
    public static final String COLUMNS = "org.holdfast.console.ui.columns";

    private static final int LAST = 1000;
    private static final int MOST_COLUMNS = 3;

    /** Makes the tile of an extension. */
    @FunctionalInterface
    public interface Maker {
        /** Makes an object of a class of a bundle. */
        DashboardTile make(String bundle, String className) throws ReflectiveOperationException;
    }

    private final List<Tile> tiles = new ArrayList<>();

    /**
     * Makes the tiles of all bundles of this program; none where no framework runs.
     *
     * @param parent has a grid layout
     * @param context what tiles are injected from
     */
    public static Tiles of(Composite parent, IEclipseContext context) {
        return Platform.isRunning() ? new Tiles(parent, Platform.getExtensionRegistry(),
                (bundle, name) -> (DashboardTile) ContextInjectionFactory
                        .make(Platform.getBundle(bundle).loadClass(name), context))
                : new Tiles(parent);
    }

    private Tiles(Composite parent) {
        parent.addListener(SWT.Dispose, e -> dispose());
    }

    /** Makes the tiles of a registry. */
    public Tiles(Composite parent, IExtensionRegistry registry, Maker maker) {
        this(parent);
        for (IConfigurationElement element : registry.getConfigurationElementsFor(POINT)) {
            tiles.add(new Tile(element));
        }
        tiles.sort(Comparator.comparingInt((Tile tile) -> tile.order).thenComparing(tile -> tile.id));
        tiles.forEach(tile -> tile.create(parent, maker));
    }

    /** Shows the fleet on all tiles. */
    public void update(TileFleet fleet) {
        tiles.forEach(tile -> tile.update(fleet));
    }

    /** Whether there is none, so that nothing has to be kept up to date. */
    public boolean isEmpty() {
        return tiles.isEmpty();
    }

    private void dispose() {
        tiles.forEach(Tile::dispose);
        tiles.clear();
    }

    private static final class Tile {
        private final String bundle;
        private final String id;
        private final String name;
        private final String className;
        private final int order;
        private final int columns;
        private Group group;
        private DashboardTile tile;

        Tile(IConfigurationElement element) {
            bundle = element.getContributor().getName();
            id = text(element, "id");
            name = text(element, "name");
            className = text(element, "class");
            order = number(element, "order", LAST);
            columns = Math.clamp(number(element, "columns", 1), 1, MOST_COLUMNS);
        }

        private static String text(IConfigurationElement element, String attribute) {
            String value = element.getAttribute(attribute);
            return value == null ? "" : value;
        }

        private static int number(IConfigurationElement element, String attribute, int otherwise) {
            try {
                return Integer.parseInt(text(element, attribute));
            } catch (NumberFormatException e) {
                return otherwise;
            }
        }

        void create(Composite parent, Maker maker) {
            group = Ui.id(new Group(parent, SWT.NONE), id);
            group.setText(name);
            group.setLayout(Ui.grid(1, 6));
            var data = new GridData(SWT.FILL, SWT.FILL, true, false);
            data.horizontalSpan = columns;
            group.setLayoutData(data);
            group.setData(COLUMNS, columns);
            try {
                DashboardTile made = maker.make(bundle, className);
                made.create(group);
                tile = made;
            } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
                fail(e);
            }
        }

        void update(TileFleet fleet) {
            if (tile == null || group.isDisposed()) {
                return;
            }
            try {
                tile.update(fleet);
            } catch (RuntimeException | LinkageError e) {
                dispose();
                fail(e);
            }
        }

        private void fail(Throwable e) {
            for (var child : group.getChildren()) {
                child.dispose();
            }
            var label = Ui.id(new Label(group, SWT.WRAP), id + ".failed");
            label.setText(NLS.bind(Messages.tile_failed, bundle));
            label.setLayoutData(Ui.wide());
            group.requestLayout();
            if (Platform.isRunning()) {
                ILog.of(Tiles.class).error("The tile " + id + " of " + bundle + " failed.", e);
            }
        }

        void dispose() {
            DashboardTile old = tile;
            tile = null;
            try {
                if (old != null) {
                    old.dispose();
                }
            } catch (RuntimeException | LinkageError e) {
                if (Platform.isRunning()) {
                    ILog.of(Tiles.class).error("The tile " + id + " of " + bundle + " did not end well.", e);
                }
            }
        }
    }
}
