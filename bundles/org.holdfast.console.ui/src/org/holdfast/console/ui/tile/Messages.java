package org.holdfast.console.ui.tile;

import org.eclipse.osgi.util.NLS;

/** Texts around tiles. */
final class Messages extends NLS {
    public static String tile_failed;

    static {
        NLS.initializeMessages("org.holdfast.console.ui.tile.messages", Messages.class);
    }

    private Messages() {
    }
}
