package org.holdfast.console.servers.internal.editor;

import org.eclipse.swt.widgets.Composite;
import org.holdfast.api.fleet.ServerState;
import org.holdfast.console.servers.page.OpenServer;
import org.holdfast.console.ui.pages.Bar;

/** The buttons of a server's page; most are of no use for a server that is retired. */
final class ServerBar {
    private ServerBar() {
    }

    static Bar of(Composite parent, OpenServer open) {
        return new Bar(parent, open, () -> open.summary().state() == ServerState.RETIRED ? Messages.bar_retired : null);
    }
}
