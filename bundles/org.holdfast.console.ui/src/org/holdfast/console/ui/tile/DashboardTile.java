package org.holdfast.console.ui.tile;

import org.eclipse.swt.widgets.Composite;

/**
 * A tile of the overview. Bundles contribute tiles through the extension point {@code org.holdfast.console.ui.tile}.
 * <p>
 * One object is made for each overview, by injection: the constructor may ask for services of the workbench and of
 * OSGi with {@code jakarta.inject.Inject}; a public constructor without parameters does as well. All methods are called
 * on the user interface thread and must not wait. The overview calls {@link #update} with what it knows anyway, so most
 * tiles have no subscriptions of their own.
 * <p>
 * A number on a tile should open the rows it counts: {@link org.holdfast.console.ui.Commands#run} runs the commands of
 * other parts.
 */
public interface DashboardTile {
    /**
     * Makes the widgets.
     *
     * @param parent below the tile's title, with a grid layout of one column; the tile disposes of nothing in it
     */
    void create(Composite parent);

    /**
     * Shows the fleet as it is now. Called after it changed, at most about three times a second. There may be ten
     * thousand servers: count in one pass.
     */
    void update(TileFleet fleet);

    /** The overview is closed; the widgets are gone. Ends subscriptions. */
    default void dispose() {
        // Most tiles hold nothing.
    }
}
