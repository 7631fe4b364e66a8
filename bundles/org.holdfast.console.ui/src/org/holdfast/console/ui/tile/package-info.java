/**
 * Tiles of the overview, for plug-ins: see {@link org.holdfast.console.ui.tile.DashboardTile} and the extension point
 * {@code org.holdfast.console.ui.tile}.
 */
@Version("1.0.0")
package org.holdfast.console.ui.tile;

import org.osgi.annotation.versioning.Version;
