package org.holdfast.console.recovery.internal;

import org.eclipse.swt.widgets.Shell;
import org.holdfast.console.client.ServerPlace;

/** Lets a person choose a registered server that another one's data is restored to. */
@FunctionalInterface
public interface ServerChooser {
    /**
     * Asks.
     *
     * @param source the server whose data it is, which is not offered
     * @return the server, or null
     */
    ServerPlace choose(Shell shell, ServerPlace source);
}
